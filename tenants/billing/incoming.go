package billing

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Incoming is money that came in by itself, for an invoice: a line of a bank's retorno, or a Pix.
type Incoming struct {
	Source     payment.Source
	ExternalID string // of the bank's line, or the Pix's endToEndId
	Invoice    uuid.UUID
	Amount     money.Cents // what the payer handed over
	PaidOn     calendar.Date
	LatePaid   bool // the bank reckoned late charges itself and took them
}

// Income is what money that came in by itself did.
type Income struct {
	*Received
	Forgiven money.Cents // late charges that the bank reckoned lower than the house does
	Repeated bool        // it had come before, and nothing was done
}

// Settle takes what came in by itself, in the caller's transaction: the same external id never settles twice. It is taken whatever the state of
// the invoice: for one that is paid or cancelled, all of it becomes credit of the customer. Late charges a bank took are as the bank reckoned
// them: what is missing of the house's own is forgiven. A late payment of the bare amount leaves them to a charge of their own (money.md M10).
// The slip takes no more money from then on when its invoice is paid. It returns NotFound for an invoice that is not the ISP's.
func Settle(ctx context.Context, c *ent.Client, now time.Time, today calendar.Date, in Incoming) (*Income, error) {
	p := post{c: c, now: now, today: today}
	held, err := c.Invoice.Update().Where(invoice.ID(in.Invoice)).AddVersion(1).Save(ctx)
	if err != nil {
		return nil, err
	}
	if held == 0 {
		return nil, tenants.NotFound()
	}
	before, err := c.Payment.Query().Where(payment.SourceEQ(in.Source), payment.ExternalID(in.ExternalID)).First(ctx)
	if err == nil {
		return &Income{Received: &Received{Payment: before}, Repeated: true}, nil
	} else if !ent.IsNotFound(err) {
		return nil, err
	}
	r, err := PlanIncome(ctx, c, in)
	if err != nil {
		return nil, err
	}
	row := r.Invoice
	paid, err := c.Payment.Create().SetSource(in.Source).SetExternalID(in.ExternalID).SetAmount(in.Amount).SetPaidOn(in.PaidOn).SetReceivedAt(now).
		SetCustomerID(row.CustomerID).SetInvoiceID(row.ID).Save(ctx)
	if err != nil {
		return nil, err
	}
	done, err := p.settle(ctx, r, paid)
	if err != nil {
		return nil, err
	}
	return &Income{Received: done, Forgiven: r.Forgiven}, nil
}

// PlanIncome is what Settle will do, in the caller's transaction. It returns NotFound for an invoice that is not the ISP's.
func PlanIncome(ctx context.Context, c *ent.Client, in Incoming) (*ReceiptPreview, error) {
	row, err := c.Invoice.Get(ctx, in.Invoice)
	switch {
	case ent.IsNotFound(err):
		return nil, tenants.NotFound()
	case err != nil:
		return nil, err
	}
	standings, err := Standings(ctx, c, in.PaidOn, row)
	if err != nil {
		return nil, err
	}
	r := &ReceiptPreview{Standing: standings[0], Asked: Receipt{Invoice: row.ID, Amount: in.Amount, PaidOn: in.PaidOn, Key: in.ExternalID}}
	if r.Status == InvoicePaid || r.Status == InvoiceCancelled {
		r.Credit = in.Amount
	} else if err := r.spread(); err != nil {
		return nil, err
	}
	if in.LatePaid && r.Late > 0 {
		r.Asked.forgives, r.Forgiven = true, r.Late
	}
	return r, nil
}

// dropSlips puts the slips of invoices out of use: nothing is to be paid by them any more. The bank hears of those it knows in the next remessa,
// and the PSP at once.
func (p post) dropSlips(ctx context.Context, invoices ...uuid.UUID) error {
	rows, err := p.c.Slip.Query().Where(slip.InvoiceIDIn(invoices...), slip.CancelledAtIsNil()).All(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	known, unknown := []uuid.UUID{}, []uuid.UUID{}
	for _, row := range rows {
		if row.SentAt != nil && row.WithdrawnAt == nil {
			known = append(known, row.ID)
		} else {
			unknown = append(unknown, row.ID)
		}
		if err := WithdrawPix(ctx, p.c, p.now, row.ID); err != nil {
			return err
		}
	}
	if err := p.c.Slip.Update().Where(slip.IDIn(known...)).SetCancelledAt(p.now).SetUntold(true).Exec(ctx); err != nil {
		return err
	}
	return p.c.Slip.Update().Where(slip.IDIn(unknown...)).SetCancelledAt(p.now).SetUntold(false).Exec(ctx)
}

// tellBank has the next remessa look at the slips of an invoice, because what is owed by them has changed. One the bank has never heard of needs
// no word when nothing is owed by it any more.
func (p post) tellBank(ctx context.Context, invoice uuid.UUID, owed bool) error {
	theBank := []predicate.Slip{slip.InvoiceID(invoice), slip.AgreementIDNotNil(), slip.WithdrawnAtIsNil()}
	if err := p.c.Slip.Update().Where(theBank...).SetUntold(true).Exec(ctx); err != nil || owed {
		return err
	}
	return p.c.Slip.Update().Where(append(theBank, slip.SentAtIsNil())...).SetUntold(false).Exec(ctx)
}
