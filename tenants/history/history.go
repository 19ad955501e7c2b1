// Package history keeps what happened: who did what, when, through which channel and why, with the state before and after. It is append-only
// and shaped so that any past day can be rebuilt from it.
package history

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/tenants"
)

// Entry is one thing that happened. Who did it, and through which channel, comes from the context.
type Entry struct {
	Customer uuid.UUID // whose history shows it; none for what concerns no customer
	Subject  string    // kind of the thing it happened to: customer, subscription, invoice …
	ID       uuid.UUID // of that thing
	Event    string    // code of what happened; views/words_ptbr.go has its sentence
	Reason   string
	Before   map[string]any
	After    map[string]any
}

// Write adds the entry in the caller's transaction, so that it stands if and only if the change does.
func Write(ctx context.Context, c *ent.Client, now time.Time, e Entry) error {
	return e.create(ctx, c, now).Exec(ctx)
}

// WriteAll is Write of many entries in few statements.
func WriteAll(ctx context.Context, c *ent.Client, now time.Time, all []Entry) error {
	rows := make([]*ent.HistoryCreate, len(all))
	for i, e := range all {
		rows[i] = e.create(ctx, c, now)
	}
	return tenants.InTurns(rows, func(some []*ent.HistoryCreate) error { return c.History.CreateBulk(some...).Exec(ctx) })
}

func (e Entry) create(ctx context.Context, c *ent.Client, now time.Time) *ent.HistoryCreate {
	who := tenants.Who(ctx)
	create := c.History.Create().
		SetSubject(e.Subject).SetSubjectID(e.ID).SetEvent(e.Event).SetReason(e.Reason).SetAt(now).
		SetActor(history.Actor(who.Kind)).SetActorName(who.Name).SetChannel(history.Channel(who.Channel)).
		SetBefore(e.Before).SetAfter(e.After)
	if e.Customer != uuid.Nil {
		create.SetCustomerID(e.Customer)
	}
	if who.ID != uuid.Nil {
		create.SetActorID(who.ID)
	}
	return create
}

// OfCustomer lists what happened to a customer and all that is theirs, newest first, at most n entries.
func OfCustomer(ctx context.Context, c *ent.Client, customer uuid.UUID, n int) ([]*ent.History, error) {
	return c.History.Query().Where(history.CustomerID(customer)).
		Order(ent.Desc(history.FieldAt, history.FieldID)).Limit(n).All(ctx)
}

// Desk is where history is read.
type Desk struct {
	DB *tenants.DB
}
