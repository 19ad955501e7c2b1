package subscriptions

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/ent/deed"
	"enlace/ent/workorder"
	"enlace/tenants/billing"
)

// scene is how things stood before an operation that may be undone.
type scene struct {
	kind     deed.Kind
	from     *ent.Subscription
	books    *billing.Books
	belonged belongings
}

// belongings are what moves from a service to the one that takes its place, and back.
type belongings struct {
	Visits, Contracts []uuid.UUID `json:",omitempty"`
}

// traces are what an operation has left, as they are kept with the deed.
type traces struct {
	Money    billing.Change
	Service  *ent.Subscription // that was ended, as it was
	Belonged belongings
}

// sceneOf looks at a service, and at all that its holder is charged, before an operation of a kind that ends it.
func sceneOf(ctx context.Context, c *ent.Client, kind deed.Kind, from *ent.Subscription) (s *scene, err error) {
	s = &scene{kind: kind, from: from}
	if s.books, err = billing.BooksOf(ctx, c, from.CustomerID); err != nil {
		return nil, err
	}
	if s.belonged.Visits, err = c.WorkOrder.Query().Where(workorder.SubscriptionID(from.ID), workorder.StatusNotIn(workorder.StatusFinalizada, workorder.StatusCancelada)).IDs(ctx); err != nil {
		return nil, err
	}
	s.belonged.Contracts, err = c.Contract.Query().Where(contract.SubscriptionID(from.ID), contract.DeactivatedAtIsNil()).IDs(ctx)
	return s, err
}

// keep writes down what the operation has done since. to is the service that took the place, or nil.
func (d Desk) keep(ctx context.Context, c *ent.Client, s *scene, to *ent.Subscription) error {
	after, err := billing.BooksOf(ctx, c, s.from.CustomerID)
	if err != nil {
		return err
	}
	left := traces{Service: s.from, Belonged: s.belonged}
	if left.Money, err = billing.ChangeOf(s.books, after); err != nil {
		return err
	}
	kept, err := json.Marshal(left)
	if err != nil {
		return err
	}
	create := c.Deed.Create().SetKind(s.kind).SetSubscriptionID(s.from.ID).SetCustomerID(s.from.CustomerID).SetAt(d.DB.Now()).SetChanged(kept)
	if to != nil {
		create.SetToID(to.ID)
	}
	return create.Exec(ctx)
}
