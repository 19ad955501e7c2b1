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
		of, err := example(ctx, c, t["cliente"])
		if err != nil {
			return err
		}
		f, err := gather(ctx, c, d.DB.Today(ctx), of, uuid.Nil)
		switch fault := tenants.FaultOf(err); {
		case fault == nil || fault.Kind != tenants.KindNotFound:
		case t["cliente"] != "":
			return tenants.Invalid("cliente", "no_such_customer")
		default: // nothing was sold yet
			return nil
		}
		if err != nil {
			return err
		}
		f.template, f.term = name, f.plan.LoyaltyMonths
		p.Customer, p.Plan = f.customer, f.plan
		p.Body, err = compose(name, HTML(blocks), f)
		return err
	})
}

// example are the services whose data a preview may show, the first before others.
func example(ctx context.Context, c *ent.Client, query string) (*ent.SubscriptionQuery, error) {
	all := c.Subscription.Query().Order(ent.Desc(subscription.FieldNumber))
	if query == "" {
		return all, nil
	}
	who, err := customers.Search(ctx, c, query, 1)
	if err == nil && len(who) == 0 {
		err = tenants.Invalid("cliente", "no_such_customer")
	}
	if err != nil {
		return nil, err
	}
	return all.Where(subscription.CustomerID(who[0].ID)), nil
}
