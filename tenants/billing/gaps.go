package billing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/outageservice"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/ent/trustgrant"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Gap is a stretch without service with its row: a pause, which has its end from the first, or a suspension for debt. What an outage has given
// back by itself stands among them without a row, apart.
type Gap struct {
	money.Gap
	Row *ent.Suspension
}

// Known are the gaps whose days are known when something is billed: a pause has its end from the first, a suspension when it is over. What is billed
// of days in one is billed less them (money.md M7, M8).
func Known(gaps []Gap) []money.Gap {
	return plain(gaps, func(g Gap) bool { return g.Row.Kind == suspension.KindPedido || g.Row.EndedAt != nil })
}

// awayUntil puts beside a subscription the end of its last gap that is known.
var awayUntil = tenants.Beside[predicate.Subscription]("away_until", subscription.FieldID, suspension.Table, suspension.FieldSubscriptionID, suspension.FieldUntilDay,
	suspension.KindNEQ(suspension.KindParcial), suspension.Or(suspension.KindEQ(suspension.KindPedido), suspension.EndedAtNotNil()), ent.Desc(suspension.FieldUntilDay))

// plain are gaps of a kind, and whatever is given back apart.
func plain(gaps []Gap, is func(Gap) bool) (all []money.Gap) {
	for _, one := range gaps {
		if one.Apart || is(one) {
			all = append(all, one.Gap)
		}
	}
	return all
}

// GapsOf lists the stretches without service of a subscription, the oldest first, and before them what outages gave back where it has any. One that
// is only slower is none, and days a trust grant touched count as served (money.md M7).
func GapsOf(ctx context.Context, c *ent.Client, sub uuid.UUID) ([]Gap, error) {
	gaps, err := gapsOf(ctx, c, sub)
	return gaps[sub], err
}

// gapsOf is GapsOf of many subscriptions.
func gapsOf(ctx context.Context, c *ent.Client, subs ...uuid.UUID) (map[uuid.UUID][]Gap, error) {
	rows, err := c.Suspension.Query().Where(suspension.SubscriptionIDIn(subs...), suspension.KindNEQ(suspension.KindParcial)).
		Order(suspension.ByFromDay(), suspension.ByAt()).All(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	grants, err := c.TrustGrant.Query().Where(trustgrant.SubscriptionIDIn(subs...), trustgrant.Or(trustgrant.OutcomeIsNil(), trustgrant.OutcomeNEQ(trustgrant.OutcomeUndone))).All(ctx)
	if err != nil {
		return nil, err
	}
	isp, _ := tenants.From(ctx)
	gaps := map[uuid.UUID][]Gap{}
	for _, row := range rows {
		one := Gap{money.Gap{Days: calendar.Period{From: row.FromDay, To: row.UntilDay}}, row}
		for _, grant := range grants {
			if grant.SubscriptionID != row.SubscriptionID || row.Kind != suspension.KindDebito {
				continue
			}
			until := grant.Until
			if grant.EndedAt != nil && grant.EndedAt.Before(until) {
				until = *grant.EndedAt
			}
			one.Served = append(one.Served, calendar.Touched(grant.GrantedAt.In(isp.Zone), until.In(isp.Zone)))
		}
		gaps[row.SubscriptionID] = append(gaps[row.SubscriptionID], one)
	}
	given, err := outagesOf(ctx, c, tenants.IDsIn(suspension.Table, suspension.FieldSubscriptionID, suspension.SubscriptionIDIn(subs...)))
	for id, days := range given {
		gaps[id] = beside(days, gaps[id])
	}
	return gaps, err
}

// beside puts what outages gave back before the gaps of a subscription.
func beside(given []money.Gap, gaps []Gap) (all []Gap) {
	for _, one := range given {
		all = append(all, Gap{Gap: lessGaps(one, gaps)})
	}
	return append(all, gaps...)
}

// outagesOf are the days of outages that gave something back, by the subscription, the oldest first.
func outagesOf(ctx context.Context, c *ent.Client, subs tenants.IDs) (map[uuid.UUID][]money.Gap, error) {
	rows, err := c.OutageService.Query().Where(tenants.Among[predicate.OutageService](outageservice.FieldSubscriptionID, subs), outageservice.CreditGT(0)).
		Order(outageservice.ByFromDay(), outageservice.ByID()).All(ctx)
	given := map[uuid.UUID][]money.Gap{}
	for _, row := range rows {
		given[row.SubscriptionID] = append(given[row.SubscriptionID], money.Gap{Days: calendar.Period{From: row.FromDay, To: row.UntilDay}, Apart: true})
	}
	return given, err
}

// lessGaps leaves of an outage the days that it gave back: those that a gap took before it are that gap's. What an outage gives back ends with a day
// that it gave back, on or before the day it was reckoned: a gap that began on that one came after it, one that began before was there already.
func lessGaps(outage money.Gap, gaps []Gap) money.Gap {
	last := outage.Days.To.AddDays(-1)
	for day := outage.Days.From; day.Before(outage.Days.To); day = day.AddDays(1) {
		for _, one := range gaps {
			if one.Unserved(day) && one.Days.From.Before(last) {
				outage.Served = append(outage.Served, calendar.Period{From: day, To: day.AddDays(1)})
			}
		}
	}
	return outage
}

// every takes each gap as money reckons with it.
func every(Gap) bool { return true }

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
