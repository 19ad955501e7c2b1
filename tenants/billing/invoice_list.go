package billing

import (
	"context"
	"math"
	"time"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/status"
)

// Pile is one of the piles the cashier's invoices lie in.
type Pile string

// The piles, as the screen's address calls them.
const (
	PileOverdue Pile = "vencidas"
	PileDue     Pile = "abertas" // payable today or within the next month
	PilePaid    Pile = "pagas"   // settled in this month
)

// Piles lists them in the order the cashier works them off.
var Piles = []Pile{PileOverdue, PileDue, PilePaid}

// horizon is how many days ahead an open invoice is of interest.
const horizon = 30

// Piled is how all piles stand: the count and the money of each; what is open of those not paid, what came in of those paid.
type Piled struct {
	Counts map[Pile]int
	Sums   map[Pile]money.Cents
	Until  calendar.Date // end of PileDue
	From   calendar.Date // beginning of PilePaid

	Suspended int // services suspended for debt now
}

// CountPiles reads how all piles stand on a day.
func CountPiles(ctx context.Context, c *ent.Client, today calendar.Date) (all Piled, err error) {
	all = Piled{Counts: map[Pile]int{}, Sums: map[Pile]money.Cents{}, Until: today.AddDays(horizon), From: calendar.On(today.Year(), today.Month(), 1)}
	sets := []tenants.Rows{tenants.RowsOf(subscription.Table, subscription.StatusEQ(status.SuspendedDebt))}
	for _, one := range Piles {
		sets = append(sets, tenants.RowsOf(invoice.Table, all.in(ctx, one, today)...))
	}
	counts, err := tenants.Count(ctx, math.MaxInt32, sets...) // each to the last one: they stand beside money
	if err != nil {
		return all, err
	}
	all.Suspended = counts[0]
	for i, one := range Piles {
		all.Counts[one] = counts[1+i]
	}
	return all, all.add(ctx, c, today)
}

func (l Piled) in(ctx context.Context, pile Pile, today calendar.Date) []predicate.Invoice {
	switch pile {
	case PilePaid:
		isp, _ := tenants.From(ctx)
		return []predicate.Invoice{invoice.CancelledAtIsNil(), invoice.PaidAtGTE(l.From.At(0, 0, isp.Zone).In(time.UTC))}
	case PileDue:
		return []predicate.Invoice{invoice.CancelledAtIsNil(), invoice.PaidAtIsNil(), invoice.DueGTE(calendar.OverdueBefore(today)), invoice.DueLTE(l.Until)}
	}
	return []predicate.Invoice{invoice.CancelledAtIsNil(), invoice.PaidAtIsNil(), invoice.DueLT(calendar.OverdueBefore(today))}
}

// moneyIn are the sources of payments that bring money; a credit used and an agreement only move what is owed.
var moneyIn = []payment.Source{payment.SourceCounter, payment.SourceCorrespondent, payment.SourceBoleto, payment.SourcePix}

// add reckons the money of each pile. The charges of an invoice fall due with it.
func (l Piled) add(ctx context.Context, c *ent.Client, today calendar.Date) error {
	for pile, within := range map[Pile][]predicate.Charge{
		PileOverdue: {charge.DueLT(calendar.OverdueBefore(today))},
		PileDue:     {charge.DueGTE(calendar.OverdueBefore(today)), charge.DueLTE(l.Until)},
	} {
		var sums []struct {
			Amount, Settled *money.Cents
		}
		err := c.Charge.Query().Where(append(within, charge.InvoiceIDNotNil(), charge.ClosedAtIsNil(), charge.CancelledAtIsNil())...).
			Aggregate(ent.As(ent.Sum(charge.FieldAmount), "amount"), ent.As(ent.Sum(charge.FieldSettled), "settled")).Scan(ctx, &sums)
		if err != nil {
			return err
		}
		if sums[0].Amount != nil {
			l.Sums[pile] = *sums[0].Amount - *sums[0].Settled
		}
	}
	var came []struct{ Amount *money.Cents }
	err := c.Payment.Query().Where(payment.PaidOnGTE(l.From), payment.SourceIn(moneyIn...)).Aggregate(ent.As(ent.Sum(payment.FieldAmount), "amount")).Scan(ctx, &came)
	if err == nil && came[0].Amount != nil {
		l.Sums[PilePaid] = *came[0].Amount
	}
	return err
}
