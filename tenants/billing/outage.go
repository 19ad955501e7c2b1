package billing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/money"
	"enlace/tenants/status"
)

// OutageCredit is what of an outage is given back to a service: a line for each period that has days of it, each negative and with its memo.
type OutageCredit struct {
	Subscription *ent.Subscription
	Lines        []money.Line
}

// Total is what the lines come to, positive.
func (c OutageCredit) Total() (sum money.Cents) {
	for _, line := range c.Lines {
		sum -= line.Amount
	}
	return sum
}

// Days are from the first day to the last that something is given back for.
func (c OutageCredit) Days() (days calendar.Period) {
	for _, line := range c.Lines {
		if days.Empty() || line.Period.From.Before(days.From) {
			days.From = line.Period.From
		}
		if line.Period.To.After(days.To) {
			days.To = line.Period.To
		}
	}
	return days
}

// ReckonOutage reckons what of some days without line is given back to services, in the caller's transaction (money.md M7): of each day once,
// less those that a suspension, a pause or an earlier outage has already. It asks as little of many services as of one, and leaves out those that
// are given nothing. of are the services, put beside nothing but what the caller adds with beside.
func (d Desk) ReckonOutage(ctx context.Context, c *ent.Client, days calendar.Period, of tenants.IDs, beside ...predicate.Subscription) ([]OutageCredit, error) {
	return d.post(ctx, c).reckonOutage(ctx, days, of, beside...)
}

