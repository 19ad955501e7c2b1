package billing

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/ent/reversal"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// InvoiceStatus is derived, never stored.
type InvoiceStatus string

// The statuses of an invoice, in the order in which the first that fits is taken (product.md §4).
const (
	InvoiceCancelled InvoiceStatus = "cancelada"
	InvoicePaid      InvoiceStatus = "paga"
	InvoiceContested InvoiceStatus = "em_contestacao"
	InvoiceOverdue   InvoiceStatus = "vencida"
	InvoicePartly    InvoiceStatus = "paga_em_parte"
	InvoiceOpen      InvoiceStatus = "aberta"
)

// Standing is an invoice as it stands on a day.
type Standing struct {
	Invoice      *ent.Invoice
	Charges      []*ent.Charge  // in order; cancelled ones are not among them
	Payments     []*ent.Payment // oldest first; those taken back are not among them
	Undone       []*ent.Payment // those taken back, oldest first
	Slip         *ent.Slip      // the one to pay by now, nil when none
	Status       InvoiceStatus
	PayableUntil calendar.Date // last day without late charges
	Total        money.Cents   // what it was issued for
	Debt         money.Debt    // without what is contested

	held money.Cents // contested and not answered: not collected
	kept money.Cents // paid of charges that were cancelled afterwards: it is given back as credit, and pays nothing else here
}

// Owed is what settles the invoice on the day it was reckoned for.
func (s *Standing) Owed() money.Cents { return s.Debt.Owed() }

