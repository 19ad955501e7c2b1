package jobs

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingeventpart"
	"enlace/ent/charge"
	"enlace/ent/credit"
	"enlace/ent/credituse"
	"enlace/ent/subscription"
	"enlace/tenants/calendar"
)

// end is the last evening: what each customer was billed is what the lives of their services cost, and no day of those was billed twice or never.
func (y *year) end() {
	y.Read(func(ctx context.Context, c *ent.Client) error {
		held := map[uuid.UUID][]*tale{}
		for _, one := range y.tales {
			held[one.customer.ID] = append(held[one.customer.ID], one)
		}
		for _, one := range y.tales {
			if all := held[one.customer.ID]; all[0] == one && !slices.ContainsFunc(all, func(one *tale) bool { return one.contest != nil || one.endsDown() }) {
				y.reckon(ctx, c, all)
			}
		}
		return y.audit(ctx, c)
	})
	for _, one := range happenings {
		if y.counts[one.what] == 0 && len(y.tales) >= 200 {
			y.t.Errorf("nobody %s", one.what)
		}
	}
	for _, what := range slices.Sorted(maps.Keys(y.counts)) {
		y.t.Logf("%5d %s", y.counts[what], what)
	}
}

func cents(n int64) string { return fmt.Sprintf("%d,%02d", n/100, n%100) }

// reckon compares what a customer was billed for all services with what their lives cost.
func (y *year) reckon(ctx context.Context, c *ent.Client, all []*tale) {
	want, told := int64(0), ""
	var chains []uuid.UUID
	for _, one := range all {
		if want += one.other; one.start.IsZero() {
			continue
		}
		until := one.now.BilledUntil
		if until.IsZero() {
			until = one.start
		}
		if !one.ends.IsZero() {
			until = one.ends
		}
		var chain []uuid.UUID
		for _, sub := range chainOf(ctx, c, one) {
			chain = append(chain, sub.ID)
		}
		y.periods(ctx, c, one, chain, until)
		if want += one.owes(until); one.ends.IsZero() {
			want -= one.ahead(until)
		}
		if !one.gone {
			chains = append(chains, chain...)
		}
		told += fmt.Sprintf("service %d (%s, %s, carnê %v) of %s, billed up to %s; ", one.first.Number, one.state, one.now.Mode, one.now.Booklet, one.told(), until)
	}
	if got := billed(ctx, c, all[0].customer.ID, chains); got != want {
		y.t.Errorf("%s%s were billed, money.md says %s%s", told, cents(got), cents(want), ledgerOf(ctx, c, all[0].customer.ID))
	}
}

// told is a life in one line.
func (one *tale) told() string {
	said := fmt.Sprintf("%s to %s, due %v, prices %v, other %d", one.start, one.ends, one.dues, one.prices, one.other)
	for _, a := range one.away {
		said += fmt.Sprintf(", away %s to %s (debt %v, down %v)", a.from, a.to, a.debt, a.down)
	}
	for _, s := range one.trust {
		said += fmt.Sprintf(", trusted %s to %s", s.first, s.last)
	}
	return said
}

// chainOf are the services that follow one another by migration, the first first.
func chainOf(ctx context.Context, c *ent.Client, one *tale) []*ent.Subscription {
	first := one.first.ID
	if one.first.ChainID != nil { // it was another's before
		first = *one.first.ChainID
	}
	return c.Subscription.Query().Where(subscription.Or(subscription.ID(first), subscription.ChainID(first))).Order(subscription.ByNumber()).AllX(ctx)
}

// ledgerOf is a line for whatever was charged to a customer or given back, in order of time.
func ledgerOf(ctx context.Context, c *ent.Client, customer uuid.UUID) (said string) {
	for _, row := range c.Charge.Query().Where(charge.CustomerID(customer)).Order(charge.ByCreatedAt(), charge.ByNumber()).AllX(ctx) {
		said += fmt.Sprintf("\n%s: %s %s, of %s to %s, due %s, of a contest %v, cancelled %v, %s", row.CreatedAt.Format(time.DateOnly), row.Description, cents(int64(row.Amount)),
			row.PeriodFrom, row.PeriodTo, row.Due, row.ContestedAt != nil, row.CancelledAt != nil, row.Memo)
	}
	for _, row := range c.Credit.Query().Where(credit.CustomerID(customer)).Order(credit.ByCreatedAt()).AllX(ctx) {
		said += fmt.Sprintf("\n%s: credit of %s, %s", row.CreatedAt.Format(time.DateOnly), cents(int64(row.Amount)), row.Memo)
	}
	return said
}

// billed is what was asked of a customer, and of the services that are theirs rides or will ride on what comes, less what was credited.
func billed(ctx context.Context, c *ent.Client, customer uuid.UUID, services []uuid.UUID) (sum int64) {
	for _, row := range c.Charge.Query().Where(charge.CustomerID(customer), charge.KindNotIn(charge.KindLate, charge.KindAgreement), charge.CancelledAtIsNil()).AllX(ctx) {
		sum += int64(row.Amount)
	}
	for _, part := range c.BillingEventPart.Query().Where(billingeventpart.SubscriptionIDIn(services...), billingeventpart.ChargeIDIsNil(), billingeventpart.CancelledAtIsNil()).AllX(ctx) {
		sum += int64(part.Amount)
	}
	for _, given := range c.Credit.Query().Where(credit.CustomerID(customer), credit.PaymentIDIsNil()).AllX(ctx) {
		sum -= int64(given.Amount)
		for _, back := range c.CreditUse.Query().Where(credituse.CreditID(given.ID), credituse.PaymentIDIsNil()).AllX(ctx) { // by an undo
			sum += int64(back.Amount)
		}
	}
	return sum
}

// periods fails on a day billed twice, and on one between the first and the last that nobody billed though it was served.
func (y *year) periods(ctx context.Context, c *ent.Client, one *tale, chain []uuid.UUID, until calendar.Date) {
	all := c.Charge.Query().Where(charge.SubscriptionIDIn(chain...), charge.CustomerID(one.customer.ID), charge.KindEQ(charge.KindRecurring), charge.CancelledAtIsNil()).Order(charge.ByPeriodFrom(), charge.ByNumber()).AllX(ctx)
	day := one.start
	for _, row := range all {
		if row.PeriodFrom.Before(day) {
			y.t.Errorf("charge %d of service %d bills %s to %s again", row.Number, one.first.Number, row.PeriodFrom, row.PeriodTo)
		}
		y.served(ctx, c, one, day, row.PeriodFrom)
		day = row.PeriodTo
	}
	y.served(ctx, c, one, day, until)
}

// served fails when a day was served of those that nobody billed, and they cost anything.
func (y *year) served(ctx context.Context, c *ent.Client, one *tale, from, to calendar.Date) {
	for day := from; day.Before(to) && one.owes(to) > one.owes(from); day = day.AddDays(1) {
		if one.lost(day) == nil && !one.planned(day) {
			y.t.Errorf("service %d (%s, %s, carnê %v) of %s was never billed for %s, of %s to %s%s", one.first.Number, one.state, one.now.Mode, one.now.Booklet, one.told(), day, from, to,
				ledgerOf(ctx, c, one.customer.ID))
			return
		}
	}
}
