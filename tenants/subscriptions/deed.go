package subscriptions

import (
	"context"
	"encoding/json"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/ent/deed"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/workorder"
	"enlace/tenants/billing"
)

// scene is how things stood before an operation that may be undone.
type scene struct {
	from     *ent.Subscription
	holders  []uuid.UUID // whose books it may change
	books    *billing.Books
	belonged belongings
}

// belongings are what moves from a service to the one that takes its place, or from who held it to who takes it over, and back.
type belongings struct {
	Visits, Contracts []uuid.UUID `json:",omitempty"`

	// Of a transfer alone.
	Tickets   []uuid.UUID                            `json:",omitempty"`
	Links     []uuid.UUID                            `json:",omitempty"` // to Telegram, that it ended
	Addresses map[subscriptionaddress.Role]uuid.UUID `json:",omitempty"` // where the service stood
}

// traces are what an operation has left, as they are kept with the deed, or the transfer.
type traces struct {
	Money    billing.Change
	Service  *ent.Subscription // that was ended, or handed over, as it was
	Belonged belongings
}

// sceneOf looks at a service, and at all that its holder is charged, and who takes it over, before an operation that may be undone.
func sceneOf(ctx context.Context, c *ent.Client, from *ent.Subscription, takers ...uuid.UUID) (s *scene, err error) {
	s = &scene{from: from, holders: append(takers, from.CustomerID)}
	if s.books, err = billing.BooksOf(ctx, c, s.holders...); err != nil {
		return nil, err
	}
	if s.belonged.Visits, err = c.WorkOrder.Query().Where(workorder.SubscriptionID(from.ID), workorder.StatusNotIn(workorder.StatusFinalizada, workorder.StatusCancelada)).IDs(ctx); err != nil {
		return nil, err
	}
	s.belonged.Contracts, err = c.Contract.Query().Where(contract.SubscriptionID(from.ID), contract.DeactivatedAtIsNil()).IDs(ctx)
	return s, err
}

// left is what the operation has done since.
func (s *scene) left(ctx context.Context, c *ent.Client) (json.RawMessage, error) {
	after, err := billing.BooksOf(ctx, c, s.holders...)
	if err != nil {
		return nil, err
	}
	left := traces{Service: s.from, Belonged: s.belonged}
	if left.Money, err = billing.ChangeOf(s.books, after); err != nil {
		return nil, err
	}
	return json.Marshal(left)
}

// keep writes down what an operation of a kind that ends a service has done since. to is the service that took the place, or nil.
func (d Desk) keep(ctx context.Context, c *ent.Client, s *scene, kind deed.Kind, to *ent.Subscription) error {
	kept, err := s.left(ctx, c)
	if err != nil {
		return err
	}
	create := c.Deed.Create().SetKind(kind).SetSubscriptionID(s.from.ID).SetCustomerID(s.from.CustomerID).SetAt(d.DB.Now()).SetChanged(kept)
	if to != nil {
		create.SetToID(to.ID)
	}
	return create.Exec(ctx)
}
