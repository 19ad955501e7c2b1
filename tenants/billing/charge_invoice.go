package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/staff"
)

// ChargeInvoice asks for the invoice of a charge that has none (Gerar fatura).
type ChargeInvoice struct {
	Charge uuid.UUID
	Due    calendar.Date
	Key    string // of the form
}

// ReadChargeInvoice reads the form of Gerar fatura.
func ReadChargeInvoice(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) ChargeInvoice {
	return ChargeInvoice{Charge: id, Due: t.RequiredDate(wrong, "vencimento"), Key: t.Required(wrong, "chave")}
}

// InvoiceCharge puts a loose charge on an invoice of its own, with boleto and Pix. The charge falls due with it: its amount, which the ledger
// knows, stays. A form sent twice is answered alike. It returns Invalid for a due date that is past or years away and for an amount under the
// ISP's minimum, Conflict for a charge on an invoice, cancelled, paid whole or in part, or contested, and NotFound.
func (d Desk) InvoiceCharge(ctx context.Context, in ChargeInvoice) (uuid.UUID, error) {
	return d.once(ctx, "invoice_charge", in.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return uuid.Nil, err
		}
		return d.post(ctx, c).invoiceCharge(ctx, in)
	})
}

func (p post) invoiceCharge(ctx context.Context, in ChargeInvoice) (uuid.UUID, error) {
	row, err := p.loose(ctx, in.Charge)
	if err != nil {
		return uuid.Nil, err
	}
	var wrong tenants.Fields
	if checkDue(in.Due, p.today, &wrong); len(wrong) > 0 {
		return uuid.Nil, wrong.Err()
	}
	how, err := p.collectionOfCharge(ctx, row)
	if err != nil {
		return uuid.Nil, err
	}
	switch {
	case !how.prints():
		return uuid.Nil, tenants.Conflict("invoice_prints_nothing").With("method", how.method.Name)
	case row.Amount < how.policy.MinimumInvoice:
		return uuid.Nil, tenants.Conflict("charge_under_minimum").With("minimum", how.policy.MinimumInvoice.BRL())
	}
	made, err := p.ownInvoice(ctx, row, how, in.Due)
	if err != nil {
		return uuid.Nil, err
	}
	return made.ID, history.Write(ctx, p.c, p.now, history.Entry{Customer: row.CustomerID, Subject: "charge", ID: row.ID, Event: "charge_put_on_invoice",
		Before: map[string]any{"vencimento": row.Due.String()},
		After:  map[string]any{"number": row.Number, "invoice": made.Number, "amount": row.Amount, "vencimento": in.Due.String()}})
}

// loose reads a charge that is open, on no invoice, and of which nothing was paid. Who else changes it waits until this transaction is over.
func (p post) loose(ctx context.Context, id uuid.UUID) (*ent.Charge, error) {
	held, err := p.c.Charge.Update().Where(charge.ID(id)).AddSettled(0).Save(ctx)
	if err != nil {
		return nil, err
	}
	if held == 0 {
		return nil, tenants.NotFound()
	}
	row, err := p.c.Charge.Get(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case row.InvoiceID != nil:
		return nil, tenants.Conflict("charge_on_invoice")
	}
	return row, openCharge(row)
}

// openCharge refuses a charge of which something was paid, or that is not owed now.
func openCharge(row *ent.Charge) error {
	switch {
	case row.CancelledAt != nil:
		return tenants.Conflict("charge_cancelled")
	case row.ClosedAt != nil:
		return tenants.Conflict("charge_paid")
	case contested(row):
		return tenants.Conflict("charge_contested")
	case row.Settled != 0:
		return tenants.Conflict("charge_partly_paid")
	}
	return nil
}

// contested says that a charge waits for the answer to its contest: until then it is neither collected nor does it suspend.
func contested(row *ent.Charge) bool { return row.ContestedAt != nil && row.ContestAnsweredAt == nil }

func (p post) collectionOfCharge(ctx context.Context, row *ent.Charge) (collection, error) {
	var sub *ent.Subscription
	if row.SubscriptionID != nil {
		var err error
		if sub, err = p.c.Subscription.Get(ctx, *row.SubscriptionID); err != nil {
			return collection{}, err
		}
	}
	return collectionFor(ctx, p.c, row.CustomerID, sub)
}

// emptyInvoice is the invoice that a charge to be posted will stand on alone.
func (p post) emptyInvoice(ctx context.Context, row newCharge, method uuid.UUID) (*ent.Invoice, error) {
	number, err := numbers.Next(ctx, p.c, numbers.Invoice)
	if err != nil {
		return nil, err
	}
	create := p.c.Invoice.Create().SetNumber(number).SetCustomerID(row.customer).SetMethodID(method).SetDue(row.due).SetIssuedAt(p.now)
	if row.subscription != uuid.Nil {
		create.SetSubscriptionID(row.subscription)
	}
	return create.Save(ctx)
}

// nothingToPay has an invoice of zero be paid, and its charges closed: what discounts have made nothing of is no open debt.
func (p post) nothingToPay(ctx context.Context, row *ent.Invoice) error {
	row.PaidAt = &p.now
	if err := p.c.Invoice.UpdateOneID(row.ID).SetPaidAt(p.now).Exec(ctx); err != nil {
		return err
	}
	return p.c.Charge.Update().Where(charge.InvoiceID(row.ID), charge.CancelledAtIsNil()).SetClosedAt(p.now).Exec(ctx)
}

// ownInvoice moves a charge of which nothing was paid to an invoice of its own, with a slip, due on a day.
func (p post) ownInvoice(ctx context.Context, row *ent.Charge, how collection, due calendar.Date) (*ent.Invoice, error) {
	alone := newCharge{customer: row.CustomerID, due: due}
	if row.SubscriptionID != nil {
		alone.subscription = *row.SubscriptionID
	}
	made, err := p.emptyInvoice(ctx, alone, how.method.ID)
	if err != nil {
		return nil, err
	}
	if err := p.c.Charge.UpdateOneID(row.ID).SetInvoiceID(made.ID).SetDue(due).SetPosition(0).Exec(ctx); err != nil {
		return nil, err
	}
	return made, p.slips(ctx, how, []*ent.Invoice{made}, []money.Cents{row.Amount}, nil)
}
