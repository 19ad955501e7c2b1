package billing

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/billingeventpart"
	"enlace/ent/charge"
	"enlace/ent/credituse"
	"enlace/ent/predicate"
	"enlace/tenants"
	"enlace/tenants/money"
)

// Undoing is exactly what taking an operation back does to money (desfazer): every balance comes back to what it was before it.
type Undoing struct {
	Invoices []UndoneInvoice // by number
	Loose    []UndoneCharge  // charges without an invoice, by number
	Credits  []*ent.Credit   // that it had given: they are taken back
	Parts    []UndoneCharge  // surcharges and discounts that were to ride on invoices to come: they never will

	change  Change
	now     *Books
	service uuid.UUID // the service that it was done to
	reason  string
	then    map[uuid.UUID]money.Cents // of each invoice
}

// UndoneInvoice is an invoice before and after.
type UndoneInvoice struct {
	*ent.Invoice
	Does UndoneDoes
	Now  money.Cents // what it charges
	Then money.Cents
}

// UndoneCharge is a charge, or a part of a billing event, before and after.
type UndoneCharge struct {
	Customer  uuid.UUID
	What      string
	Now, Then money.Cents
}

// UndoneDoes is what becomes of an invoice.
type UndoneDoes string

// What becomes of it.
const (
	UndoneEnds    UndoneDoes = "ends"    // the operation had made it: it is cancelled
	UndoneRevives UndoneDoes = "revives" // the operation had cancelled it: it stands again
	UndoneReturns UndoneDoes = "returns" // it charges what it did
)

// Seen says what a preview showed, so that nothing else is posted on the strength of it.
func (u *Undoing) Seen() string {
	said := []string{}
	for _, one := range u.Invoices {
		said = append(said, fmt.Sprintf("%d%s%d:%d", one.Number, one.Does, one.Now, one.Then))
	}
	for _, one := range append(u.Loose[:len(u.Loose):len(u.Loose)], u.Parts...) {
		said = append(said, fmt.Sprintf("%d:%d", one.Now, one.Then))
	}
	for _, one := range u.Credits {
		said = append(said, fmt.Sprint(-one.Amount))
	}
	return strings.Join(said, "/")
}

// ReckonUndo reckons what it does to money that an operation on a service is taken back, in the caller's transaction. It returns
// Conflict where something has left that cannot be called back, naming it: undo_paid, undo_paid_charge, undo_registered, undo_credit_used,
// undo_billed, undo_contested, and undo_changed for what somebody has changed since.
func (d Desk) ReckonUndo(ctx context.Context, c *ent.Client, of uuid.UUID, ch Change) (*Undoing, error) {
	return d.post(ctx, c).reckonUndo(ctx, of, ch)
}

func (p post) reckonUndo(ctx context.Context, of uuid.UUID, ch Change) (u *Undoing, err error) {
	u = &Undoing{change: ch, service: of}
	if u.now, err = owedOf(ctx, p.c, ch.holders()...); err != nil {
		return nil, err
	}
	for _, left := range []func() error{u.charged, u.invoiced, u.billedSince, u.told} {
		if err := left(); err != nil {
			return nil, err
		}
	}
	for _, left := range []func(context.Context, post) error{u.rode, u.credited} {
		if err := left(ctx, p); err != nil {
			return nil, err
		}
	}
	u.reckon()
	return u, nil
}

// charged refuses what was paid, contested or changed since of the charges.
func (u *Undoing) charged() error {
	now := byID(u.now.Charges, chargeID)
	for _, then := range u.change.Is.Charges {
		row := now[then.ID]
		switch {
		case row == nil:
			return tenants.Conflict("undo_changed").With("what", then.Description)
		case row.Settled != then.Settled && row.InvoiceID != nil:
			return u.of("undo_paid", *row.InvoiceID)
		case row.Settled != then.Settled:
			return tenants.Conflict("undo_paid_charge").With("what", row.Description)
		case contested(row) && !contested(then):
			return tenants.Conflict("undo_contested").With("what", row.Description)
		case (row.CancelledAt == nil) != (then.CancelledAt == nil) || (row.ClosedAt == nil) != (then.ClosedAt == nil) || row.Due != then.Due || !same(row.InvoiceID, then.InvoiceID):
			return tenants.Conflict("undo_changed").With("what", row.Description)
		}
	}
	return nil
}