// Standings reads how invoices stand on a day, in the order given, with the same few queries however many they are.
func Standings(ctx context.Context, c *ent.Client, on calendar.Date, invoices ...*ent.Invoice) ([]*Standing, error) {
	ids := make([]uuid.UUID, len(invoices))
	for i, row := range invoices {
		ids[i] = row.ID
	}
	charges, err := c.Charge.Query().Where(charge.InvoiceIDIn(ids...)).Order(charge.ByPosition(), charge.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	all, err := standingWith(ctx, c, on, charges, invoices)
	if err != nil {
		return nil, err
	}
	slips, err := c.Slip.Query().Where(slip.InvoiceIDIn(ids...), slip.CancelledAtIsNil()).Order(slip.ByIssuedAt()).All(ctx)
	now := map[uuid.UUID]*ent.Slip{}
	for _, row := range slips {
		now[row.InvoiceID] = row
	}
	for _, s := range all {
		s.Slip = now[s.Invoice.ID]
	}
	return all, err
}

// standingWith is Standings, without their slips, of invoices whose charges were read already, in order, with others or without.
func standingWith(ctx context.Context, c *ent.Client, on calendar.Date, charges []*ent.Charge, invoices []*ent.Invoice) ([]*Standing, error) {
	byID := map[uuid.UUID]*Standing{}
	var all []*Standing
	var ids []uuid.UUID
	for _, row := range invoices {
		s := &Standing{Invoice: row, PayableUntil: calendar.EffectiveLastDay(row.Due)}
		byID[row.ID], all, ids = s, append(all, s), append(ids, row.ID)
	}
	for _, row := range charges {
		if row.InvoiceID == nil || byID[*row.InvoiceID] == nil {
			continue
		}
		if s := byID[*row.InvoiceID]; row.CancelledAt == nil || s.Invoice.CancelledAt != nil {
			s.Charges = append(s.Charges, row)
		} else {
			s.kept += row.Settled
		}
	}
	payments, undone, err := paymentsOf(ctx, c, ids)
	if err != nil {
		return nil, err
	}
	for _, row := range payments {
		switch s := byID[*row.InvoiceID]; {
		case !undone[row.ID]:
			s.Payments = append(s.Payments, row)
		case row.Amount > 0:
			s.Undone = append(s.Undone, row)
		}
	}
	for _, s := range all {
		s.reckon(on)
	}
	return all, nil
}

// paymentsOf lists the payments of invoices, oldest first, and says which were taken back or take one back.
func paymentsOf(ctx context.Context, c *ent.Client, invoices []uuid.UUID) (payments []*ent.Payment, undone map[uuid.UUID]bool, err error) {
	payments, err = c.Payment.Query().Where(payment.InvoiceIDIn(invoices...), taken, back).Order(payment.ByPaidOn(), payment.ByReceivedAt()).All(ctx)
	undone = map[uuid.UUID]bool{}
	for _, row := range payments {
		undone[row.ID] = tenants.Said(row, "taken") != "" || tenants.Said(row, "back") != ""
	}
	return payments, undone, err
}

// standingPayments lists the payments of invoices that were not taken back, oldest first.
func standingPayments(ctx context.Context, c *ent.Client, invoices []uuid.UUID) ([]*ent.Payment, error) {
	payments, undone, err := paymentsOf(ctx, c, invoices)
	return slices.DeleteFunc(payments, func(row *ent.Payment) bool { return undone[row.ID] }), err
}

// A payment that was taken back has the reversal beside it, and so has the one that takes it back.
var (
	taken = tenants.Beside[predicate.Payment]("taken", payment.FieldID, reversal.Table, reversal.FieldReversesID, reversal.FieldID)
	back  = tenants.Beside[predicate.Payment]("back", payment.FieldID, reversal.Table, reversal.FieldPaymentID, reversal.FieldID)
)

// reckon says how the invoice stands on a day, or on that of its last payment when it comes after: one that is entered with an earlier day
// cannot undo what has been paid since.
func (s *Standing) reckon(on calendar.Date) {
	if n := len(s.Payments); n > 0 && s.Payments[n-1].PaidOn.After(on) {
		on = s.Payments[n-1].PaidOn
	}
	for _, row := range s.Charges {
		s.Total += row.Amount
		if contested(row) && row.ClosedAt == nil {
			s.held += row.Amount - row.Settled
		}
	}
	s.Debt = money.Reckon(s.collected(), s.Invoice.Due, s.paid(), on)
	switch {
	case s.Invoice.CancelledAt != nil:
		s.Status, s.Debt = InvoiceCancelled, money.Debt{}
	case s.Invoice.PaidAt != nil:
		s.Status = InvoicePaid
	case s.held > 0 && s.Owed() == 0: // all that is left of it; a charge that a discount makes up for is not open
		s.Status = InvoiceContested
	case on.After(s.PayableUntil):
		s.Status = InvoiceOverdue
	case len(s.Payments) > 0:
		s.Status = InvoicePartly
	default:
		s.Status = InvoiceOpen
	}
}

// collected is the principal that is, or was, to be paid.
func (s *Standing) collected() money.Cents { return max(0, s.Total+s.kept-s.held) }

// paid is what came in, in order of date, as money reckons with it.
func (s *Standing) paid() (all []money.Payment) {
	for _, row := range s.Payments {
		all = append(all, money.Payment{On: row.PaidOn, Amount: row.Amount})
	}
	return all
}

// InvoicesOf reads how the invoices of a customer stand on a day, by due date; open says to leave out what is paid or cancelled.
func InvoicesOf(ctx context.Context, c *ent.Client, on calendar.Date, customer uuid.UUID, open bool) ([]*Standing, error) {
	q := c.Invoice.Query().Where(invoice.CustomerID(customer)).Order(invoice.ByDue(), invoice.ByNumber())
	if open {
		q = q.Where(invoice.CancelledAtIsNil(), invoice.PaidAtIsNil())
	}
	rows, err := q.All(ctx)
	if err != nil {
		return nil, err
	}
	return Standings(ctx, c, on, rows...)
}

// open are the charges of an invoice that are collected and not settled, in the order a payment settles them: suspending kinds first, then the oldest.
func (s *Standing) open() []*ent.Charge {
	open := slices.DeleteFunc(slices.Clone(s.Charges), func(row *ent.Charge) bool {
		return row.CancelledAt != nil || contested(row) || row.Settled >= row.Amount
	})
	slices.SortStableFunc(open, func(a, b *ent.Charge) int {
		if a.Suspends != b.Suspends {
			return map[bool]int{true: -1, false: 1}[a.Suspends]
		}
		return cmp.Compare(a.Number, b.Number)
	})
	return open
}
