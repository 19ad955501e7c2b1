package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// ChargeReceipt is money handed over for a charge that is on no invoice, whole or in part.
type ChargeReceipt struct {
	Charge uuid.UUID
	Amount money.Cents
	PaidOn calendar.Date // from the day it was charged until today
	Hand                 // how, and through whom
	Shown  string        // the Seen of the preview that was looked at; "": none was shown
	Key    string        // of the form: the same key is the same money
}

// ReadChargeReceipt reads the form of a charge's baixa.
func ReadChargeReceipt(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) ChargeReceipt {
	return ChargeReceipt{Charge: id, Amount: t.Cents(wrong, "valor"), PaidOn: t.RequiredDate(wrong, "pago_em"), Hand: ReadHand(t, wrong),
		Shown: t.Text(wrong, "previa"), Key: t.Required(wrong, "chave")}
}

// ChargeReceiptPreview is exactly what receiving a charge would post. It bears no late charges: those are owed on invoices.
type ChargeReceiptPreview struct {
	*ent.Charge
	Asked  ChargeReceipt
	Part   money.Cents // of the charge
	Left   money.Cents // still owed of it
	Credit money.Cents // beyond everything owed
}

// Seen says what a preview showed, so that nothing else is posted on the strength of it.
func (r *ChargeReceiptPreview) Seen() string {
	return fmt.Sprintf("%d/%s/%d/%d", r.Asked.Amount, r.Asked.PaidOn, r.Credit, r.Left)
}

// PreviewChargeReceipt reckons the receipt of a charge without posting anything. It returns the faults of ReceiveCharge.
func (d Desk) PreviewChargeReceipt(ctx context.Context, in ChargeReceipt) (preview *ChargeReceiptPreview, err error) {
	return preview, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		preview, err = d.post(ctx, c).plannedCharge(ctx, in)
		return err
	})
}

// ReceiveCharge takes money for a charge that is on no invoice; what is too much becomes credit. When it clears the last overdue debt of a
// suspended service, the service runs again. A form sent twice is answered alike, with other data it is Conflict key_reused. It returns
// Invalid for an amount that is not positive, for a day to come or before the charge, Conflict for one that is on an invoice, cancelled or
// paid and receipt_unseen for one that does something else than the preview showed, and NotFound.
func (d Desk) ReceiveCharge(ctx context.Context, in ChargeReceipt) (done *Received, err error) {
	if in.Key != "" { // nobody else's press is answered with it
		in.Key = tenants.Who(ctx).ID.String() + "/" + in.Key
	}
	paid, err := d.DB.Once(ctx, "receive_charge", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		if done, err = d.post(ctx, c).receiveCharge(ctx, in); err != nil {
			return "", err
		}
		return done.Payment.ID.String(), nil
	})
	if err != nil || done != nil && done.Payment.ID.String() == paid {
		return done, err
	}
	return done, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		done, err = d.post(ctx, c).received(ctx, paid)
		return err
	})
}

func (p post) receiveCharge(ctx context.Context, in ChargeReceipt) (*Received, error) {
	// The charge is held from here on: another payment of it waits, and then finds what this one left.
	held, err := p.c.Charge.Update().Where(charge.ID(in.Charge)).AddSettled(0).Save(ctx)
	if err != nil {
		return nil, err
	}
	if held == 0 {
		return nil, tenants.NotFound()
	}
	planned, err := p.plannedCharge(ctx, in)
	if err != nil {
		return nil, err
	}
	if in.Shown != "" && in.Shown != planned.Seen() {
		return nil, tenants.Conflict("receipt_unseen")
	}
	h, err := p.handed(ctx, in.Hand, in.Key, planned.CustomerID, in.Amount, in.PaidOn)
	if err != nil {
		return nil, err
	}
	paid, err := h.payment(ctx, in.Amount, nil)
	if err != nil {
		return nil, err
	}
	if err := p.settleCharge(ctx, planned, paid); err != nil {
		return nil, err
	}
	restored, err := p.restoreCleared(ctx, planned.CustomerID)
	return h.done(&Received{Payment: paid, Credit: planned.Credit, Restored: restored}), err
}

// plannedCharge is what a receipt of a charge will do, or why it may not be.
func (p post) plannedCharge(ctx context.Context, in ChargeReceipt) (*ChargeReceiptPreview, error) {
	row, err := p.c.Charge.Get(ctx, in.Charge)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	return p.planCharge(ctx, in, row)
}

func (p post) planCharge(ctx context.Context, in ChargeReceipt, row *ent.Charge) (*ChargeReceiptPreview, error) {
	switch {
	case row.InvoiceID != nil:
		return nil, tenants.Conflict("charge_on_invoice")
	case row.CancelledAt != nil:
		return nil, tenants.Conflict("charge_cancelled")
	case row.ClosedAt != nil:
		return nil, tenants.Conflict("charge_paid")
	case contested(row):
		return nil, tenants.Conflict("charge_contested")
	}
	if err := p.checkMoney(in.Amount, in.PaidOn); err != nil {
		return nil, err
	}
	isp, _ := tenants.From(ctx)
	if made := calendar.Of(row.CreatedAt.In(isp.Zone)); in.PaidOn.Before(made) {
		return nil, tenants.Invalid("pago_em", "before_charge").With("from", made.BR())
	}
	owed := row.Amount - row.Settled
	part := min(in.Amount, owed)
	return &ChargeReceiptPreview{Charge: row, Asked: in, Part: part, Left: owed - part, Credit: in.Amount - part}, nil
}

// settleCharge posts a payment of a charge as it was planned.
func (p post) settleCharge(ctx context.Context, planned *ChargeReceiptPreview, paid *ent.Payment) error {
	row := planned.Charge
	if planned.Left == 0 {
		if err := p.c.Charge.UpdateOneID(row.ID).SetClosedAt(p.now).Exec(ctx); err != nil {
			return err
		}
	}
	books := settling{post: p, payment: paid, posting: uuid.Must(uuid.NewV7()), memo: fmt.Sprintf("Baixa da cobrança %d", row.Number)}
	if err := books.principal(ctx, row, planned.Part); err != nil {
		return err
	}
	if err := books.close(ctx, planned.Credit, fmt.Sprintf("Pago a mais na cobrança %d", row.Number)); err != nil {
		return err
	}
	err := history.Write(ctx, p.c, p.now, history.Entry{Customer: row.CustomerID, Subject: "charge", ID: row.ID, Event: "charge_received",
		After: map[string]any{"number": row.Number, "name": row.Description, "amount": paid.Amount, "paid_on": paid.PaidOn.String()}})
	if err != nil || planned.Credit == 0 {
		return err
	}
	return history.Write(ctx, p.c, p.now, history.Entry{Customer: row.CustomerID, Subject: "charge", ID: row.ID, Event: "credit_left_charge",
		After: map[string]any{"number": row.Number, "amount": planned.Credit}})
}
