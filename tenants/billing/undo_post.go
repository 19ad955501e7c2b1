package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/billingeventpart"
	"enlace/ent/booklet"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/pixcharge"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/money"
)

// PostUndo posts what ReckonUndo shows, in the caller's transaction: what was made is cancelled, what was cancelled stands again, and the ledger
// gets the entries that compensate. Nothing is erased. It returns the faults of ReckonUndo, and Conflict undo_unseen when something else would be
// posted than was shown.
func (d Desk) PostUndo(ctx context.Context, c *ent.Client, of uuid.UUID, ch Change, shown, reason string) (*Undoing, error) {
	p := d.post(ctx, c)
	if err := p.holdChanged(ctx, ch); err != nil {
		return nil, err
	}
	u, err := p.reckonUndo(ctx, of, ch)
	switch {
	case err != nil:
		return nil, err
	case shown != "" && shown != u.Seen():
		return nil, tenants.Conflict("undo_unseen")
	}
	u.reason = reason
	for _, step := range []func(context.Context, *Undoing) error{p.undoCharges, p.undoInvoices, p.undoSlips, p.undoEvents, p.undoBooklets, p.undoCredits, p.undoService, p.undoGaps} {
		if err := step(ctx, u); err != nil {
			return nil, err
		}
	}
	return u, nil
}

// holdChanged keeps who pays, spends or changes any of it waiting; who was first is seen.
func (p post) holdChanged(ctx context.Context, ch Change) error {
	for _, who := range ch.holders() {
		if _, err := p.heldCredits(ctx, who); err != nil {
			return err
		}
	}
	if err := p.c.Invoice.Update().Where(invoice.IDIn(idsBy(ch.Is.Invoices, invoiceID)...)).AddVersion(1).Exec(ctx); err != nil {
		return err
	}
	return p.c.Charge.Update().Where(charge.IDIn(idsBy(ch.Is.Charges, chargeID)...)).AddSettled(0).Exec(ctx)
}

func idsBy[R any](rows []R, id func(R) uuid.UUID) []uuid.UUID {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = id(row)
	}
	return ids
}

// undoCharges takes back what was charged, and charges again what was taken back, on the invoice where it stood.
func (p post) undoCharges(ctx context.Context, u *Undoing) error {
	now := byID(u.now.Charges, chargeID)
	var entries []entry
	var gone []uuid.UUID
	for _, row := range newIn(u.change.Was.Charges, u.change.Is.Charges, chargeID) {
		if row.CancelledAt == nil {
			gone, entries = append(gone, row.ID), append(entries, owed(row, -row.Amount)...)
		}
	}
	if err := p.c.Charge.Update().Where(charge.IDIn(gone...)).SetCancelledAt(p.now).SetCancelReason(u.reason).Exec(ctx); err != nil {
		return err
	}
	for _, was := range u.change.Was.Charges {
		update := p.c.Charge.UpdateOneID(was.ID)
		if was.CancelledAt == nil {
			update.ClearCancelledAt().ClearCancelReason()
		}
		if was.ClosedAt == nil {
			update.ClearClosedAt()
		}
		if was.PassedOnAt == nil {
			update.ClearPassedOnAt()
		}
		if was.InvoiceID == nil {
			update.ClearInvoiceID()
		} else {
			update.SetInvoiceID(*was.InvoiceID)
		}
		if err := update.Exec(ctx); err != nil {
			return err
		}
		if was.CancelledAt == nil && now[was.ID].CancelledAt != nil {
			entries = append(entries, owed(was, was.Amount-was.Settled)...)
		}
	}
	return p.ledger(ctx, entries)
}

// undoInvoices cancels the invoices that were made; those that were cancelled, or came to nothing, stand again.
func (p post) undoInvoices(ctx context.Context, u *Undoing) error {
	made := idsBy(newIn(u.change.Was.Invoices, u.change.Is.Invoices, invoiceID), invoiceID)
	err := p.c.Invoice.Update().Where(invoice.IDIn(made...), invoice.CancelledAtIsNil()).SetCancelledAt(p.now).SetCancelReason(u.reason).Exec(ctx)
	if err != nil {
		return err
	}
	for _, was := range u.change.Was.Invoices {
		update := p.c.Invoice.UpdateOneID(was.ID)
		if was.CancelledAt == nil {
			update.ClearCancelledAt().ClearCancelReason()
		}
		if was.PaidAt == nil {
			update.ClearPaidAt()
		}
		if was.SubscriptionID == nil {
			update.ClearSubscriptionID()
		} else {
			update.SetSubscriptionID(*was.SubscriptionID)
		}
		if err := update.Exec(ctx); err != nil {
			return err
		}
	}
	return p.dropSlips(ctx, idsBy(newIn(u.change.Was.Slips, u.change.Is.Slips, slipID), func(row *ent.Slip) uuid.UUID { return row.InvoiceID })...)
}

// undoSlips has what was printed before be paid by again: the bank was not told otherwise. One that had a charge at the PSP, which is over, is
// made anew.
func (p post) undoSlips(ctx context.Context, u *Undoing) error {
	ids := idsBy(u.change.Was.Slips, slipID)
	over, err := p.c.PixCharge.Query().Where(pixcharge.SlipIDIn(ids...)).Select(pixcharge.FieldSlipID).All(ctx)
	if err != nil {
		return err
	}
	anew := map[uuid.UUID]bool{}
	for _, row := range over {
		anew[row.SlipID] = true
	}
	var back []uuid.UUID
	for _, was := range u.change.Was.Slips {
		if was.CancelledAt == nil && !anew[was.ID] {
			back = append(back, was.ID)
		}
	}
	if err := p.c.Slip.Update().Where(slip.IDIn(back...)).ClearCancelledAt().SetUntold(true).Exec(ctx); err != nil {
		return err
	}
	for _, was := range u.change.Was.Slips {
		if was.CancelledAt != nil || !anew[was.ID] {
			continue
		}
		row, err := p.c.Invoice.Get(ctx, was.InvoiceID)
		if err != nil {
			return err
		}
		if err := p.reissue(ctx, []*ent.Invoice{row}, []money.Cents{u.then[row.ID]}); err != nil {
			return err
		}
	}
	return nil
}

