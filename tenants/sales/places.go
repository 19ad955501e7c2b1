package sales

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants"
	"enlace/tenants/customers"
)

// Place is where a service stands in one of its roles: an address that the customer has, or a new one. A new one touches no other service.
type Place struct {
	Known uuid.UUID
	New   customers.Address
}

// Roles are the four addresses of a service in the order they are asked for, each with how the names of its fields begin. The first is the
// cadastral one; the others are the same until their switch is turned off.
var Roles = []struct {
	Role   subscriptionaddress.Role
	Prefix string
}{
	{subscriptionaddress.RoleCadastral, ""},
	{subscriptionaddress.RoleCobranca, "cobranca_"},
	{subscriptionaddress.RoleFiscal, "fiscal_"},
	{subscriptionaddress.RoleInstalacao, "instalacao_"},
}

// NewPlace is the answer to "endereco" that asks for a new address ("+").
const NewPlace = "novo"

// readPlaces reads the step of the addresses. A role whose fields were not sent at all was not asked for, and is the same.
func readPlaces(t tenants.Typed, wrong *tenants.Fields) map[subscriptionaddress.Role]Place {
	places := map[subscriptionaddress.Role]Place{}
	for _, one := range Roles {
		_, asked := t[one.Prefix+"cep"]
		switch {
		case one.Prefix != "" && (!asked || t.Yes(one.Prefix+"igual")):
		case one.Prefix == "" && t["endereco"] != "" && t["endereco"] != NewPlace:
			places[one.Role] = Place{Known: t.ID("endereco")}
		default:
			places[one.Role] = Place{New: customers.ReadAddress(t, one.Prefix, wrong)}
		}
	}
	return places
}

// standing is where a service will stand, by role.
type standing map[subscriptionaddress.Role]*ent.Address

// settle finds or adds the addresses of a sale, in the caller's transaction. It returns NotFound for an address that is not the customer's.
func (s Sale) settle(ctx context.Context, c *ent.Client, customer uuid.UUID) (standing, error) {
	at := standing{}
	for _, one := range Roles {
		place, own := s.Places[one.Role]
		if !own {
			at[one.Role] = at[subscriptionaddress.RoleCadastral]
			continue
		}
		var err error
		if place.Known == uuid.Nil {
			at[one.Role], err = customers.AddAddress(ctx, c, customer, place.New)
		} else {
			at[one.Role], err = c.Address.Query().Where(address.ID(place.Known), address.CustomerID(customer)).Only(ctx)
		}
		if err != nil {
			return nil, found(err)
		}
	}
	return at, nil
}

// take writes which address the service uses in which role.
func (at standing) take(ctx context.Context, c *ent.Client, sub uuid.UUID) error {
	for _, one := range Roles {
		if err := c.SubscriptionAddress.Create().SetSubscriptionID(sub).SetRole(one.Role).SetAddressID(at[one.Role].ID).Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// town is a city as the plans name those they are sold in: by IBGE's code, or by its name and state.
type town struct{ ibge, name, uf string }

func townOf(a *ent.Address) town { return town{a.Ibge, a.City, a.Uf} }

// town is where the service is installed, as far as it is known.
func (s Sale) town(ctx context.Context, c *ent.Client) (town, error) {
	place, own := s.Places[subscriptionaddress.RoleInstalacao]
	if !own {
		place = s.Places[subscriptionaddress.RoleCadastral]
	}
	if place.Known == uuid.Nil {
		return town{place.New.IBGE, place.New.City, place.New.UF}, nil
	}
	row, err := c.Address.Get(ctx, place.Known)
	if err != nil {
		return town{}, found(err)
	}
	return townOf(row), nil
}

// addressesOf lists the addresses of a customer, the first one they had, the main one, on top.
func addressesOf(ctx context.Context, c *ent.Client, customer uuid.UUID) ([]*ent.Address, error) {
	return c.Address.Query().Where(address.CustomerID(customer)).Order(address.ByID()).All(ctx)
}

// soldIn is customers.Serves.
func soldIn(p *ent.Plan, in town) bool { return customers.Serves(p, in.ibge, in.name, in.uf) }
