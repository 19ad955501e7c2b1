package customers

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/subscription"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Place is an address of a customer with what it is used for.
type Place struct {
	*ent.Address
	Uses  []Use
	Typed tenants.Typed // its fields as somebody would type them
}

// Use is one role of one service at a place.
type Use struct {
	ID      uuid.UUID // of the service's choice of the place
	Service int64     // number
	Role    subscriptionaddress.Role
}

// Places are a customer and all the addresses.
type Places struct {
	Customer *ent.Customer
	Places   []Place
}

// One is a place by its id. It returns NotFound for one of somebody else.
func (p *Places) One(id uuid.UUID) (Place, error) {
	i := slices.IndexFunc(p.Places, func(one Place) bool { return one.ID == id })
	if i < 0 {
		return Place{}, tenants.NotFound()
	}
	return p.Places[i], nil
}

// Places reads a customer's addresses, the oldest first.
func (d Desk) Places(ctx context.Context, id uuid.UUID) (p *Places, err error) {
	return p, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		p, err = readPlaces(ctx, c, id)
		return err
	})
}

func readPlaces(ctx context.Context, c *ent.Client, id uuid.UUID) (*Places, error) {
	who, err := get(ctx, c, id)
	if err != nil {
		return nil, err
	}
	p := &Places{Customer: who}
	rows, err := c.Address.Query().Where(address.CustomerID(id)).Order(address.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	ids, at := make([]uuid.UUID, len(rows)), map[uuid.UUID]int{}
	for i, row := range rows {
		ids[i], at[row.ID] = row.ID, i
		p.Places = append(p.Places, Place{Address: row, Typed: typedAddress(row)})
	}
	uses, err := c.SubscriptionAddress.Query().Where(subscriptionaddress.AddressIDIn(ids...)).Order(subscriptionaddress.ByRole()).All(ctx)
	if err != nil {
		return nil, err
	}
	services, err := c.Subscription.Query().Where(subscription.CustomerID(id)).Order(subscription.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, sub := range services {
		for _, use := range uses {
			if use.SubscriptionID == sub.ID {
				place := &p.Places[at[use.AddressID]]
				place.Uses = append(place.Uses, Use{ID: use.ID, Service: sub.Number, Role: use.Role})
			}
		}
	}
	return p, nil
}

// NewPlace gives a customer one more address. Version is as in Edit.
func (d Desk) NewPlace(ctx context.Context, customer uuid.UUID, version int, t tenants.Typed) error {
	var wrong tenants.Fields
	typed := ReadAddress(t, "", &wrong)
	return d.change(ctx, "address_added", customer, version, t, func(ctx context.Context, c *ent.Client, _ *ent.Customer) error {
		if err := wrong.Err(); err != nil {
			return err
		}
		added, err := AddAddress(ctx, c, customer, typed)
		if err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: customer, Subject: "address", ID: added.ID, Event: "address_added",
			After: map[string]any{"address": OneLine(added)}})
	})
}

// EditPlace changes an address. One that a service uses stays as it is: the change is a new row, to which go the uses named in "usos", and
// every other use keeps the old one. It returns Invalid required when an address is in use and no use is named.
func (d Desk) EditPlace(ctx context.Context, customer, place uuid.UUID, version int, t tenants.Typed) error {
	var wrong tenants.Fields
	typed := ReadAddress(t, "", &wrong)
	return d.change(ctx, "address_edited", customer, version, t, func(ctx context.Context, c *ent.Client, _ *ent.Customer) error {
		places, err := readPlaces(ctx, c, customer)
		if err != nil {
			return err
		}
		was, err := places.One(place)
		if err != nil {
			return err
		}
		moved, err := usesNamed(was, t["usos"], &wrong)
		if err != nil {
			return err
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		if typed == read(was.Address) {
			return nil
		}
		now, err := AddAddress(ctx, c, customer, typed)
		if err != nil {
			return err
		}
		if len(was.Uses) == 0 { // nothing points at it: the new row takes its place
			err = c.Address.DeleteOneID(place).Exec(ctx)
		} else {
			err = c.SubscriptionAddress.Update().Where(subscriptionaddress.IDIn(moved...)).SetAddressID(now.ID).Exec(ctx)
		}
		if err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: customer, Subject: "address", ID: now.ID, Event: "address_edited",
			Before: map[string]any{"address": OneLine(was.Address)}, After: map[string]any{"address": OneLine(now)}})
	})
}

// usesNamed reads which uses of a place move. One of another place is NotFound.
func usesNamed(place Place, typed string, wrong *tenants.Fields) (moved []uuid.UUID, err error) {
	for _, one := range strings.FieldsFunc(typed, func(r rune) bool { return r == ',' }) {
		i := slices.IndexFunc(place.Uses, func(u Use) bool { return u.ID.String() == one })
		if i < 0 {
			return nil, tenants.NotFound()
		}
		moved = append(moved, place.Uses[i].ID)
	}
	if len(place.Uses) > 0 && len(moved) == 0 {
		wrong.Add("usos", "required")
	}
	return moved, nil
}

// read is an address as ReadAddress reads it.
func read(a *ent.Address) Address {
	return Address{CEP: a.Cep, Street: a.Street, Number: a.HouseNumber, Complement: a.Complement, District: a.District, City: a.City, UF: a.Uf,
		IBGE: a.Ibge, Landmark: a.Landmark}
}
