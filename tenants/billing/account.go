package billing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/credit"
	"enlace/ent/credituse"
	"enlace/ent/payment"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Account is all that a customer owes, has paid and has to his credit, as it stands today.
type Account struct {
	Customer *ent.Customer
	Invoices []*Standing   // the newest due date first
	Loose    []*ent.Charge // open charges that are on no invoice, the oldest due date first
	Payments []*ent.Payment
	Credits  []Credit
	Booklets []*ent.Booklet // the newest first

	Open    money.Cents // to pay by its day: invoices and loose charges not yet late
	Overdue money.Cents // late, with what it costs to be late until today
	Credit  money.Cents // not yet used
}

// Credit is an amount in favour of a customer and what is left of it.
type Credit struct {
	*ent.Credit
	Left money.Cents
}

// mostPayments is how many payments an account shows, the newest.
const mostPayments = 20

// Account reads a customer's account. It makes the same few queries however long the customer has been one. It returns NotFound for a
// customer that is not the ISP's.
func (d Desk) Account(ctx context.Context, of uuid.UUID) (a *Account, err error) {
	return a, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		a = &Account{}
		if a.Customer, err = customerOf(ctx, c, of); err != nil {
			return err
		}
		return a.read(ctx, c, d.DB.Today(ctx))
	})
}

func (a *Account) read(ctx context.Context, c *ent.Client, today calendar.Date) (err error) {
	of := a.Customer.ID
	if a.Invoices, err = InvoicesOf(ctx, c, today, of, false); err != nil {
		return err
	}
	slices.Reverse(a.Invoices)
	a.Loose, err = c.Charge.Query().Where(charge.CustomerID(of), charge.InvoiceIDIsNil(), charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.AmountGT(0)).
		Order(charge.ByDue(), charge.ByNumber()).All(ctx)
	if err != nil {
		return err
	}
	if a.Payments, err = c.Payment.Query().Where(payment.CustomerID(of)).Order(ent.Desc(payment.FieldReceivedAt)).Limit(mostPayments).All(ctx); err != nil {
		return err
	}
	if a.Booklets, err = c.Booklet.Query().Where(booklet.CustomerID(of)).Order(ent.Desc(booklet.FieldNumber)).All(ctx); err != nil {
		return err
	}
	if a.Credits, err = creditsOf(ctx, c, of); err != nil {
		return err
	}
	a.add(today)
	return nil
}

// add sums what is owed and what is left of the credits.
func (a *Account) add(today calendar.Date) {
	for _, s := range a.Invoices {
		switch s.Status {
		case InvoiceOverdue:
			a.Overdue += s.Owed()
		case InvoiceOpen, InvoicePartly:
			a.Open += s.Owed()
		}
	}
	for _, row := range a.Loose {
		if today.After(calendar.EffectiveLastDay(row.Due)) {
			a.Overdue += row.Amount - row.Settled
		} else {
			a.Open += row.Amount - row.Settled
		}
	}
	for _, one := range a.Credits {
		a.Credit += one.Left
	}
}

// creditsOf lists a customer's credits, the oldest first, as they are used (money.md M13).
func creditsOf(ctx context.Context, c *ent.Client, of uuid.UUID) (all []Credit, err error) {
	rows, err := c.Credit.Query().Where(credit.CustomerID(of)).Order(credit.ByCreatedAt()).All(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	uses, err := c.CreditUse.Query().Where(credituse.CreditIDIn(ids...)).All(ctx)
	used := map[uuid.UUID]money.Cents{}
	for _, use := range uses {
		used[use.CreditID] += use.Amount
	}
	for _, row := range rows {
		all = append(all, Credit{row, row.Amount - used[row.ID]})
	}
	return all, err
}
