package collection

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/pixcharge"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/history"
	"enlace/tenants/outbox"
)

// How a charge with a due date is taken after it, as money.md reckons a late payment.
const (
	payableFor = 60 // days
	lateFine   = psp.Percent(200)
	lateRate   = psp.Percent(100) // a month
)

// lifetime is how long an immediate charge is taken: of a slip whose due date is past already.
const lifetime = 30 * 24 * time.Hour

// pixCharge is the charge of a slip, with all that it says.
type pixCharge struct {
	access
	row      *ent.PixCharge
	slip     *ent.Slip
	invoice  *ent.Invoice
	customer *ent.Customer
}

func (d Desk) pixCharge(ctx context.Context, slipID uuid.UUID) (p pixCharge, err error) {
	return p, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if p.row, err = c.PixCharge.Query().Where(pixcharge.SlipID(slipID)).Only(ctx); ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		if p.slip, err = c.Slip.Get(ctx, slipID); err != nil {
			return err
		}
		if p.invoice, err = c.Invoice.Get(ctx, p.slip.InvoiceID); err != nil {
			return err
		}
		if p.customer, err = c.Customer.Get(ctx, p.invoice.CustomerID); err != nil {
			return err
		}
		p.access, err = accessOf(ctx, c, p.row.AccountID)
		return err
	})
}

// asked is the charge as the PSP is to keep it.
func (p pixCharge) asked() psp.Charge {
	charge := psp.Charge{TxID: p.row.Txid, Key: p.key.Key, Amount: p.slip.Amount, Payer: psp.Payer{Document: p.customer.Document, Name: p.customer.Name},
		Note: fmt.Sprintf("Fatura %d", p.invoice.Number)}
	if p.kind() == psp.Immediate {
		charge.Lifetime = lifetime
		return charge
	}
	charge.Due, charge.PayableFor, charge.Fine, charge.Interest = p.slip.Due, payableFor, lateFine, lateRate
	return charge
}

func (p pixCharge) kind() psp.Kind { return psp.Kind(*p.row.Kind) }

// PutCharge has the PSP keep the charge of a slip, and puts its copia e cola on the slip in place of the ISP's own. It is called by a worker, and
// may be called again: the PSP keeps one charge, and a slip that has its own is left alone. What the PSP refuses is told in the history and ends
// there: the slip keeps the ISP's Pix. A charge that was withdrawn meanwhile is taken back instead.
func (d Desk) PutCharge(ctx context.Context, slipID uuid.UUID) error {
	p, err := d.pixCharge(ctx, slipID)
	if err != nil {
		return err
	}
	switch p.row.Status {
	case pixcharge.StatusActive, pixcharge.StatusPaid, pixcharge.StatusRefused:
		return nil
	case pixcharge.StatusWithdrawn, pixcharge.StatusRemoved: // an attempt at putting it may have reached the PSP all the same
		return d.remove(ctx, p)
	}
	door, err := d.open(ctx, p.access.row)
	if err != nil {
		return d.heard(ctx, p.access.row, err)
	}
	kept, err := door.Put(ctx, p.asked())
	var refused *psp.Refused
	if errors.As(err, &refused) {
		return d.refuse(ctx, p, refused)
	}
	if err := d.heard(ctx, p.access.row, err); err != nil {
		return err
	}
	code, err := p.code(kept)
	if err != nil {
		return err
	}
	return d.carry(ctx, p, kept, code)
}

// code is the copia e cola of a kept charge: the PSP's, and where it leaves that to us one of its address.
func (p pixCharge) code(kept *psp.Kept) (string, error) {
	if read := pix.Parse(kept.CopyPaste); read.Valid && read.URL != "" {
		return kept.CopyPaste, nil
	}
	code, err := pix.Build(pix.Code{URL: kept.Location, Name: p.key.Name, City: p.key.City})
	if err != nil {
		return "", fmt.Errorf("%w: it gives no address of the charge", psp.ErrLater)
	}
	return code, nil
}

// carry puts a kept charge on its slip. The carnê it stands in is printed anew.
func (d Desk) carry(ctx context.Context, p pixCharge, kept *psp.Kept, code string) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		now := d.DB.Now()
		put, err := c.PixCharge.Update().Where(pixcharge.ID(p.row.ID), pixcharge.StatusEQ(pixcharge.StatusAsked)).SetStatus(pixcharge.StatusActive).SetAnsweredAt(now).Save(ctx)
		if err != nil {
			return err
		}
		if put == 0 { // withdrawn while the PSP was asked: what it keeps now is taken back
			again, err := c.PixCharge.Update().Where(pixcharge.ID(p.row.ID), pixcharge.StatusIn(pixcharge.StatusWithdrawn, pixcharge.StatusRemoved)).
				SetStatus(pixcharge.StatusWithdrawn).Save(ctx)
			if err != nil || again == 0 {
				return err // another delivery put it
			}
			return outbox.Add(ctx, c, now, outbox.Job{Kind: billing.EndPixCharge, Payload: map[string]string{"slip": p.slip.ID.String()}})
		}
		err = c.Slip.Update().Where(slip.ID(p.slip.ID)).SetPixStatic(p.slip.PixPayload).SetPixPayload(code).SetPixLocation(kept.Location).Exec(ctx)
		if err != nil || p.invoice.BookletID == nil {
			return err
		}
		return c.Booklet.Update().Where(booklet.ID(*p.invoice.BookletID), booklet.FileIDNotNil()).ClearFileID().Exec(ctx)
	})
}

// refuse keeps what the PSP found wrong.
func (d Desk) refuse(ctx context.Context, p pixCharge, why *psp.Refused) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		now := d.DB.Now()
		n, err := c.PixCharge.Update().Where(pixcharge.ID(p.row.ID), pixcharge.StatusEQ(pixcharge.StatusAsked)).SetStatus(pixcharge.StatusRefused).
			SetRefusal(why.Error()).SetAnsweredAt(now).Save(ctx)
		if err != nil || n == 0 {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Customer: p.customer.ID, Subject: "invoice", ID: p.invoice.ID, Event: "pix_refused",
			After: map[string]any{"number": p.invoice.Number, "field": why.Field, "why": why.Why}})
	})
}

// EndCharge has the PSP take back the charge of a slip that was withdrawn. It is called by a worker, and may be called again. A charge that was
// paid meanwhile stays as it is: its Pix is settled like any other.
func (d Desk) EndCharge(ctx context.Context, slipID uuid.UUID) error {
	p, err := d.pixCharge(ctx, slipID)
	if err != nil || p.row.Status != pixcharge.StatusWithdrawn {
		return err
	}
	return d.remove(ctx, p)
}

func (d Desk) remove(ctx context.Context, p pixCharge) error {
	door, err := d.open(ctx, p.access.row)
	if err != nil {
		return d.heard(ctx, p.access.row, err)
	}
	if _, err := door.Remove(ctx, p.kind(), p.row.Txid); !errors.Is(err, psp.ErrNotFound) { // none there: it was never put
		if err := d.heard(ctx, p.access.row, err); err != nil {
			return err
		}
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.PixCharge.Update().Where(pixcharge.ID(p.row.ID), pixcharge.StatusEQ(pixcharge.StatusWithdrawn)).SetStatus(pixcharge.StatusRemoved).SetAnsweredAt(d.DB.Now()).Exec(ctx)
	})
}
