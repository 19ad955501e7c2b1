package subscribers

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/billing"
)

// Invoices lists what the customer who asks is to pay, by due date, as it stands today. What he contests is not collected, so it is not
// among them. It returns NotFound for anybody else.
func (d Desk) Invoices(ctx context.Context) (open []*billing.Standing, err error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return open, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		all, err := billing.InvoicesOf(ctx, c, d.DB.Today(ctx), who.ID, true)
		open = slices.DeleteFunc(all, func(s *billing.Standing) bool { return s.Status == billing.InvoiceContested })
		return err
	})
}

// lastPaid is how many paid invoices a customer is shown.
const lastPaid = 6

// Paid lists the invoices of the customer who asks that were paid last, the newest payment first. It returns NotFound for anybody else.
func (d Desk) Paid(ctx context.Context) (last []*billing.Standing, err error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return last, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err := c.Invoice.Query().Where(invoice.CustomerID(who.ID), invoice.PaidAtNotNil(), invoice.CancelledAtIsNil()).
			Order(ent.Desc(invoice.FieldPaidAt, invoice.FieldNumber)).Limit(lastPaid).All(ctx)
		if err != nil {
			return err
		}
		last, err = billing.Standings(ctx, c, d.DB.Today(ctx), rows...)
		return err
	})
}

// Invoice reads one invoice of the customer who asks as it stands today. It returns NotFound for another's.
func (d Desk) Invoice(ctx context.Context, id uuid.UUID) (standing *billing.Standing, err error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return standing, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Invoice.Query().Where(invoice.ID(id), invoice.CustomerID(who.ID)).Only(ctx)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		standings, err := billing.Standings(ctx, c, d.DB.Today(ctx), row)
		if err == nil {
			standing = standings[0]
		}
		return err
	})
}

// Charge reads one charge of the customer who asks. It returns NotFound for another's.
func (d Desk) Charge(ctx context.Context, id uuid.UUID) (row *ent.Charge, err error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return row, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err = c.Charge.Query().Where(charge.ID(id), charge.CustomerID(who.ID)).Only(ctx)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		}
		return err
	})
}

// Booklets lists the carnês of the customer who asks that have something to pay, newest first. It returns NotFound for anybody else.
func (d Desk) Booklets(ctx context.Context) (all []*ent.Booklet, err error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	return all, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		open, err := c.Invoice.Query().Where(invoice.CustomerID(who.ID), invoice.BookletIDNotNil(), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).All(ctx)
		if err != nil || len(open) == 0 {
			return err
		}
		var ids []uuid.UUID
		for _, row := range open {
			ids = append(ids, *row.BookletID)
		}
		all, err = c.Booklet.Query().Where(booklet.IDIn(ids...), booklet.CustomerID(who.ID), booklet.CancelledAtIsNil()).
			Order(ent.Desc(booklet.FieldNumber)).All(ctx)
		return err
	})
}

// InvoicePDF draws the slip of an invoice of the customer who asks. It returns NotFound for another's and Conflict when there is nothing to
// pay it by.
func (d Desk) InvoicePDF(ctx context.Context, id uuid.UUID) (name string, content []byte, err error) {
	if _, err := d.Invoice(ctx, id); err != nil {
		return "", nil, err
	}
	return billing.Desk{DB: d.DB}.InvoicePDF(vouched(ctx), id)
}

// BookletPDF returns the PDF of a carnê of the customer who asks. It returns NotFound for another's and Conflict when all of it is cancelled.
func (d Desk) BookletPDF(ctx context.Context, id uuid.UUID) (*ent.File, error) {
	who, err := me(ctx)
	if err != nil {
		return nil, err
	}
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		his, err := c.Booklet.Query().Where(booklet.ID(id), booklet.CustomerID(who.ID)).Exist(ctx)
		if err == nil && !his {
			err = tenants.NotFound()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return billing.Desk{DB: d.DB, Vault: d.Vault}.BookletPDF(vouched(ctx), id)
}

// vouched is Enlace itself, printing for a customer what was found to be his: the printing asks for a permission of the staff, which no
// customer has.
func vouched(ctx context.Context) context.Context {
	return tenants.As(ctx, tenants.Actor{Kind: tenants.System, Name: "Enlace", Channel: tenants.Telegram})
}
