package customers

import (
	"context"
	"maps"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/customer"
	"enlace/ent/customergroup"
	"enlace/ent/group"
	"enlace/ent/origin"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Record is a customer's record as somebody opens it to change it, with the lists it chooses from.
type Record struct {
	Customer *ent.Customer
	Typed    tenants.Typed // the fields of the form as they stand

	Groups, Origins []tenants.Choice // the ISP's own, and those withdrawn that the customer still has
}

// Record opens a customer's record. It returns Denied without the permission to change it, NotFound for a customer that is not the ISP's.
func (d Desk) Record(ctx context.Context, id uuid.UUID) (r *Record, err error) {
	return r, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		who, err := get(ctx, c, id)
		if err != nil {
			return err
		}
		was, err := registered(ctx, c, who)
		if err != nil {
			return err
		}
		r = &Record{Customer: who, Typed: was.typed()}
		lists, err := tenants.Choices(ctx, tenants.RowsOf(group.Table, group.Or(group.Active(true), group.IDIn(was.Groups...))),
			tenants.RowsOf(origin.Table, origin.Or(origin.Active(true), origin.ID(was.Origin))))
		if err != nil {
			return err
		}
		r.Groups, r.Origins = lists[0], lists[1]
		return nil
	})
}

// Edit changes a customer's record to what was typed, contacts and groups included; the kind stays. version is that of the record when it was
// opened. It returns Conflict customer_changed when somebody else has changed it since, and Invalid as Add does. What comes out as it was
// leaves no trace. The same form sent twice changes once.
func (d Desk) Edit(ctx context.Context, id uuid.UUID, version int, t tenants.Typed) error {
	return d.change(ctx, "customer_edited", id, version, t, func(ctx context.Context, c *ent.Client, who *ent.Customer) error {
		typed := maps.Clone(t)
		typed["tipo"] = string(who.Kind)
		var wrong tenants.Fields
		r := ReadRegistration(typed, d.DB.Today(ctx), &wrong)
		if err := wrong.Err(); err != nil {
			return err
		}
		if err := known(ctx, c, r); err != nil {
			return err
		}
		switch taken, err := Taken(ctx, c, r.Document); {
		case err != nil:
			return err
		case taken != nil && taken.ID != id:
			return DocumentTaken(r.Kind, taken)
		}
		before, after, err := changed(ctx, c, who, r)
		if err != nil || len(after) == 0 {
			return err
		}
		if err := rewrite(ctx, c, who, r); err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: id, Subject: "customer", ID: id, Event: "customer_edited", Before: before, After: after})
	})
}

// change runs do on a customer of whom nobody else has changed anything since that version, moves the version on and writes the search words
// anew: what do did stands, or nothing does. It does so once for a form, whose key and fields t holds; action names the form.
func (d Desk) change(ctx context.Context, action string, id uuid.UUID, version int, t tenants.Typed, do func(context.Context, *ent.Client, *ent.Customer) error) error {
	form := struct {
		Customer uuid.UUID
		Version  int
		Typed    tenants.Typed
	}{id, version, t}
	_, err := d.DB.Once(ctx, action, t["chave"], form, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return "", err
		}
		n, err := c.Customer.Update().Where(customer.ID(id), customer.Version(version)).AddVersion(1).Save(ctx)
		if err != nil {
			return "", err
		}
		who, err := get(ctx, c, id)
		if err != nil {
			return "", err
		}
		if n == 0 {
			return "", tenants.Conflict("customer_changed")
		}
		if err := do(ctx, c, who); err != nil {
			return "", err
		}
		return "", Index(ctx, c, id)
	})
	return err
}

func get(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Customer, error) {
	who, err := c.Customer.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return who, err
}

