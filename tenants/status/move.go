package status

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/history"
)

// Apply moves a subscription by an event, in the caller's transaction, writes its history and has the network follow. It is the only writer of a state. Two who
// come at once cannot both win: the state is part of the condition. It returns NotFound, or Conflict transition, which names the event and
// the state that forbids it.
func Apply(ctx context.Context, c *ent.Client, now time.Time, id uuid.UUID, e Event, reason string) (*ent.Subscription, error) {
	before, err := c.Subscription.Get(ctx, id)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	}
	row := rowOf(e)
	moved, err := c.Subscription.Update().Where(subscription.ID(id), subscription.StatusEQ(before.Status), subscription.StatusIn(row.From...)).
		SetStatus(row.To).SetStatusSince(now).Save(ctx)
	if err != nil {
		return nil, err
	}
	if moved == 0 {
		return nil, Forbidden(e, before.Status)
	}
	if err := Tell(ctx, c, now, id); err != nil {
		return nil, err
	}
	after := *before
	after.Status, after.StatusSince = row.To, now
	return &after, history.Write(ctx, c, now, history.Entry{Customer: before.CustomerID, Subject: "subscription", ID: id,
		Event: "status_" + string(e), Reason: reason,
		Before: map[string]any{"status": before.Status}, After: map[string]any{"status": row.To}})
}

// Forbidden is the fault of an event that a state does not allow; it names the state it would lead to as well.
func Forbidden(e Event, from State) error {
	return tenants.Conflict("transition").With("event", string(e)).With("from", string(from)).With("to", string(rowOf(e).To))
}
