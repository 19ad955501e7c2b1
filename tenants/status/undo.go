package status

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/history"
)

// TakeBack is Apply of the event undo: it takes an event back by which a service came where it is, the end of it or that another took it over. The
// service is in the state before again, as long as it had been. It returns NotFound, and Conflict transition for a service that is elsewhere, or a
// state from which the event does not lead there.
func TakeBack(ctx context.Context, c *ent.Client, now time.Time, id uuid.UUID, of Event, to State, since time.Time, reason string) error {
	before, err := c.Subscription.Get(ctx, id)
	switch {
	case ent.IsNotFound(err):
		return tenants.NotFound()
	case err != nil:
		return err
	}
	moved := 0
	if slices.Contains(TakenBack, of) && Allowed(of, to) {
		moved, err = c.Subscription.Update().Where(subscription.ID(id), subscription.StatusEQ(rowOf(of).To)).SetStatus(to).SetStatusSince(since).Save(ctx)
	}
	switch {
	case err != nil:
		return err
	case moved == 0:
		return tenants.Conflict("transition").With("event", string(Undo)).With("from", string(before.Status)).With("to", string(to))
	}
	if err := Tell(ctx, c, now, id); err != nil {
		return err
	}
	return history.Write(ctx, c, now, history.Entry{Customer: before.CustomerID, Subject: "subscription", ID: id, Event: "status_" + string(Undo), Reason: reason,
		Before: map[string]any{"status": before.Status}, After: map[string]any{"status": to}})
}
