package collection

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/payment"
	"enlace/ent/pixcharge"
	"enlace/ent/pixreceipt"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
)

// doubted is how long a PSP is asked about a Pix it does not know before we believe that there is none: it may tell of one before it can show it.
const doubted = 15 * time.Minute

// SettlePix asks the PSP about a Pix somebody told of, and settles what the PSP says came in, once. Nothing of what was told is used but the
// EndToEndId. A Pix of no slip of ours is kept as a stranger, one the PSP does not know as unknown, one given back before it was settled as
// returned; none of these settles anything. It is called by a worker, and may be called again.
func (d Desk) SettlePix(ctx context.Context, endToEnd string) error {
	row, from, err := d.told(ctx, endToEnd)
	if err != nil {
		return err
	}
	door, err := d.open(ctx, from)
	if err != nil {
		return d.heard(ctx, from, err)
	}
	paid, err := door.Pix(ctx, endToEnd)
	unknown := errors.Is(err, psp.ErrNotFound)
	if err := d.heard(ctx, from, err); err != nil && !unknown {
		return err
	}
	if unknown && d.DB.Now().Sub(row.ToldAt) < doubted {
		return err
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if unknown {
			return c.PixReceipt.Update().Where(pixreceipt.ID(row.ID), pixreceipt.StatusEQ(pixreceipt.StatusTold)).SetStatus(pixreceipt.StatusUnknown).SetReadAt(d.DB.Now()).Exec(ctx)
		}
		return d.settle(ctx, c, row.ID, *paid)
	})
}

// told reads what was told of a Pix. From then on whoever tells of it again has it read again: what the PSP says may be new since.
func (d Desk) told(ctx context.Context, endToEnd string) (row *ent.PixReceipt, from *ent.PspAccount, err error) {
	return row, from, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if row, err = c.PixReceipt.Query().Where(pixreceipt.EndToEnd(endToEnd)).Only(ctx); ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		if err := c.PixReceipt.Update().Where(pixreceipt.ID(row.ID), pixreceipt.Pending(true)).SetPending(false).Exec(ctx); err != nil {
			return err
		}
		from, err = c.PspAccount.Get(ctx, row.AccountID)
		return err
	})
}

// settle writes what the PSP says, and settles it unless that was done.
func (d Desk) settle(ctx context.Context, c *ent.Client, id uuid.UUID, paid psp.Paid) error {
	// The row is held from here on: another delivery waits, and then finds what this one did.
	if err := c.PixReceipt.UpdateOneID(id).SetReadAt(d.DB.Now()).Exec(ctx); err != nil {
		return err
	}
	row, err := c.PixReceipt.Get(ctx, id)
	if err != nil {
		return err
	}
	of, err := slipByTxID(ctx, c, paid.TxID)
	if err != nil {
		return err
	}
	back, before := paid.Returned(), row.Returned
	change := c.PixReceipt.UpdateOneID(id).SetTxid(paid.TxID).SetAmount(paid.Amount).SetReturned(back).SetPaidAt(paid.At)
	switch {
	case row.Status == pixreceipt.StatusSettled:
		if err := change.Exec(ctx); err != nil || back <= before {
			return err
		}
		return d.givenBack(ctx, c, row, paid.Amount, back)
	case back >= paid.Amount:
		if of != nil {
			change.SetSlipID(of.ID)
		}
		return change.SetStatus(pixreceipt.StatusReturned).Exec(ctx)
	case of == nil:
		return change.SetStatus(pixreceipt.StatusStranger).Exec(ctx)
	}
	if err := change.SetSlipID(of.ID).SetStatus(pixreceipt.StatusSettled).Exec(ctx); err != nil {
		return err
	}
	if err := c.PixCharge.Update().Where(pixcharge.Txid(paid.TxID), pixcharge.StatusEQ(pixcharge.StatusActive)).SetStatus(pixcharge.StatusPaid).Exec(ctx); err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	_, err = billing.Settle(ctx, c, d.DB.Now(), d.DB.Today(ctx), billing.Incoming{Source: payment.SourcePix, ExternalID: paid.EndToEnd, Invoice: of.InvoiceID,
		Amount: paid.Amount - back, PaidOn: calendar.Of(paid.At.In(isp.Zone)), LatePaid: paid.Late > 0})
	return err
}

// slipByTxID is the slip of a txid: of its charge at the PSP, or of the ISP's own code on it. None is nil.
func slipByTxID(ctx context.Context, c *ent.Client, txid string) (*ent.Slip, error) {
	if txid == "" {
		return nil, nil
	}
	of := slip.Txid(txid)
	switch charge, err := c.PixCharge.Query().Where(pixcharge.Txid(txid)).Only(ctx); {
	case err == nil:
		of = slip.ID(charge.SlipID)
	case !ent.IsNotFound(err):
		return nil, err
	}
	found, err := c.Slip.Query().Where(of).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return found, err
}

// givenBack tells that money was given back which settled an invoice: a person takes the payment back.
func (d Desk) givenBack(ctx context.Context, c *ent.Client, row *ent.PixReceipt, amount, back money.Cents) error {
	by, err := paidBy(ctx, c, payment.SourcePix, row.EndToEnd)
	of := by[row.EndToEnd].Invoice
	if err != nil || of == nil {
		return err
	}
	return history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: of.CustomerID, Subject: "invoice", ID: of.ID, Event: "pix_given_back",
		After: map[string]any{"number": of.Number, "amount": back, "of": amount}})
}
