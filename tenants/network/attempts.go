package network

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
)

// attempt is the row of one answer, on its way to its ISP.
type attempt struct {
	isp          tenants.Tenant
	nas          uuid.UUID
	subscription *uuid.UUID
	login        string
	accepted     bool
	reason       Reason
	at           time.Time
}

const (
	waiting    = 4096 // rows that may wait; when more would, the workers do
	together   = 1000 // rows of one statement
	writeLimit = 15 * time.Second
)

func (f *finding) attempt() *attempt {
	a := &attempt{isp: f.peer.isp, nas: f.peer.id, login: f.login, accepted: f.Accept, reason: f.Reason, at: f.at}
	if !storable(a.login) {
		a.login = strings.ReplaceAll(strings.ToValidUTF8(a.login, "\uFFFD"), "\x00", "\uFFFD")
	}
	if f.subscriber != nil {
		a.subscription = &f.subscriber.id
	}
	return a
}

// keepAttempts writes rows as they come: one transaction takes all that waited while the last one ran. It ends when the workers have.
func (s *Server) keepAttempts() {
	for first := range s.attempts {
		batch := map[uuid.UUID][]attempt{first.isp.ID: {first}}
		for range min(len(s.attempts), together-1) {
			next := <-s.attempts
			batch[next.isp.ID] = append(batch[next.isp.ID], next)
		}
		for _, rows := range batch {
			s.guard("writing attempts", func() { s.write(rows) })
		}
	}
}

// write keeps the rows of one ISP. They tell staff what was answered; nobody's access hangs on them, so a failure is logged and passed over.
func (s *Server) write(rows []attempt) {
	ctx, cancel := context.WithTimeout(tenants.With(context.Background(), rows[0].isp), writeLimit)
	defer cancel()
	err := s.desk.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.AuthAttempt.MapCreateBulk(rows, func(create *ent.AuthAttemptCreate, i int) {
			a := rows[i]
			create.SetNasID(a.nas).SetNillableSubscriptionID(a.subscription).SetLogin(a.login).
				SetAccepted(a.accepted).SetReason(string(a.reason)).SetAt(a.at)
		}).Exec(ctx)
	})
	if err != nil {
		s.log.Error("network: attempts were not kept", "isp", rows[0].isp.Slug, "rows", len(rows), "error", err)
	}
}
