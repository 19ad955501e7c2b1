package dunning

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/customers"
)

// Letter is the notice of an overdue invoice, to be handed over on paper, or the proof that it was given.
type Letter struct {
	Customer *ent.Customer
	Invoice  *ent.Invoice
	Address  string // of the customer; "" when there is none
	Text     string
	Given    *ent.Notice // nil while nobody was told
	Underway bool        // the bot has one that it has not brought yet
}

// Letter reads the notice of an invoice. It returns Conflict not_overdue for one nobody has to be told of, and NotFound.
func (d Desk) Letter(ctx context.Context, id uuid.UUID) (l *Letter, err error) {
	return l, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Invoice.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		standings, err := billing.Standings(ctx, c, d.DB.Today(ctx), row)
		if err != nil {
			return err
		}
		l = &Letter{Invoice: row, Text: billing.NoticeText(standings[0])}
		switch l.Given, err = billing.GivenNotice(ctx, c, []uuid.UUID{id}); {
		case err != nil:
			return err
		case l.Given != nil:
			l.Text = l.Given.Body
		case standings[0].Status != billing.InvoiceOverdue:
			return tenants.Conflict("not_overdue")
		case !row.NoticedOn.IsZero():
			l.Underway = true
		}
		if l.Customer, err = c.Customer.Get(ctx, row.CustomerID); err != nil {
			return err
		}
		at, err := c.Address.Query().Where(address.CustomerID(row.CustomerID)).First(ctx)
		if ent.IsNotFound(err) {
			return nil
		}
		if err == nil {
			l.Address = customers.OneLine(at)
		}
		return err
	})
}
