package billing

import (
	"context"
	"slices"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// leftOut are the periods of which the month billed nothing, since gaps as they were planned took every day of them, and went on to a later one: what of
// them is served after all is charged when the pause ends. They stay left out when it has ended: what is away of them later is given back of that.
func (p post) leftOut(ctx context.Context, sub *ent.Subscription, gaps []Gap, planned []money.Gap, base money.Base) (all []money.Billed, err error) {
	if len(planned) == 0 || sub.BilledUntil.IsZero() {
		return nil, nil
	}
	rows, err := p.c.Charge.Query().Where(tenants.Among[predicate.Charge](charge.FieldSubscriptionID, Chain(sub)), charge.CustomerID(sub.CustomerID), charge.KindEQ(charge.KindRecurring),
		charge.PassedOnAtIsNil()).Order(charge.ByPeriodFrom(), charge.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	undone := func(row *ent.Charge) bool { return row.CancelledAt != nil }
	billed := slices.DeleteFunc(slices.Clone(rows), undone)
	arrived := sub.MadeBy == subscription.MadeByImport // days before ours were billed by another system
	if arrived && len(billed) == 0 {
		return nil, nil
	}
	isOut := func(one money.Billed) bool {
		took := func(g Gap) bool { return endedBefore(g, one.Period.To) }
		was := func(row *ent.Charge) bool { // billed, and taken back since
			return undone(row) && !calendar.Period{From: row.PeriodFrom, To: row.PeriodTo}.Intersect(one.Period).Empty()
		}
		return one.Unserved(planned) == one.Period.Days() || slices.ContainsFunc(gaps, took) && !slices.ContainsFunc(rows, was)
	}
	at, whole := latest(sub.EnabledOn, sub.HeldFrom), 0
	if len(billed) > 0 && (arrived || billed[0].PeriodFrom.Before(at)) {
		at = billed[0].PeriodFrom
	}
	upTo := func(day calendar.Date) {
		for at.Before(day) {
			end := calendar.NextDue(at, sub.DueDay)
			if day.Before(end) {
				end = day
			}
			days := calendar.Period{From: at, To: end}
			if one := money.PartPeriod(PriceOf(sub).Of(whole), days, cycleOf(days, dueDayOf(sub, days)), base); isOut(one) {
				all = append(all, one)
			}
			at = end
		}
	}
	for _, row := range billed {
		upTo(row.PeriodFrom)
		if at = latest(at, row.PeriodTo); row.Whole {
			whole++
		}
	}
	upTo(sub.BilledUntil)
	return all, nil
}

// leftOutFees are the periods that were left out, as fees of no invoice: what was served of them was charged when the pause ended, as far as it has.
func (p post) leftOutFees(ctx context.Context, sub *ent.Subscription, gaps []Gap, base money.Base) (all []fee, err error) {
	planned := plain(gaps, credited)
	left, err := p.leftOut(ctx, sub, gaps, planned, base)
	if err != nil {
		return nil, err
	}
	for _, one := range left {
		if one.Unserved(planned) == 0 { // no pause is why nobody billed it
			continue
		}
		charged, err := one.Less(planned, base)
		if err != nil {
			return nil, err
		}
		all = append(all, fee{Billed: one, Stand: charged.Amount})
	}
	return all, nil
}

// endedBefore says whether a pause is over that began before a day: how long it was planned is no longer known.
func endedBefore(g Gap, day calendar.Date) bool {
	return g.Row != nil && g.Row.Kind == suspension.KindPedido && g.Row.EndedAt != nil && g.Days.From.Before(day)
}
