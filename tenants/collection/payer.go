package collection

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/customer"
	"enlace/ent/subscriptionaddress"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/cnab"
)

// payersOf are who pays each invoice, as a bank is told: the customer at the billing address of what the invoice is for, or at any of theirs
// when it is for no service. The same few queries answer for however many.
func payersOf(ctx context.Context, c *ent.Client, standings map[uuid.UUID]*billing.Standing) (map[uuid.UUID]cnab.Payer, error) {
	var who, services []uuid.UUID
	for _, s := range standings {
		who = append(who, s.Invoice.CustomerID)
		if sub := serviceOf(s); sub != uuid.Nil {
			services = append(services, sub)
		}
	}
	people, err := c.Customer.Query().Where(customer.IDIn(who...)).All(ctx)
	if err != nil {
		return nil, err
	}
	names := map[uuid.UUID]*ent.Customer{}
	for _, row := range people {
		names[row.ID] = row
	}
	uses, err := c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionIDIn(services...), subscriptionaddress.RoleEQ(subscriptionaddress.RoleCobranca)).All(ctx)
	if err != nil {
		return nil, err
	}
	at := map[uuid.UUID]uuid.UUID{}
	for _, use := range uses {
		at[use.SubscriptionID] = use.AddressID
	}
	rows, err := c.Address.Query().Where(address.CustomerIDIn(who...)).Order(address.ByID()).All(ctx)
	if err != nil {
		return nil, err
	}
	places, homes := map[uuid.UUID]*ent.Address{}, map[uuid.UUID]*ent.Address{}
	for _, row := range rows {
		places[row.ID], homes[row.CustomerID] = row, row
	}
	payers := map[uuid.UUID]cnab.Payer{}
	for id, s := range standings {
		place := places[at[serviceOf(s)]]
		if place == nil {
			place = homes[s.Invoice.CustomerID]
		}
		payers[id] = payer(names[s.Invoice.CustomerID], place)
	}
	return payers, nil
}

// serviceOf is a service that an invoice is for, or none.
func serviceOf(s *billing.Standing) uuid.UUID {
	if s.Invoice.SubscriptionID != nil {
		return *s.Invoice.SubscriptionID
	}
	for _, row := range s.Charges {
		if row.SubscriptionID != nil {
			return *row.SubscriptionID
		}
	}
	return uuid.Nil
}

// payer is a customer at an address; without one the bank's own rules refuse the title, by name.
func payer(who *ent.Customer, at *ent.Address) cnab.Payer {
	p := cnab.Payer{Name: who.Name, Document: who.Document}
	if at == nil {
		return p
	}
	p.Street, p.District, p.CEP, p.City, p.UF = at.Street+" "+at.HouseNumber, at.District, at.Cep, at.City, at.Uf
	if at.Complement != "" {
		p.Street += " " + at.Complement
	}
	return p
}
