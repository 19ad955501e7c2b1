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
	"enlace/ent/declaration"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// Account is all that a customer owes, has paid and has to his credit, as it stands today.
type Account struct {
	Customer *ent.Customer
	Invoices []*Standing    // the newest due date first, without their slips
	Loose    []*ent.Charge  // open charges that are on no invoice, the oldest due date first
	Closed   []*ent.Charge  // the others on no invoice, paid or cancelled, the latest due date first
	Payments []*ent.Payment // the newest first, a page of them
	More     bool           // there are older payments
	Credits  []Credit
	Booklets []*ent.Booklet     // the newest first
	Declared []*ent.Declaration // of years settled, the newest first

	Open    money.Cents // to pay by its day: invoices and loose charges not yet late
	Overdue money.Cents // late, with what it costs to be late until today
	Credit  money.Cents // not yet used
}

// Credit is an amount in favour of a customer, what it was used for and what is left of it.
type Credit struct {
	*ent.Credit
	Uses []*ent.CreditUse // the oldest first
	Left money.Cents
}

// PaymentsPage is how many payments a page of an account shows.
const PaymentsPage = 20

// Account is AccountPage with the newest payments.
func (d Desk) Account(ctx context.Context, of uuid.UUID) (*Account, error) {
	return d.AccountPage(ctx, of, 1)
}

// AccountPage reads a customer's account with a page of his payments, from 1. It makes the same few queries however long the customer has
// been one. It returns NotFound for a customer that is not the ISP's.
func (d Desk) AccountPage(ctx context.Context, of uuid.UUID, page int) (a *Account, err error) {
	return a, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		who, err := customerOf(ctx, c, of)
		if err != nil {
			return err
		}
		if a, err = Owes(ctx, c, d.DB.Today(ctx), who); err != nil {
			return err
		}
		a.Payments, err = c.Payment.Query().Where(payment.CustomerID(of)).Order(ent.Desc(payment.FieldReceivedAt, payment.FieldID)).
			Offset((page - 1) * PaymentsPage).Limit(PaymentsPage + 1).All(ctx)
		if err != nil {
			return err
		}
		if a.More = len(a.Payments) > PaymentsPage; a.More {
			a.Payments = a.Payments[:PaymentsPage]
		}
		a.Booklets, err = c.Booklet.Query().Where(booklet.CustomerID(of)).Order(ent.Desc(booklet.FieldNumber)).All(ctx)
		if err != nil {
			return err
		}
		a.Declared, err = c.Declaration.Query().Where(declaration.CustomerID(of)).Order(ent.Desc(declaration.FieldYear)).All(ctx)
		return err
	})
}

// Owes is a customer's account on a day without its papers: what is owed and what is to the customer's credit.
func Owes(ctx context.Context, c *ent.Client, today calendar.Date, who *ent.Customer) (*Account, error) {
	a := &Account{Customer: who}
	return a, a.read(ctx, c, today)
}

func (a *Account) read(ctx context.Context, c *ent.Client, today calendar.Date) (err error) {
	of := a.Customer.ID
	charges, err := c.Charge.Query().Where(charge.CustomerID(of)).Order(charge.ByPosition(), charge.ByNumber()).All(ctx)
	if err != nil {
		return err
	}
	invoices, err := c.Invoice.Query().Where(invoice.CustomerID(of)).Order(ent.Desc(invoice.FieldDue, invoice.FieldNumber)).All(ctx)
	if err != nil {
		return err
	}
	if a.Invoices, err = standingWith(ctx, c, today, charges, invoices); err != nil {
		return err
	}
	for _, row := range charges {
		switch {
		case row.InvoiceID != nil || row.Amount <= 0:
		case row.ClosedAt == nil && row.CancelledAt == nil:
			a.Loose = append(a.Loose, row)
		default:
			a.Closed = append(a.Closed, row)
		}
	}
	slices.SortFunc(a.Loose, sooner)
	slices.SortFunc(a.Closed, func(a, b *ent.Charge) int { return sooner(b, a) })
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
		switch ChargeStatus(row, today) {
		case InvoiceOverdue:
			a.Overdue += row.Amount - row.Settled
		case InvoiceOpen, InvoicePartly:
			a.Open += row.Amount - row.Settled
		}
	}
	for _, one := range a.Credits {
		a.Credit += one.Left
	}
}

// nearest is how many invoices of a kind stand nearest to today.
const nearest = 2

// Nearest are the invoices one asks for first, the newest due date first: the next to pay, all that are overdue, the last ones paid.
func (a *Account) Nearest() (rows []*Standing) {
	coming, paid := 0, 0
	for _, s := range slices.Backward(a.Invoices) { // the next to pay are the oldest of those to come
		if s.Status == InvoiceOpen || s.Status == InvoicePartly || s.Status == InvoiceContested {
			if coming++; coming <= nearest {
				rows = append(rows, s)
			}
		}
	}
	for _, s := range a.Invoices {
		switch s.Status {
		case InvoiceOverdue:
			rows = append(rows, s)
		case InvoicePaid:
			if paid++; paid <= nearest {
				rows = append(rows, s)
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b *Standing) int { return b.Invoice.Due.DaysSince(a.Invoice.Due) })
	return rows
}

// Late are the invoices that are overdue, and LateLoose the charges without one, the oldest due date first.
func (a *Account) Late() (rows []*Standing) {
	for _, s := range slices.Backward(a.Invoices) {
		if s.Status == InvoiceOverdue {
			rows = append(rows, s)
		}
	}
	return rows
}

// LateLoose: see Late.
func (a *Account) LateLoose(today calendar.Date) []*ent.Charge {
	return slices.DeleteFunc(slices.Clone(a.Loose), func(row *ent.Charge) bool { return ChargeStatus(row, today) != InvoiceOverdue })
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
	spent, err := c.CreditUse.Query().Where(credituse.CreditIDIn(ids...)).Order(credituse.ByAt()).All(ctx)
	uses := map[uuid.UUID][]*ent.CreditUse{}
	for _, use := range spent {
		uses[use.CreditID] = append(uses[use.CreditID], use)
	}
	for _, row := range rows {
		one := Credit{Credit: row, Uses: uses[row.ID], Left: row.Amount}
		for _, use := range one.Uses {
			one.Left -= use.Amount
		}
		all = append(all, one)
	}
	return all, err
}
