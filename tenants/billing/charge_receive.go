package billing

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/payment"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// ChargeReceipt is money handed over for a charge that is on no invoice, the whole of it.
type ChargeReceipt struct {
	Charge uuid.UUID
	Amount money.Cents   // what the button said
	PaidOn calendar.Date // from the day it was charged until today
	Key    string        // of the form: the same key is the same money
}

// ReadChargeReceipt reads the form of a charge's baixa.
func ReadChargeReceipt(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) ChargeReceipt {
	return ChargeReceipt{Charge: id, Amount: t.Cents(wrong, "valor"), PaidOn: t.RequiredDate(wrong, "pago_em"), Key: t.Required(wrong, "chave")}
}

// ReceiveCharge takes at the counter the whole of a charge that is on no invoice. When it clears the last overdue debt of a suspended
// service, the service runs again. A form sent twice is answered alike, with other data it is Conflict key_reused. It returns Invalid for a
// day to come or before the charge, Conflict for one that is on an invoice, cancelled, paid or of another amount by now, and NotFound.
func (d Desk) ReceiveCharge(ctx context.Context, in ChargeReceipt) error {
	if in.Key != "" { // nobody else's press is answered with it
		in.Key = tenants.Who(ctx).ID.String() + "/" + in.Key
	}
	_, err := d.DB.Once(ctx, "receive_charge", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return "", err
		}
		paid, err := d.post(ctx, c).receiveCharge(ctx, in)
		if err != nil {
			return "", err
		}
		return paid.ID.String(), nil
	})
	return err
}

func (p post) receiveCharge(ctx context.Context, in ChargeReceipt) (*ent.Payment, error) {
	// Who receives it at the same moment waits here and then finds it closed.
	closed, err := p.c.Charge.Update().Where(charge.ID(in.Charge), charge.InvoiceIDIsNil(), charge.ClosedAtIsNil(), charge.CancelledAtIsNil()).SetClosedAt(p.now).Save(ctx)
	if err != nil {
		return nil, err
	}
	row, err := p.c.Charge.Get(ctx, in.Charge)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	isp, _ := tenants.From(ctx)
	made := calendar.Of(row.CreatedAt.In(isp.Zone))
	switch {
	case row.InvoiceID != nil:
		return nil, tenants.Conflict("charge_on_invoice")
	case row.CancelledAt != nil:
		return nil, tenants.Conflict("charge_cancelled")
	case closed == 0:
		return nil, tenants.Conflict("charge_paid")
	case contested(row):
		return nil, tenants.Conflict("charge_contested")
	case in.PaidOn.After(p.today):
		return nil, tenants.Invalid("pago_em", "future")
	case in.PaidOn.Before(made):
		return nil, tenants.Invalid("pago_em", "before_charge").With("from", made.BR())
	case in.Amount != row.Amount-row.Settled:
		return nil, tenants.Conflict("receipt_unseen")
	}
	create := p.c.Payment.Create().SetSource(payment.SourceCounter).SetExternalID(in.Key).SetAmount(in.Amount).SetPaidOn(in.PaidOn).SetReceivedAt(p.now).SetCustomerID(row.CustomerID)
	if who := tenants.Who(ctx); who.Kind == tenants.User {
		create.SetUserID(who.ID)
	}
	paid, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	books := settling{post: p, payment: paid, posting: uuid.Must(uuid.NewV7()), memo: fmt.Sprintf("Baixa da cobrança %d", row.Number)}
	if err := books.principal(ctx, row, in.Amount); err != nil {
		return nil, err
	}
	if err := books.close(ctx, 0, ""); err != nil {
		return nil, err
	}
	err = history.Write(ctx, p.c, p.now, history.Entry{Customer: row.CustomerID, Subject: "charge", ID: row.ID, Event: "charge_received",
		After: map[string]any{"number": row.Number, "name": row.Description, "amount": in.Amount, "paid_on": in.PaidOn.String()}})
	if err != nil {
		return nil, err
	}
	_, err = p.restoreCleared(ctx, row.CustomerID)
	return paid, err
}
