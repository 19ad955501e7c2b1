package customers

import (
	"context"
	"slices"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/customer"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/history"
)

// CorrectOwn puts a telephone or an e-mail in the place of the main one of the subscriber who asks; the others stay. It is read as the desk reads
// it, and what stands there already leaves no trace. It answers what is kept. It returns Invalid of telefone or email, and NotFound for anybody
// else.
func (d Desk) CorrectOwn(ctx context.Context, kind contact.Kind, typed string) (kept string, err error) {
	who := tenants.Who(ctx)
	if who.Kind != tenants.Subscriber {
		return "", tenants.NotFound()
	}
	if kept, err = readOne(kind, typed); err != nil {
		return "", err
	}
	return kept, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := c.Customer.Update().Where(customer.ID(who.ID)).AddVersion(1).Exec(ctx); err != nil { // who edits the record too waits
			return err
		}
		row, err := get(ctx, c, who.ID)
		if err != nil {
			return err
		}
		r, err := registered(ctx, c, row)
		if err != nil {
			return err
		}
		if kind == contact.KindPhone {
			r.Phones = first(kept, r.Phones)
		} else {
			r.Emails = first(kept, r.Emails)
		}
		before, after, err := changed(ctx, c, row, r)
		if err != nil || len(after) == 0 {
			return err
		}
		if err := rewrite(ctx, c, row, r); err != nil {
			return err
		}
		err = history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: who.ID, Subject: "customer", ID: who.ID, Event: "customer_edited", Before: before, After: after})
		if err != nil {
			return err
		}
		return Index(ctx, c, who.ID)
	})
}

// readOne reads one telephone or e-mail.
func readOne(kind contact.Kind, typed string) (value string, err error) {
	var wrong tenants.Fields
	field := map[contact.Kind]string{contact.KindPhone: "telefone", contact.KindEmail: "email"}[kind]
	t := tenants.Typed{field: typed}
	switch text := t.Required(&wrong, field); {
	case text == "":
	case kind == contact.KindEmail:
		value = t.Email(&wrong, field)
	default:
		if value, err = brazil.Phone(text); err != nil {
			wrong.Add(field, "phone")
		}
	}
	return value, wrong.Err()
}

// first is contacts with another main one.
func first(value string, all []string) []string {
	rest := slices.DeleteFunc(slices.Clone(all[min(1, len(all)):]), func(one string) bool { return one == value })
	return append([]string{value}, rest...)
}