func same(a, b *uuid.UUID) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// of is a fault that names an invoice.
func (u *Undoing) of(code string, id uuid.UUID) error {
	for _, row := range u.now.Invoices {
		if row.ID == id {
			return tenants.Conflict(code).With("number", fmt.Sprint(row.Number))
		}
	}
	return tenants.Conflict(code)
}

// invoiced refuses what was paid or changed since of the invoices.
func (u *Undoing) invoiced() error {
	now := byID(u.now.Invoices, invoiceID)
	for _, then := range u.change.Is.Invoices {
		row := now[then.ID]
		switch {
		case row.PaidAt != nil && then.PaidAt == nil:
			return u.of("undo_paid", row.ID)
		case (row.CancelledAt == nil) != (then.CancelledAt == nil) || row.Due != then.Due || !same(row.BookletID, then.BookletID):
			return tenants.Conflict("undo_changed").With("what", fmt.Sprintf("a fatura %d", row.Number))
		}
	}
	return nil
}

// billedSince refuses what was charged since of the services, or on the invoices: an invoice of the month, say. Late charges are of older debts.
func (u *Undoing) billedSince() error {
	services, invoices := byID(u.change.Is.Services, serviceID), byID(u.change.Is.Invoices, invoiceID)
	for _, row := range u.now.Charges {
		of := row.SubscriptionID != nil && services[*row.SubscriptionID] != nil || row.InvoiceID != nil && invoices[*row.InvoiceID] != nil
		if row.Number <= u.change.Last || !of || row.CancelledAt != nil || row.Kind == charge.KindLate {
			continue
		}
		if row.InvoiceID != nil {
			return u.of("undo_billed", *row.InvoiceID)
		}
		return tenants.Conflict("undo_changed").With("what", row.Description)
	}
	return nil
}

// told refuses what the bank was told of since: a boleto that the operation made, or the end of one that it took away.
func (u *Undoing) told() error {
	now, old := byID(u.now.Slips, slipID), byID(u.change.Was.Slips, slipID)
	for _, then := range u.change.Is.Slips {
		row, was := now[then.ID], old[then.ID]
		made := was == nil && row.SentAt != nil
		ended := was != nil && was.SentAt != nil && was.WithdrawnAt == nil && !row.Untold
		if made || ended {
			return u.of("undo_registered", row.InvoiceID)
		}
	}
	return nil
}

// rode refuses what of the surcharges and discounts was billed or cancelled since.
func (u *Undoing) rode(ctx context.Context, p post) error {
	ids := idsBy(u.change.Is.Parts, partID)
	if len(ids) == 0 {
		return nil
	}
	rows, err := p.c.BillingEventPart.Query().Where(billingeventpart.IDIn(ids...), named).All(ctx)
	if err != nil {
		return err
	}
	now, old := byID(rows, partID), byID(u.change.Was.Parts, partID)
	for _, then := range u.change.Is.Parts {
		row := now[then.ID]
		if !same(row.ChargeID, then.ChargeID) || (row.CancelledAt == nil) != (then.CancelledAt == nil) {
			return tenants.Conflict("undo_changed").With("what", tenants.Said(row, "name"))
		}
		if old[row.ID] == nil && row.ChargeID == nil && row.CancelledAt == nil {
			u.Parts = append(u.Parts, UndoneCharge{Customer: u.riding(row), What: tenants.Said(row, "name"), Now: row.Amount})
		}
	}
	return nil
}

