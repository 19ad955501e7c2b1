package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/agreementinstalment"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Cancelling is a charge or an invoice to cancel, and why.
type Cancelling struct {
	ID     uuid.UUID
	Reason string
	Key    string // of the form
}

// ReadCancelling reads the form that cancels something.
func ReadCancelling(t tenants.Typed, id uuid.UUID, wrong *tenants.Fields) Cancelling {
	return Cancelling{ID: id, Reason: t.Lines(wrong, "motivo"), Key: t.Required(wrong, "chave")}
}

// CancelCharge cancels a charge that is on no invoice, by a compensating posting. When it was the last overdue debt of a suspended service,
// the service runs again. It returns Invalid for a reason too short, Conflict for a charge on an invoice, paid whole or in part, contested or
// cancelled already, and NotFound.
func (d Desk) CancelCharge(ctx context.Context, in Cancelling) error {
	if err := checkReason(in.Reason); err != nil {
		return err
	}
	_, err := d.once(ctx, "cancel_charge", in.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return uuid.Nil, err
		}
		p := d.post(ctx, c)
		row, err := p.loose(ctx, in.ID)
		if err != nil {
			return uuid.Nil, err
		}
		if err := p.cancelCharge(ctx, row, in.Reason); err != nil {
			return uuid.Nil, err
		}
		if _, err := p.restoreCleared(ctx, row.CustomerID); err != nil {
			return uuid.Nil, err
		}
		return row.ID, history.Write(ctx, c, p.now, history.Entry{Customer: row.CustomerID, Subject: "charge", ID: row.ID, Event: "charge_cancelled",
			Reason: in.Reason, After: map[string]any{"number": row.Number, "name": row.Description, "amount": row.Amount}})
	})
	return err
}

// cancelCharge takes back in the ledger what is open of a charge.
func (p post) cancelCharge(ctx context.Context, row *ent.Charge, reason string) error {
	if err := p.c.Charge.UpdateOneID(row.ID).SetCancelledAt(p.now).SetCancelReason(reason).Exec(ctx); err != nil {
		return err
	}
	if err := p.freeEvents(ctx, row); err != nil {
		return err
	}
	return p.ledger(ctx, owed(row, row.Settled-row.Amount))
}

// CancelInvoice cancels one open invoice with its charges and slip. The days of its monthly fees may be billed again. An instalment of a
// carnê or of an agreement is cancelled with the whole of it. It returns Invalid for a reason too short, Conflict for an invoice paid whole or
// in part, contested, cancelled already, or an instalment, and NotFound.
func (d Desk) CancelInvoice(ctx context.Context, in Cancelling) error {
	if err := checkReason(in.Reason); err != nil {
		return err
	}
	_, err := d.once(ctx, "cancel_invoice", in.Key, in, func(ctx context.Context, c *ent.Client) (uuid.UUID, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return uuid.Nil, err
		}
		p := d.post(ctx, c)
		s, err := p.openInvoice(ctx, in.ID)
		if err != nil {
			return uuid.Nil, err
		}
		if err := p.cancelInvoice(ctx, s, in.Reason); err != nil {
			return uuid.Nil, err
		}
		if err := p.giveAllDaysBack(ctx, s); err != nil {
			return uuid.Nil, err
		}
		if _, err := p.restoreCleared(ctx, s.Invoice.CustomerID); err != nil {
			return uuid.Nil, err
		}
		return in.ID, history.Write(ctx, c, p.now, history.Entry{Customer: s.Invoice.CustomerID, Subject: "invoice", ID: in.ID, Event: "invoice_cancelled",
			Reason: in.Reason, After: map[string]any{"number": s.Invoice.Number, "amount": s.Total}})
	})
	return err
}

// openInvoice reads an invoice of which nothing was paid and that stands for itself. A payment of it waits until this transaction is over.
func (p post) openInvoice(ctx context.Context, id uuid.UUID) (*Standing, error) {
	held, err := p.c.Invoice.Update().Where(invoice.ID(id)).AddVersion(1).Save(ctx)
	if err != nil {
		return nil, err
	}
	if held == 0 {
		return nil, tenants.NotFound()
	}
	row, err := p.c.Invoice.Get(ctx, id)
	if err != nil {
		return nil, err
	}
	if row.BookletID != nil {
		return nil, tenants.Conflict("invoice_of_booklet")
	}
	if of, err := p.c.AgreementInstalment.Query().Where(agreementinstalment.InvoiceID(id)).Exist(ctx); err != nil {
		return nil, err
	} else if of {
		return nil, tenants.Conflict("invoice_of_agreement")
	}
	standings, err := Standings(ctx, p.c, p.today, row)
	if err != nil {
		return nil, err
	}
	s := standings[0]
	switch {
	case s.Status == InvoiceCancelled:
		return nil, tenants.Conflict("invoice_cancelled")
	case s.Status == InvoicePaid:
		return nil, tenants.Conflict("invoice_paid")
	case len(s.Payments) > 0:
		return nil, tenants.Conflict("invoice_partly_paid")
	case s.held > 0:
		return nil, tenants.Conflict("charge_contested")
	}
	return s, nil
}

// giveAllDaysBack lets the periods of a cancelled invoice be billed again.
func (p post) giveAllDaysBack(ctx context.Context, s *Standing) error {
	given := map[uuid.UUID]bool{}
	for _, row := range s.Charges {
		if row.Kind != charge.KindRecurring || given[*row.SubscriptionID] {
			continue
		}
		given[*row.SubscriptionID] = true
		if err := p.giveDaysBack(ctx, *row.SubscriptionID); err != nil {
			return err
		}
	}
	return nil
}
