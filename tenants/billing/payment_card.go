package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/credit"
	"enlace/ent/reversal"
	"enlace/ent/settlement"
	"enlace/tenants"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// PaymentCard is a payment with what it settled, and whether it was taken back.
type PaymentCard struct {
	*ent.Payment
	Customer      *ent.Customer
	Invoice       *ent.Invoice // nil: of a charge without one
	User          *ent.User    // who received, nil for nobody
	Receipt       *ent.Receipt // nil where nothing was handed over
	Till          *ent.Till
	Correspondent *ent.Correspondent
	Parts         []SettledPart
	Credit        money.Cents   // it left
	Undone        *ent.Reversal // that took it back; nil while it stands
	Undoes        *ent.Payment  // what it takes back itself, nil for none
}

// SettledPart is what a payment settled of a charge, or of the late charges of its invoice.
type SettledPart struct {
	*ent.Settlement
	Charge *ent.Charge // nil for late charges
}

// Payment reads a payment. It returns NotFound for one that is not the ISP's.
func (d Desk) Payment(ctx context.Context, id uuid.UUID) (one *PaymentCard, err error) {
	return one, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		row, err := c.Payment.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		one = &PaymentCard{Payment: row}
		for _, read := range []func(context.Context, *ent.Client) error{one.around, one.settled, one.reversed} {
			if err := read(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
}

func (one *PaymentCard) around(ctx context.Context, c *ent.Client) (err error) {
	if one.Customer, err = c.Customer.Get(ctx, one.CustomerID); err != nil {
		return err
	}
	if one.InvoiceID != nil {
		if one.Invoice, err = c.Invoice.Get(ctx, *one.InvoiceID); err != nil {
			return err
		}
	}
	if one.UserID != nil {
		if one.User, err = c.User.Get(ctx, *one.UserID); err != nil {
			return err
		}
	}
	if one.ReceiptID != nil {
		if one.Receipt, err = c.Receipt.Get(ctx, *one.ReceiptID); err != nil {
			return err
		}
	}
	if one.TillID != nil {
		if one.Till, err = c.Till.Get(ctx, *one.TillID); err != nil {
			return err
		}
	}
	if one.CorrespondentID != nil {
		one.Correspondent, err = c.Correspondent.Get(ctx, *one.CorrespondentID)
	}
	return err
}

func (one *PaymentCard) settled(ctx context.Context, c *ent.Client) error {
	parts, err := c.Settlement.Query().Where(settlement.PaymentID(one.ID)).Order(ent.Asc(settlement.FieldID)).All(ctx)
	if err != nil {
		return err
	}
	var ids []uuid.UUID
	for _, part := range parts {
		if part.ChargeID != nil {
			ids = append(ids, *part.ChargeID)
		}
	}
	rows, err := c.Charge.Query().Where(charge.IDIn(ids...)).All(ctx)
	if err != nil {
		return err
	}
	byID := map[uuid.UUID]*ent.Charge{}
	for _, row := range rows {
		byID[row.ID] = row
	}
	for _, part := range parts {
		of := SettledPart{Settlement: part}
		if part.ChargeID != nil {
			of.Charge = byID[*part.ChargeID]
		}
		one.Parts = append(one.Parts, of)
	}
	left, err := c.Credit.Query().Where(credit.PaymentID(one.ID)).All(ctx)
	for _, row := range left {
		one.Credit += row.Amount
	}
	return err
}

func (one *PaymentCard) reversed(ctx context.Context, c *ent.Client) error {
	rows, err := c.Reversal.Query().Where(reversal.Or(reversal.ReversesID(one.ID), reversal.PaymentID(one.ID))).All(ctx)
	if err != nil || len(rows) == 0 {
		return err
	}
	one.Undone = rows[0]
	if rows[0].PaymentID == one.ID {
		one.Undoes, err = c.Payment.Get(ctx, rows[0].ReversesID)
	}
	return err
}