// riding is the customer on whose invoices a part that the operation made was to ride.
func (u *Undoing) riding(part *ent.BillingEventPart) uuid.UUID {
	if event := byID(u.change.Is.Events, eventID)[part.EventID]; event != nil {
		return event.CustomerID
	}
	return uuid.Nil
}

// named puts beside a part of a billing event what it is for.
var named = tenants.Beside[predicate.BillingEventPart]("name", billingeventpart.FieldEventID, billingevent.Table, billingevent.FieldID, billingevent.FieldDescription)

// credited refuses what was spent of a credit since.
func (u *Undoing) credited(ctx context.Context, p post) error {
	if u.Credits = newIn(u.change.Was.Credits, u.change.Is.Credits, creditID); len(u.Credits) == 0 {
		return nil
	}
	uses, err := p.c.CreditUse.Query().Where(credituse.CreditIDIn(idsBy(u.Credits, creditID)...)).All(ctx)
	spent := map[uuid.UUID]money.Cents{}
	for _, use := range uses {
		spent[use.CreditID] += use.Amount
	}
	for _, row := range u.Credits {
		if spent[row.ID] != 0 {
			return tenants.Conflict("undo_credit_used").With("amount", row.Amount.BRL())
		}
	}
	return err
}

// reckon says what each invoice and charge comes to, now and then.
func (u *Undoing) reckon() {
	was, is := byID(u.change.Was.Charges, chargeID), byID(u.change.Is.Charges, chargeID)
	now, then := map[uuid.UUID]money.Cents{}, map[uuid.UUID]money.Cents{}
	u.then = then
	for _, row := range u.now.Charges {
		before := row
		if was[row.ID] != nil {
			before = was[row.ID]
		}
		made := was[row.ID] == nil && is[row.ID] != nil
		if row.CancelledAt == nil && row.InvoiceID != nil {
			now[*row.InvoiceID] += row.Amount
		}
		if !made && before.CancelledAt == nil && before.InvoiceID != nil {
			then[*before.InvoiceID] += row.Amount
		}
		if loose := is[row.ID] != nil && row.InvoiceID == nil && before.InvoiceID == nil; loose {
			one := UndoneCharge{Customer: row.CustomerID, What: row.Description, Now: row.Amount, Then: row.Amount}
			if row.CancelledAt != nil {
				one.Now = 0
			}
			if made {
				one.Then = 0
			}
			u.Loose = append(u.Loose, one)
		}
	}
	old, touched := byID(u.change.Was.Invoices, invoiceID), byID(u.change.Is.Invoices, invoiceID)
	for _, row := range u.now.Invoices {
		before := old[row.ID]
		one := UndoneInvoice{Invoice: row, Does: UndoneReturns, Now: now[row.ID], Then: then[row.ID]}
		switch {
		case before == nil && touched[row.ID] != nil:
			one.Does = UndoneEnds
		case before != nil && before.CancelledAt == nil && row.CancelledAt != nil:
			one.Does = UndoneRevives
		case one.Now == one.Then:
			continue
		}
		u.Invoices = append(u.Invoices, one)
	}
}

// Of is what of it moves in the books of one customer.
func (u *Undoing) Of(customer uuid.UUID) *Undoing {
	return &Undoing{
		Invoices: those(u.Invoices, func(one UndoneInvoice) bool { return one.CustomerID == customer }),
		Loose:    those(u.Loose, func(one UndoneCharge) bool { return one.Customer == customer }),
		Credits:  those(u.Credits, func(one *ent.Credit) bool { return one.CustomerID == customer }),
		Parts:    those(u.Parts, func(one UndoneCharge) bool { return one.Customer == customer }),
	}
}

func those[R any](rows []R, are func(R) bool) []R {
	return slices.DeleteFunc(slices.Clone(rows), func(row R) bool { return !are(row) })
}

// Nothing says that no amount moves.
func (u *Undoing) Nothing() bool {
	return len(u.Invoices)+len(u.Loose)+len(u.Credits)+len(u.Parts) == 0
}
