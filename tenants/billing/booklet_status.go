package billing

import (
	"slices"

	"enlace/ent"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Booklet is a carnê as it stands today, with all its instalments, cancelled ones too.
type Booklet struct {
	*ent.Booklet
	Customer    *ent.Customer
	Plan        *ent.Plan
	Instalments []*Standing
	Total       money.Cents // of those not cancelled
	Counts      map[InvoiceStatus]int
}

// Left is how many instalments are still to be paid.
func (b *Booklet) Left() int {
	return len(b.Instalments) - b.Counts[InvoicePaid] - b.Counts[InvoiceCancelled]
}

// Next is the instalment to be paid next, nil when there is none.
func (b *Booklet) Next() *Standing {
	for _, s := range b.Instalments {
		if s.Status != InvoicePaid && s.Status != InvoiceCancelled {
			return s
		}
	}
	return nil
}

// BookletStatus is derived from the instalments, never stored.
type BookletStatus string

// The statuses of a carnê, in the order in which the first that fits is taken.
const (
	BookletCancelled BookletStatus = "cancelado"
	BookletPaid      BookletStatus = "quitado"
	BookletOverdue   BookletStatus = "vencido"
	BookletOpen      BookletStatus = "aberto"
)

// Status is where the carnê stands as a whole.
func (b *Booklet) Status() BookletStatus {
	switch {
	case b.CancelledAt != nil:
		return BookletCancelled
	case b.Left() == 0:
		return BookletPaid
	case b.Counts[InvoiceOverdue] > 0:
		return BookletOverdue
	}
	return BookletOpen
}

// Prints says whether there is a slip to put on paper.
func (b *Booklet) Prints() bool {
	return slices.ContainsFunc(b.Instalments, func(s *Standing) bool { return s.Slip != nil && s.Status != InvoiceCancelled })
}

// Covers is the run of days an invoice's recurring charges pay for; empty when it has none.
func (s *Standing) Covers() (covers calendar.Period) {
	for _, row := range s.Charges {
		switch {
		case row.PeriodFrom.IsZero():
		case covers.From.IsZero():
			covers = calendar.Period{From: row.PeriodFrom, To: row.PeriodTo}
		case row.PeriodTo.After(covers.To):
			covers.To = row.PeriodTo
		}
	}
	return covers
}
