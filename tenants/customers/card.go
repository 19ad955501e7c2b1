package customers

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/contact"
	"enlace/ent/predicate"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Card is a customer with all that is known of them.
type Card struct {
	Customer  *ent.Customer
	Contacts  []*ent.Contact
	Addresses []*ent.Address
}

// Address is one of the customer's, or nil.
func (c *Card) Address(id uuid.UUID) *ent.Address {
	if i := slices.IndexFunc(c.Addresses, func(a *ent.Address) bool { return a.ID == id }); i >= 0 {
		return c.Addresses[i]
	}
	return nil
}

// AddressOf is where a service stands in one of its roles, or nil.
func AddressOf(ctx context.Context, c *ent.Client, service uuid.UUID, role subscriptionaddress.Role) (*ent.Address, error) {
	at, err := c.Address.Query().Where(tenants.Among[predicate.Address](address.FieldID, tenants.IDsIn(subscriptionaddress.Table, subscriptionaddress.FieldAddressID,
		subscriptionaddress.SubscriptionID(service), subscriptionaddress.RoleEQ(role)))).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return at, err
}

// AddressesOf are those of a service, by role.
func AddressesOf(ctx context.Context, c *ent.Client, service uuid.UUID) (map[subscriptionaddress.Role]*ent.Address, error) {
	uses := subscriptionaddress.SubscriptionID(service)
	rows, err := c.Address.Query().Where(tenants.Among[predicate.Address](address.FieldID, tenants.IDsIn(subscriptionaddress.Table, subscriptionaddress.FieldAddressID, uses)),
		tenants.Each[predicate.Address](address.FieldID, subscriptionaddress.Table, subscriptionaddress.FieldAddressID, []string{subscriptionaddress.FieldRole}, uses)).All(ctx)
	at := map[subscriptionaddress.Role]*ent.Address{}
	for _, row := range rows {
		at[subscriptionaddress.Role(tenants.Said(row, subscriptionaddress.FieldRole))] = row
	}
	return at, err
}

// Card reads a customer. It returns NotFound for one that is not the ISP's.
func (d Desk) Card(ctx context.Context, id uuid.UUID) (card *Card, err error) {
	return card, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		card, err = ReadCard(ctx, c, id)
		return err
	})
}

// ReadCard is Card within the caller's transaction.
func ReadCard(ctx context.Context, c *ent.Client, id uuid.UUID) (*Card, error) {
	who, err := c.Customer.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	card := &Card{Customer: who}
	if card.Contacts, err = c.Contact.Query().Where(contact.CustomerID(id)).Order(contact.ByKind(), contact.ByPosition()).All(ctx); err != nil {
		return nil, err
	}
	card.Addresses, err = c.Address.Query().Where(address.CustomerID(id)).Order(address.ByID()).All(ctx)
	return card, err
}
