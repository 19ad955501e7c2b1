package contracts

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/brazil/print"
	"enlace/tenants/customers"
)

// Preview is a document as it would be, with the data of a real customer.
type Preview struct {
	Customer *ent.Customer // nil while the ISP has sold nothing
	Plan     *ent.Plan
	Body     []print.Block
}

// Preview fills a text that is being written in with a customer's data: whose name, CPF or number is typed under "cliente", or who bought last.
// It returns the faults of SaveTemplate for the text, Invalid no_such_customer, and Denied without Configure.
func (d Desk) Preview(ctx context.Context, t tenants.Typed) (p *Preview, err error) {
	var wrong tenants.Fields
	name := t.Text(&wrong, "nome")
	blocks := Read(t.Long(&wrong, "corpo", LongestTemplate))
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	if err := check(blocks); err != nil {
		return nil, err
	}
	return p, d.configure(ctx, d.DB.Read, func(ctx context.Context, c *ent.Client) error {
		p = &Preview{Body: blocks}
		sub, err := d.example(ctx, c, t["cliente"])
		if err != nil || sub == uuid.Nil {
			return err
		}
		f, err := gather(ctx, c, d.DB.Today(ctx), sub, uuid.Nil)
		if err != nil {
			return err
		}
		f.template, f.term = name, f.plan.LoyaltyMonths
		p.Customer, p.Plan = f.customer, f.plan
		p.Body, err = compose(name, HTML(blocks), f)
		return err
	})
}

// example finds the service whose data a preview shows; none where nothing was sold yet.
func (d Desk) example(ctx context.Context, c *ent.Client, query string) (uuid.UUID, error) {
	all := c.Subscription.Query()
	if query != "" {
		who, err := customers.Search(ctx, c, query, 1)
		if err != nil {
			return uuid.Nil, err
		}
		if len(who) == 0 {
			return uuid.Nil, tenants.Invalid("cliente", "no_such_customer")
		}
		all = all.Where(subscription.CustomerID(who[0].ID))
	}
	sub, err := all.Order(ent.Desc(subscription.FieldNumber)).FirstID(ctx)
	switch {
	case ent.IsNotFound(err) && query != "":
		return uuid.Nil, tenants.Invalid("cliente", "no_such_customer")
	case ent.IsNotFound(err):
		return uuid.Nil, nil
	}
	return sub, err
}
