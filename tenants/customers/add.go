// Package customers keeps the people and companies of an ISP: one record a CPF or CNPJ, their contacts and addresses, and how they are found.
package customers

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/customer"
	"enlace/ent/group"
	"enlace/ent/origin"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/numbers"
)

// Desk is where customers are looked after.
type Desk struct {
	DB *tenants.DB
}

// Taken returns the customer who has the document already, or nil: one record a CPF or CNPJ in an ISP.
func Taken(ctx context.Context, c *ent.Client, document string) (*ent.Customer, error) {
	found, err := c.Customer.Query().Where(customer.Document(document)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return found, err
}

// DocumentTaken is the fault of a document that another record has; it names that customer, to whom a new service can be added.
func DocumentTaken(k customer.Kind, by *ent.Customer) error {
	return tenants.Invalid(DocumentField(k), "document_taken").With("customer", by.ID.String()).With("name", by.Name)
}

// Add puts a customer into the caller's transaction, with contacts, groups, search words and history.
// It returns Invalid document_taken for a second record of a document and NotFound for a group or origin that is not the ISP's.
func Add(ctx context.Context, c *ent.Client, now time.Time, r Registration) (*ent.Customer, error) {
	switch taken, err := Taken(ctx, c, r.Document); {
	case err != nil:
		return nil, err
	case taken != nil:
		return nil, DocumentTaken(r.Kind, taken)
	}
	if err := known(ctx, c, r); err != nil {
		return nil, err
	}
	number, err := numbers.Next(ctx, c, numbers.Customer)
	if err != nil {
		return nil, err
	}
	create := c.Customer.Create().SetNumber(number).SetKind(r.Kind).SetName(r.Name).SetTradeName(r.TradeName).SetDocument(r.Document).
		SetBirth(r.Birth).SetRg(r.RG).SetRgIssuer(r.RGIssuer).SetRgIssued(r.RGIssued).SetMother(r.Mother).SetFather(r.Father).
		SetMarital(r.Marital).SetGender(r.Gender).SetNationality(r.Nationality).
		SetStateRegistration(r.StateRegistration).SetCityRegistration(r.CityRegistration).SetResponsible(r.Responsible).
		SetNotes(r.Notes).SetAlert(r.Alert)
	if r.Origin != uuid.Nil {
		create.SetOriginID(r.Origin)
	}
	added, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	if err := addContacts(ctx, c, added.ID, r); err != nil {
		return nil, err
	}
	if err := addGroups(ctx, c, added.ID, r); err != nil {
		return nil, err
	}
	if err := Index(ctx, c, added.ID); err != nil {
		return nil, err
	}
	return added, history.Write(ctx, c, now, history.Entry{Customer: added.ID, Subject: "customer", ID: added.ID, Event: "customer_added",
		After: map[string]any{"number": number, "name": r.Name, "kind": r.Kind}})
}

// known refuses ids of lists that are not the ISP's own.
func known(ctx context.Context, c *ent.Client, r Registration) error {
	if r.Origin != uuid.Nil {
		if there, err := c.Origin.Query().Where(origin.ID(r.Origin)).Exist(ctx); err != nil || !there {
			return notThere(err)
		}
	}
	if len(r.Groups) > 0 {
		if n, err := c.Group.Query().Where(group.IDIn(r.Groups...)).Count(ctx); err != nil || n != len(r.Groups) {
			return notThere(err)
		}
	}
	return nil
}

func notThere(err error) error {
	if err != nil {
		return err
	}
	return tenants.NotFound()
}

func addContacts(ctx context.Context, c *ent.Client, id uuid.UUID, r Registration) error {
	for kind, values := range map[contact.Kind][]string{contact.KindPhone: r.Phones, contact.KindEmail: r.Emails} {
		seen := map[string]bool{}
		for i, value := range values {
			if seen[value] { // typed twice: kept once
				continue
			}
			seen[value] = true
			if err := c.Contact.Create().SetCustomerID(id).SetKind(kind).SetValue(value).SetPosition(i).Exec(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}
