package billing

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// CancelBooklet cancels the instalments of a carnê on which nothing was paid; the others stay as they are. The days of the cancelled ones
// may be billed again. The same form sent twice cancels once and is answered alike. It returns Invalid for a reason too short, Conflict when
// the carnê is cancelled already, and NotFound.
func (d Desk) CancelBooklet(ctx context.Context, id uuid.UUID, reason, key string) (cancelled int, err error) {
	if err := checkReason(reason); err != nil {
		return 0, err
	}
	answer, err := d.press(ctx, "cancel_booklet", key, []string{id.String(), reason}, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return "", err
		}
		n, err := d.post(ctx, c).cancelBooklet(ctx, id, reason)
		return strconv.Itoa(n), err
	})
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(answer)
}

func (p post) cancelBooklet(ctx context.Context, id uuid.UUID, reason string) (cancelled int, err error) {
	// Who cancels or changes the same carnê at the same moment waits here and then finds it cancelled.
	marked, err := p.c.Booklet.Update().Where(booklet.ID(id), booklet.CancelledAtIsNil()).
		SetCancelledAt(p.now).SetCancelReason(reason).ClearFileID().AddVersion(1).Save(ctx)
	if err != nil {
		return 0, err
	}
	row, err := p.c.Booklet.Get(ctx, id)
	switch {
	case ent.IsNotFound(err):
		return 0, tenants.NotFound()
	case err != nil:
		return 0, err
	case marked == 0:
		return 0, tenants.Conflict("booklet_cancelled")
	}
	// A payment that comes in meanwhile waits, and one that was first is seen.
	if err := p.c.Invoice.Update().Where(invoice.BookletID(id), invoice.PaidAtIsNil()).AddVersion(1).Exec(ctx); err != nil {
		return 0, err
	}
	rows, err := p.c.Invoice.Query().Where(invoice.BookletID(id), invoice.CancelledAtIsNil(), invoice.PaidAtIsNil()).All(ctx)
	if err != nil {
		return 0, err
	}
	standings, err := Standings(ctx, p.c, p.today, rows...)
	if err != nil {
		return 0, err
	}
	for _, s := range standings {
		if len(s.Payments) > 0 {
			continue
		}
		if err := p.cancelInvoice(ctx, s, reason); err != nil {
			return 0, err
		}
		cancelled++
	}
	if err := p.giveDaysBack(ctx, row.SubscriptionID); err != nil {
		return 0, err
	}
	return cancelled, history.Write(ctx, p.c, p.now, history.Entry{Customer: row.CustomerID, Subject: "booklet", ID: id, Event: "booklet_cancelled",
		Reason: reason, After: map[string]any{"number": row.Number, "cancelled": cancelled}})
}

// shortestReason is how many letters a reason has at least.
const shortestReason = 5

func checkReason(reason string) error {
	if len([]rune(reason)) < shortestReason {
		return tenants.Invalid("motivo", "reason_short")
	}
	return nil
}

// cancelInvoice cancels an invoice with its charges and slip, and takes the charges back in the ledger.
func (p post) cancelInvoice(ctx context.Context, s *Standing, reason string) error {
	err := p.c.Invoice.UpdateOneID(s.Invoice.ID).SetCancelledAt(p.now).SetCancelReason(reason).Exec(ctx)
	if err != nil {
		return err
	}
	var entries []entry
	for _, row := range s.Charges {
		entries = append(entries, owed(row, -row.Amount)...)
	}
	err = p.c.Charge.Update().Where(charge.InvoiceID(s.Invoice.ID), charge.CancelledAtIsNil()).SetCancelledAt(p.now).SetCancelReason(reason).Exec(ctx)
	if err != nil {
		return err
	}
	if err := p.freeEvents(ctx, s.Charges...); err != nil {
		return err
	}
	if err := p.dropSlips(ctx, s.Invoice.ID); err != nil {
		return err
	}
	return p.ledger(ctx, entries)
}

// giveDaysBack sets what is billed of a subscription by the recurring charges that stand.
func (p post) giveDaysBack(ctx context.Context, sub uuid.UUID) error {
	held, err := p.c.Subscription.Get(ctx, sub)
	if err != nil {
		return err
	}
	standing, err := p.c.Charge.Query().Where(ofHolder(held)...).Where(charge.KindEQ(charge.KindRecurring), charge.CancelledAtIsNil()).All(ctx)
	if err != nil {
		return err
	}
	end, whole := held.HeldFrom, 0 // what was before a transfer is not the holder's
	for _, row := range standing {
		if row.PeriodTo.After(end) {
			end = row.PeriodTo
		}
		if row.Whole {
			whole++
		}
	}
	update := p.c.Subscription.UpdateOneID(sub).SetWholeBilled(whole)
	if end.IsZero() {
		update.ClearBilledUntil()
	} else {
		update.SetBilledUntil(end)
	}
	return update.Exec(ctx)
}
