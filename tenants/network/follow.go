package network

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/connection"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/status"
)

// Follow is the kind of outbox row that Caller.Follow does.
const Follow = status.Follow

// Caller tells the equipment what open sessions are to have (RFC 5176). It remembers which NAS keeps silent, so that they keep nobody waiting.
type Caller struct {
	Desk
	mu     sync.Mutex
	silent map[netip.AddrPort]time.Time // since when
}

// off in a session's row says that the NAS has acknowledged its end; its last report is still to come.
const off = "-"

// errUnsettled means that what was due kept changing while it was told.
var errUnsettled = errors.New("network: what is due changes faster than it can be told")

// Follow brings the open sessions of a subscription in line with its state, its plan and its trust, as they are now: another speed by
// CoA-Request, all else by Disconnect-Request, upon which the subscriber's router comes back and gets what is due. It is done when every
// session is gone or has it, and returns an error when a NAS does not answer: then it is tried again, and looks anew.
func (k *Caller) Follow(ctx context.Context, subscription uuid.UUID) error {
	for range 3 { // what it tells may be out of date when it is told
		calls, err := k.due(ctx, subscription)
		if err != nil || len(calls) == 0 {
			return err
		}
		var failed []error
		for _, c := range calls {
			failed = append(failed, k.make(ctx, c))
		}
		if err := errors.Join(failed...); err != nil {
			return err
		}
	}
	return errUnsettled
}

// FollowPlan has the network follow everybody who is connected by a plan.
func (d Desk) FollowPlan(ctx context.Context, plan uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		on, err := c.Subscription.Query().Where(subscription.PlanID(plan)).IDs(ctx)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(on, atOnce) {
			var open []struct {
				ID uuid.UUID `json:"subscription_id"`
			}
			if err := c.Connection.Query().Where(connection.SubscriptionIDIn(some...), connection.EndedAtIsNil()).Unique(true).Select(connection.FieldSubscriptionID).Scan(ctx, &open); err != nil {
				return err
			}
			for _, one := range open {
				if err := status.Tell(ctx, c, d.DB.Now(), one.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// call is what a NAS is to be told of a session.
type call struct {
	peer    *peer
	session *ent.Connection
	due     Grant
	drop    bool // by Disconnect-Request
}

func (k *Caller) due(ctx context.Context, subscription uuid.UUID) (calls []call, err error) {
	isp, _ := tenants.From(ctx)
	var equipment map[uuid.UUID]*ent.Nas
	err = k.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		open, err := c.Connection.Query().Where(connection.SubscriptionID(subscription), connection.EndedAtIsNil(), connection.ProfileNEQ(off)).All(ctx)
		if err != nil || len(open) == 0 {
			return err
		}
		s, err := subscriberBy(ctx, c, subscription)
		if err != nil {
			return err
		}
		if equipment, err = equipmentOf(ctx, c, open); err != nil {
			return err
		}
		for _, session := range open {
			_, p, err := k.peer(ctx, isp, equipment[session.NasID])
			if err != nil {
				return err
			}
			if one, due := needs(p, session, s, k.DB.Now()); due {
				calls = append(calls, one)
			}
		}
		return nil
	})
	return calls, err
}

// needs says what a NAS is to be told of a session, if anything. A login that was given up, or to another, has no session. Another pool is another
// address, which only a new session gets; where a NAS has a walled pool, nobody can say in which one a session is whose profile is not known.
func needs(p *peer, session *ent.Connection, s *subscriber, now time.Time) (call, bool) {
	c := call{peer: p, session: session}
	if s != nil && s.login == session.Login {
		c.due = s.due(p, now)
	}
	has, known := readProfile(session.Profile)
	c.drop = !c.due.Accept || known && has.Pool != c.due.Pool || !known && p.walledPool != ""
	return c, p.coa.Port() != 0 && (c.drop || session.Profile != c.due.Profile.String())
}

func equipmentOf(ctx context.Context, c *ent.Client, sessions []*ent.Connection) (map[uuid.UUID]*ent.Nas, error) {
	all := map[uuid.UUID]*ent.Nas{}
	for _, session := range sessions {
		if all[session.NasID] == nil {
			row, err := c.Nas.Get(ctx, session.NasID)
			if err != nil {
				return nil, err
			}
			all[row.ID] = row
		}
	}
	return all, nil
}

// make tells a NAS, and keeps what it answered.
func (k *Caller) make(ctx context.Context, c call) error {
	answer, err := k.ask(ctx, c.peer, c.request())
	if err == nil && answer == unwilling && !c.drop { // it cannot change a session: the subscriber comes back and gets what is due
		c.drop = true
		answer, err = k.ask(ctx, c.peer, c.request())
	}
	switch {
	case err != nil:
		return err
	case answer == unwilling:
		return fmt.Errorf("network: %s refuses to end session %s", c.peer.coa, c.session.AcctSessionID)
	}
	return k.DB.Write(ctx, func(ctx context.Context, client *ent.Client) error {
		if err := holdNAS(ctx, client, c.peer.id); err != nil {
			return err
		}
		change := client.Connection.Update().Where(connection.ID(c.session.ID)) // also of one that ended meanwhile, as it seems: it may go on
		switch {
		case answer == noSession:
			change.Where(connection.EndedAtIsNil()).SetEndedAt(c.session.UpdatedAt).SetCause(Lost).ClearTraffic()
		case c.drop:
			change.SetProfile(off)
		default:
			change.SetProfile(c.due.Profile.String())
		}
		return change.Exec(ctx)
	})
}