// undoEvents lets surcharges and discounts ride as they did, and those that were made no more.
func (p post) undoEvents(ctx context.Context, u *Undoing) error {
	events := idsBy(newIn(u.change.Was.Events, u.change.Is.Events, eventID), eventID)
	if err := p.c.BillingEvent.Update().Where(billingevent.IDIn(events...)).SetCancelledAt(p.now).SetCancelReason(u.reason).Exec(ctx); err != nil {
		return err
	}
	parts := idsBy(newIn(u.change.Was.Parts, u.change.Is.Parts, partID), partID)
	if err := p.c.BillingEventPart.Update().Where(billingeventpart.IDIn(parts...)).SetCancelledAt(p.now).Exec(ctx); err != nil {
		return err
	}
	for _, was := range u.change.Was.Events {
		if err := p.c.BillingEvent.UpdateOneID(was.ID).SetSubscriptionID(was.SubscriptionID).Exec(ctx); err != nil {
			return err
		}
	}
	for _, was := range u.change.Was.Parts {
		update := p.c.BillingEventPart.UpdateOneID(was.ID).SetSubscriptionID(was.SubscriptionID)
		if was.CancelledAt == nil {
			update.ClearCancelledAt()
		}
		if was.ChargeID == nil {
			update.ClearChargeID()
		} else {
			update.SetChargeID(*was.ChargeID)
		}
		if err := update.Exec(ctx); err != nil {
			return err
		}
	}
	return nil
}

// undoBooklets has the carnês be of the service they were of, and their papers made again; one that was made is cancelled.
func (p post) undoBooklets(ctx context.Context, u *Undoing) error {
	made := idsBy(newIn(u.change.Was.Booklets, u.change.Is.Booklets, bookletID), bookletID)
	err := p.c.Booklet.Update().Where(booklet.IDIn(made...)).SetCancelledAt(p.now).SetCancelReason(u.reason).ClearFileID().AddVersion(1).Exec(ctx)
	if err != nil {
		return err
	}
	for _, was := range u.change.Was.Booklets {
		update := p.c.Booklet.UpdateOneID(was.ID).SetSubscriptionID(was.SubscriptionID).AddVersion(1)
		if was.CancelledAt == nil {
			update.ClearCancelledAt().ClearCancelReason()
		}
		if err := update.Exec(ctx); err != nil {
			return err
		}
		if err := p.reprint(ctx, was.ID); err != nil {
			return err
		}
	}
	return nil
}

// undoCredits takes back what was given.
func (p post) undoCredits(ctx context.Context, u *Undoing) error {
	for _, row := range u.Credits {
		if err := p.c.CreditUse.Create().SetCreditID(row.ID).SetAmount(row.Amount).SetAt(p.now).Exec(ctx); err != nil {
			return err
		}
		posting := uuid.Must(uuid.NewV7())
		err := p.ledger(ctx, []entry{
			{posting: posting, account: ledgerentry.AccountCredits, customer: row.CustomerID, amount: row.Amount, memo: u.reason},
			{posting: posting, account: ledgerentry.AccountRevenue, customer: row.CustomerID, amount: -row.Amount, memo: u.reason},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// undoService has the service bill as it did; who holds it, and its state, are not of the books.
func (p post) undoService(ctx context.Context, u *Undoing) error {
	was := byID(u.change.Was.Services, serviceID)[u.service]
	update := p.c.Subscription.UpdateOneID(was.ID).SetWholeBilled(was.WholeBilled).SetDiscountFixed(was.DiscountFixed).SetDiscountPercent(was.DiscountPercent).SetDiscountMonths(was.DiscountMonths).SetFeeChoice(was.FeeChoice).SetFee(was.Fee).SetFeeParts(was.FeeParts).
		ClearCancelledOn().ClearCancelReason().ClearEndedBy()
	if was.BilledUntil.IsZero() {
		update.ClearBilledUntil()
	} else {
		update.SetBilledUntil(was.BilledUntil)
	}
	return update.Exec(ctx)
}

// undoGaps has the stretch without service run on that ran, and the trust that has not come to its end meanwhile.
func (p post) undoGaps(ctx context.Context, u *Undoing) error {
	for _, was := range u.change.Was.Gaps {
		if was.SubscriptionID != u.service {
			continue
		}
		update := p.c.Suspension.UpdateOneID(was.ID)
		if was.EndedAt == nil {
			update.ClearEndedAt()
		}
		if was.UntilDay.IsZero() {
			update.ClearUntilDay()
		} else {
			update.SetUntilDay(was.UntilDay)
		}
		if was.CreditedAt == nil {
			update.ClearCreditedAt()
		}
		if err := update.Exec(ctx); err != nil {
			return err
		}
	}
	for _, was := range u.change.Was.Grants {
		if was.SubscriptionID == u.service && was.EndedAt == nil && was.Until.After(p.now) {
			if err := p.c.TrustGrant.UpdateOneID(was.ID).ClearEndedAt().ClearOutcome().Exec(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}