func (p post) reckonOutage(ctx context.Context, days calendar.Period, of tenants.IDs, beside ...predicate.Subscription) (all []OutageCredit, err error) {
	policy, err := catalog.Policy(ctx, p.c)
	if err != nil {
		return nil, err
	}
	base := money.Base(policy.ProrationBase)
	subs, err := p.c.Subscription.Query().Where(tenants.Among[predicate.Subscription](subscription.FieldID, of)).Where(beside...).Order(subscription.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	gaps := map[uuid.UUID][]Gap{}
	for some := range slices.Chunk(idsOf(subs), mostAsked) {
		more, err := gapsOf(ctx, p.c, some...)
		if err != nil {
			return nil, err
		}
		for id, list := range more {
			gaps[id] = list
		}
	}
	billed, err := p.c.Charge.Query().Where(tenants.Among[predicate.Charge](charge.FieldSubscriptionID, of), charge.KindEQ(charge.KindRecurring), charge.CancelledAtIsNil()).
		Order(charge.ByPeriodFrom(), charge.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	rows := map[uuid.UUID][]*ent.Charge{}
	for _, row := range billed {
		rows[*row.SubscriptionID] = append(rows[*row.SubscriptionID], row)
	}
	earlier, err := outagesOf(ctx, p.c, of)
	if err != nil {
		return nil, err
	}
	for _, sub := range subs {
		taken := append(plain(gaps[sub.ID], every), earlier[sub.ID]...)
		own := slices.DeleteFunc(rows[sub.ID], func(row *ent.Charge) bool { return !isOfHolder(row, sub) })
		lines, err := p.outageLines(ctx, sub, own, gaps[sub.ID], taken, days, base)
		if err != nil {
			return nil, err
		}
		if len(lines) > 0 {
			all = append(all, OutageCredit{sub, lines})
		}
	}
	return all, nil
}

// mostAsked is how many ids are put into one statement.
const mostAsked = 10_000

// outageLines are what of some days is given back, period by period: of what is billed as it was billed, and of what is not, or was by another
// system, at the price of now. Days before its beginning, or its holder's, are not its own.
func (p post) outageLines(ctx context.Context, sub *ent.Subscription, rows []*ent.Charge, gaps []Gap, taken []money.Gap, days calendar.Period, base money.Base) (lines []money.Line, err error) {
	days.From = latest(days.From, latest(sub.EnabledOn, sub.HeldFrom))
	if days.Empty() {
		return nil, nil
	}
	fees, err := billedFees(sub, rows, gaps, base)
	if err != nil {
		return nil, err
	}
	if sub.ChainID != nil && (len(rows) == 0 || days.From.Before(rows[0].PeriodFrom)) { // what it follows by migration billed them
		line, err := p.billedChain(ctx, sub, base)
		if err != nil {
			return nil, err
		}
		before, err := line.feesBefore(sub, days.From, gaps)
		if err != nil {
			return nil, err
		}
		fees = append(before, fees...)
	}
	var periods []money.Billed
	var billed []calendar.Period
	for _, one := range fees {
		periods, billed = append(periods, one.Billed), append(billed, one.Period)
	}
	for _, row := range rows { // of what is contested nothing is given back
		billed = append(billed, calendar.Period{From: row.PeriodFrom, To: row.PeriodTo})
	}
	for _, period := range append(periods, unbilledHere(sub, billed, days, base)...) {
		line, err := period.After(taken, money.Gap{Days: days}, base)
		if err != nil {
			return nil, err
		}
		if line.Amount < 0 {
			line.Memo += ", " + period.Period.String()
			lines = append(lines, line)
		}
	}
	return lines, nil
}

// unbilledHere are the periods with some days that no charge of ours is for, from the day on which the service began, or its holder of now
// took it over.
func unbilledHere(sub *ent.Subscription, billed []calendar.Period, days calendar.Period, base money.Base) (periods []money.Billed) {
	monthly, _ := MonthlyOf(sub)
	if sub.EnabledOn.IsZero() || sub.DueDay == 0 {
		return nil
	}
	for day := days.From; day.Before(days.To); {
		cycle := calendar.Period{To: calendar.NextDue(day, sub.DueDay)}
		cycle.From = calendar.AddMonths(cycle.To, -1, sub.DueDay)
		day = cycle.To
		left := cycle
		left.From = latest(left.From, latest(sub.EnabledOn, sub.HeldFrom))
		if slices.ContainsFunc(billed, func(one calendar.Period) bool { return !one.Intersect(cycle).Empty() }) {
			if !cycle.Contains(sub.BilledUntil) {
				continue
			}
			left.From = sub.BilledUntil
		}
		if !left.Empty() {
			periods = append(periods, money.PartPeriod(monthly, left, cycle, base))
		}
	}
	return periods
}

// PostOutage gives back to one service what ReckonOutage says of it, in the caller's transaction. The open instalments of a carnê stand, and what is
// open of them falls, the next one first (money.md M7); what is beyond them, and all of a service without carnê, is a billing event that the next
// invoice carries. To one that is cancelled, of which no invoice will come, it is the holder's credit.
func (d Desk) PostOutage(ctx context.Context, c *ent.Client, sub uuid.UUID, days calendar.Period) (OutageCredit, error) {
	p := d.post(ctx, c)
	all, err := p.reckonOutage(ctx, days, tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.ID(sub)))
	if err != nil || len(all) == 0 {
		return OutageCredit{}, err
	}
	return all[0], p.postOutage(ctx, all[0], days)
}

func (p post) postOutage(ctx context.Context, given OutageCredit, days calendar.Period) error {
	sub, description := given.Subscription, outageDays+days.String()
	if sub.Status == status.Cancelled {
		for _, line := range given.Lines {
			if err := p.credit(ctx, sub, -line.Amount, description+": "+line.Memo); err != nil {
				return err
			}
		}
		return nil
	}
	if sub.Booklet {
		if err := p.holdOpen(ctx, sub); err != nil {
			return err
		}
	}
	a := &GapAccount{Subscription: sub, Days: days, what: description}
	for _, line := range given.Lines {
		a.Credits = append(a.Credits, FinalLine{Kind: charge.KindCredit, Description: description, Line: line})
	}
	if err := a.abate(ctx, p); err != nil {
		return err
	}
	if err := p.lowerInstalments(ctx, a); err != nil {
		return err
	}
	for _, line := range a.Credits {
		if err := p.rides(ctx, sub, line.Description, line.Amount, 1, line.Memo); err != nil {
			return err
		}
	}
	return nil
}
