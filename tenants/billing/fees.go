package billing

import (
	"context"
	"slices"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// fee is a monthly fee that was billed, as money reckons with it.
type fee struct {
	money.Billed
	Row   *ent.Charge // nil of a period that was left out (leftOutFees)
	Stand money.Cents // of it after what was given back of its days
}

// fees lists what of a subscription was billed to its holder by the month and stands, in order of the days; what is contested is for the
// answer to the contest.
func (p post) fees(ctx context.Context, sub *ent.Subscription, gaps []Gap, base money.Base) (all []fee, err error) {
	rows, err := p.c.Charge.Query().Where(ofHolder(sub)...).Where(charge.KindEQ(charge.KindRecurring), charge.CancelledAtIsNil()).
		Order(charge.ByPeriodFrom(), charge.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	if all, err = billedFees(sub, rows, gaps, base); err != nil || sub.ChainID == nil {
		return all, err
	}
	line, err := p.billedChain(ctx, sub, base)
	if err != nil {
		return nil, err
	}
	line.since(sub, all)
	from := p.today
	for _, gap := range gaps {
		if gap.Days.From.Before(from) {
			from = gap.Days.From
		}
	}
	before, err := line.feesBefore(sub, from, gaps)
	return append(before, all...), err
}

// since says of the rest of a run on which a change of plan fell where the run began: it is split again where it was split before. What passed to
// another holder is a run of his own.
func (l *chain) since(sub *ent.Subscription, all []fee) {
	for i := range all {
		one := &all[i]
		if one.Period == one.Cycle || one.Period.From != sub.EnabledOn {
			continue
		}
		if ran := latest(l.ran(one.Cycle, one.Period.From), sub.HeldFrom); ran.Before(one.Period.From) {
			one.Since = ran
		}
	}
}

// billedFees reads them from the charges of a subscription, in order of the days.
func billedFees(sub *ent.Subscription, rows []*ent.Charge, gaps []Gap, base money.Base) (all []fee, err error) {
	whole := 0
	for _, row := range rows {
		one := fee{Row: row, Stand: row.Amount}
		days := calendar.Period{From: row.PeriodFrom, To: row.PeriodTo}
		later := givenSince(row, gaps)
		if row.Whole {
			one.Billed = money.WholePeriod(row.Amount, days)
			whole++
		} else {
			one.Billed = money.PartPeriod(PriceOf(sub).Of(whole), days, cycleOf(days, dueDayOf(sub, days)), base)
			switch {
			case !slices.ContainsFunc(gaps, func(g Gap) bool { return lowered(row, g) || endedSince(row, g) }): // no gap lowered it when it was billed
				one.Charged = row.Amount
			case slices.ContainsFunc(gaps, func(g Gap) bool { return endedSince(row, g) }): // what lowered it was charged again, or more was given back
				one.Stand, later = one.Charged, plain(gaps, credited)
			}
		}
		if contested(row) {
			continue
		}
		if err := one.give(later, base); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// givenSince are the gaps whose days were given back after a charge was made.
func givenSince(row *ent.Charge, gaps []Gap) []money.Gap {
	return plain(gaps, func(g Gap) bool { return credited(g) && !g.Row.CreditedAt.Before(row.CreatedAt) })
}

// lowered says that a charge was made less days of a gap that were given back already.
func lowered(row *ent.Charge, g Gap) bool {
	if !credited(g) || !g.Row.CreditedAt.Before(row.CreatedAt) {
		return false
	}
	for day := row.PeriodFrom; day.Before(row.PeriodTo); day = day.AddDays(1) {
		if g.Unserved(day) {
			return true
		}
	}
	return false
}

// endedSince says that a pause ran when a charge was made, which is therefore less it as it was planned, and has ended since.
func endedSince(row *ent.Charge, g Gap) bool {
	return credited(g) && g.Row.CreditedAt.Before(row.CreatedAt) && g.Row.EndedAt != nil && !g.Row.EndedAt.Before(row.CreatedAt)
}

// give takes off a fee what was given back of its days.
func (f *fee) give(of []money.Gap, base money.Base) error {
	given, err := f.Credits(of, base)
	for _, line := range given {
		f.Stand += line.Amount
	}
	return err
}

// feesBefore are the fees of the services that one follows by migration, of days from one on, at the price in force: what they differ by was
// settled by the migration.
func (l *chain) feesBefore(sub *ent.Subscription, from calendar.Date, gaps []Gap) (all []fee, err error) {
	for _, row := range l.fees {
		if *row.SubscriptionID == sub.ID || row.CustomerID != sub.CustomerID || row.PassedOnAt != nil || !row.PeriodTo.After(from) {
			continue
		}
		billed, _ := l.billed(row, sub)
		if contested(row) {
			continue
		}
		one := fee{Billed: billed, Row: row, Stand: billed.Charged}
		if err := one.give(givenSince(row, gaps), l.base); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// dueDayOf is the due day on which some days of a service end: of the rest of a period that its holder took over it is that of who held it before.
func dueDayOf(sub *ent.Subscription, days calendar.Period) int {
	if days.From == sub.HeldFrom && sub.DueDayBefore > 0 && calendar.NextDue(days.From, sub.DueDayBefore) == days.To {
		return sub.DueDayBefore
	}
	return sub.DueDay
}

// cycleOf is the cycle in which days lie that end on a due date: that of a carnê, or of who held the service before, may be another than the
// subscription's. No day from the 29th on is a due day but the last of the month, whose cycle begins on the last of the month before.
func cycleOf(days calendar.Period, dueDay int) calendar.Period {
	day := days.To.Day()
	switch {
	case isDue(days.To, dueDay): // 28/02 may be the last of the month
		day = dueDay
	case day > 28 && days.To.AddDays(1).Day() == 1:
		day = calendar.LastDay
	}
	cycle := calendar.Period{From: calendar.AddMonths(days.To, -1, day), To: days.To}
	if days.From.Before(cycle.From) {
		cycle.From = days.From
	}
	return cycle
}
