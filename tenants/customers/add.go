// Package customers keeps the people and companies of an ISP: one record a CPF or CNPJ, their contacts and addresses, and how they are found.
package customers

import (
	"context"
	"slices"
	"strings"
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
	added, err := add(ctx, c, []Registration{r})
	if err != nil {
		return nil, err
	}
	if err := Index(ctx, c, added[0].ID); err != nil {
		return nil, err
	}
	return added[0], history.Write(ctx, c, now, history.Entry{Customer: added[0].ID, Subject: "customer", ID: added[0].ID, Event: "customer_added",
		After: map[string]any{"number": added[0].Number, "name": r.Name, "kind": r.Kind}})
}

// add writes customers with their contacts and groups, numbered in a row.
func add(ctx context.Context, c *ent.Client, all []Registration) (added []*ent.Customer, err error) {
	first, err := numbers.Block(ctx, c, numbers.Customer, len(all))
	if err != nil {
		return nil, err
	}
	var rows []*ent.CustomerCreate
	for i, r := range all {
		create := c.Customer.Create().SetNumber(first + int64(i)).SetKind(r.Kind).SetName(r.Name).SetTradeName(r.TradeName).SetDocument(r.Document).
			SetBirth(r.Birth).SetRg(r.RG).SetRgIssuer(r.RGIssuer).SetRgIssued(r.RGIssued).SetMother(r.Mother).SetFather(r.Father).
			SetMarital(r.Marital).SetGender(r.Gender).SetNationality(r.Nationality).
			SetStateRegistration(r.StateRegistration).SetCityRegistration(r.CityRegistration).SetResponsible(r.Responsible).
			SetNotes(r.Notes).SetAlert(r.Alert)
		if r.Origin != uuid.Nil {
			create.SetOriginID(r.Origin)
		}
		rows = append(rows, create)
	}
	if added, err = c.Customer.CreateBulk(rows...).Save(ctx); err != nil {
		return nil, err
	}
	var contacts []*ent.ContactCreate
	var groups []*ent.CustomerGroupCreate
	for i, r := range all {
		contacts, groups = append(contacts, contactsOfOne(c, added[i].ID, r)...), append(groups, groupsOfOne(c, added[i].ID, r)...)
	}
	if err := c.Contact.CreateBulk(contacts...).Exec(ctx); err != nil {
		return nil, err
	}
	return added, c.CustomerGroup.CreateBulk(groups...).Exec(ctx)
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

func contactsOfOne(c *ent.Client, id uuid.UUID, r Registration) (rows []*ent.ContactCreate) {
	for kind, values := range map[contact.Kind][]string{contact.KindPhone: r.Phones, contact.KindEmail: r.Emails} {
		seen := map[string]bool{}
		for i, value := range values {
			if !seen[value] { // typed twice: kept once
				rows = append(rows, c.Contact.Create().SetCustomerID(id).SetKind(kind).SetValue(value).SetPosition(i))
			}
			seen[value] = true
		}
	}
	return rows
}

func groupsOfOne(c *ent.Client, id uuid.UUID, r Registration) (rows []*ent.CustomerGroupCreate) {
	groups := slices.Clone(r.Groups)
	slices.SortFunc(groups, func(a, b uuid.UUID) int { return strings.Compare(a.String(), b.String()) })
	for _, one := range slices.Compact(groups) {
		rows = append(rows, c.CustomerGroup.Create().SetCustomerID(id).SetGroupID(one))
	}
	return rows
}