// registered reads a record back into the shape it was entered in.
func registered(ctx context.Context, c *ent.Client, who *ent.Customer) (Registration, error) {
	r := Registration{Kind: who.Kind, Name: who.Name, TradeName: who.TradeName, Document: who.Document, Birth: who.Birth,
		RG: who.Rg, RGIssuer: who.RgIssuer, RGIssued: who.RgIssued, Mother: who.Mother, Father: who.Father, Marital: who.Marital, Gender: who.Gender,
		Nationality: who.Nationality, StateRegistration: who.StateRegistration, CityRegistration: who.CityRegistration, Responsible: who.Responsible,
		Notes: who.Notes, Alert: who.Alert}
	if who.OriginID != nil {
		r.Origin = *who.OriginID
	}
	contacts, err := c.Contact.Query().Where(contact.CustomerID(who.ID)).Order(contact.ByPosition()).All(ctx)
	if err != nil {
		return r, err
	}
	for _, one := range contacts {
		if one.Kind == contact.KindPhone {
			r.Phones = append(r.Phones, one.Value)
		} else {
			r.Emails = append(r.Emails, one.Value)
		}
	}
	err = c.CustomerGroup.Query().Where(customergroup.CustomerID(who.ID)).Order(customergroup.ByGroupID()).Select(customergroup.FieldGroupID).Scan(ctx, &r.Groups)
	return r, err
}

// changed is what of a record becomes another, before and after, by the names history keeps it under.
func changed(ctx context.Context, c *ent.Client, who *ent.Customer, r Registration) (before, after map[string]any, err error) {
	was, err := registered(ctx, c, who)
	if err != nil {
		return nil, nil, err
	}
	old, err := facts(ctx, c, was)
	if err != nil {
		return nil, nil, err
	}
	becomes, err := facts(ctx, c, r)
	before, after = map[string]any{}, map[string]any{}
	for name, value := range becomes {
		if old[name] != value {
			before[name], after[name] = old[name], value
		}
	}
	return before, after, err
}

// facts is a registration as history keeps it, the chosen by their names.
func facts(ctx context.Context, c *ent.Client, r Registration) (map[string]string, error) {
	f := map[string]string{"name": r.Name, "trade_name": r.TradeName, "document": r.Document, "birth": day(r.Birth), "rg": r.RG, "rg_issuer": r.RGIssuer,
		"rg_issued": day(r.RGIssued), "mother": r.Mother, "father": r.Father, "marital": r.Marital, "gender": r.Gender, "nationality": r.Nationality,
		"state_registration": r.StateRegistration, "city_registration": r.CityRegistration, "responsible": r.Responsible,
		"phones": strings.Join(r.Phones, ", "), "emails": strings.Join(r.Emails, ", "), "notes": r.Notes, "alert": r.Alert, "origin": "", "groups": ""}
	if r.Origin != uuid.Nil {
		chosen, err := c.Origin.Get(ctx, r.Origin)
		if err != nil {
			return nil, err
		}
		f["origin"] = chosen.Name
	}
	groups, err := c.Group.Query().Where(group.IDIn(r.Groups...)).Order(group.ByName()).Select(group.FieldName).Strings(ctx)
	f["groups"] = strings.Join(groups, ", ")
	return f, err
}

// rewrite puts a registration in the place of the one that stands.
func rewrite(ctx context.Context, c *ent.Client, who *ent.Customer, r Registration) error {
	update := c.Customer.UpdateOneID(who.ID).SetName(r.Name).SetTradeName(r.TradeName).SetDocument(r.Document).
		SetBirth(r.Birth).SetRg(r.RG).SetRgIssuer(r.RGIssuer).SetRgIssued(r.RGIssued).SetMother(r.Mother).SetFather(r.Father).
		SetMarital(r.Marital).SetGender(r.Gender).SetNationality(r.Nationality).
		SetStateRegistration(r.StateRegistration).SetCityRegistration(r.CityRegistration).SetResponsible(r.Responsible).SetNotes(r.Notes).SetAlert(r.Alert)
	if r.Origin == uuid.Nil {
		update.ClearOriginID()
	} else {
		update.SetOriginID(r.Origin)
	}
	if err := update.Exec(ctx); err != nil {
		return err
	}
	if _, err := c.Contact.Delete().Where(contact.CustomerID(who.ID)).Exec(ctx); err != nil {
		return err
	}
	if err := c.Contact.CreateBulk(contactsOfOne(c, who.ID, r)...).Exec(ctx); err != nil {
		return err
	}
	if _, err := c.CustomerGroup.Delete().Where(customergroup.CustomerID(who.ID)).Exec(ctx); err != nil {
		return err
	}
	return c.CustomerGroup.CreateBulk(groupsOfOne(c, who.ID, r)...).Exec(ctx)
}
