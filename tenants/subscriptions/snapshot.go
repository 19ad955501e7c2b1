package subscriptions

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/network"
)

// Snapshot is how a service stood at an instant, as it is kept with a ticket: what a diagnosis is drawn from.
type Snapshot struct {
	At           time.Time
	Subscription *ent.Subscription
	Login        string
	Debt         []*ent.Charge      `json:",omitempty"`
	Unpaid       string             `json:",omitempty"`
	Grant        *ent.TrustGrant    `json:",omitempty"`
	Line         *network.Line      `json:",omitempty"`
	Attempts     []*ent.AuthAttempt `json:",omitempty"`
	Visits       []*ent.WorkOrder   `json:",omitempty"`
}

// Service is the service of the snapshot, with what a diagnosis asks of it.
func (s Snapshot) Service() *Service {
	return &Service{Subscription: s.Subscription, Login: s.Login, Debt: s.Debt, Unpaid: s.Unpaid, Grant: s.Grant, Line: s.Line, Attempts: s.Attempts, Visits: s.Visits}
}

// Diagnose writes down how a service stands, in the caller's transaction, whoever asks: the ticket it is kept with decides who reads it.
func (d Desk) Diagnose(ctx context.Context, c *ent.Client, id uuid.UUID) (json.RawMessage, error) {
	sub, err := c.Subscription.Query().Where(subscription.ID(id)).Where(called...).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	s := newService(sub)
	if err := s.owes(ctx, c, d.DB.Today(ctx)); err != nil {
		return nil, err
	}
	if s.Grant, err = OpenGrant(ctx, c, id, d.DB.Now()); err != nil {
		return nil, err
	}
	if err := s.diagnose(ctx, c, d.DB.Now()); err != nil {
		return nil, err
	}
	return json.Marshal(Snapshot{At: d.DB.Now(), Subscription: sub, Login: s.Login, Debt: s.Debt, Unpaid: s.Unpaid, Grant: s.Grant, Line: s.Line, Attempts: s.Attempts, Visits: s.Visits})
}

// ReadSnapshot reads a snapshot; nil where none was kept.
func ReadSnapshot(kept json.RawMessage) (*Snapshot, error) {
	if len(kept) == 0 {
		return nil, nil
	}
	s := &Snapshot{}
	return s, json.Unmarshal(kept, s)
}
