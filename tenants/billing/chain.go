package billing

import (
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/outageservice"
	"enlace/ent/plan"
	"enlace/ent/planchange"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Chain are the services that one is, or follows by migration, by their ids.
func Chain(sub *ent.Subscription) tenants.IDs {
	first := sub.ID
	if sub.ChainID != nil {
		first = *sub.ChainID
	}
	return tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.Or(subscription.ID(first), subscription.ChainID(first)))
}

// chain is a service and those it follows, with what each price was and which of them is in force.
type chain struct {
	subs  map[uuid.UUID]*ent.Subscription
	after map[uuid.UUID]follower // what took the place of a service
	of    map[uuid.UUID]bool
	plans map[uuid.UUID]string
	whole map[uuid.UUID]int // periods seen of each price, for a discount of the first n months
	fees  []*ent.Charge     // by the month, that stand
	ends  []calendar.Date   // of what was billed by the month, where no change of plan or of holder split it
	base  money.Base
}

// chainOf reads a service with those it follows by migration; what the month billed of them is for read.
func (p post) chainOf(ctx context.Context, from *ent.Subscription, base money.Base) (*chain, error) {
	line := &chain{subs: map[uuid.UUID]*ent.Subscription{}, after: map[uuid.UUID]follower{}, of: map[uuid.UUID]bool{}, plans: map[uuid.UUID]string{}, whole: map[uuid.UUID]int{}, base: base}
	subs, err := p.c.Subscription.Query().Where(tenants.Among[predicate.Subscription](subscription.FieldID, Chain(from))).
		Where(besideChain...).All(ctx)
	for _, sub := range subs {
		line.subs[sub.ID], line.of[sub.ID], line.plans[sub.PlanID] = sub, true, tenants.Said(sub, "plan")
		if next, err := uuid.Parse(tenants.Said(sub, "next")); err == nil {
			line.after[sub.ID] = follower{next, planchange.OpenBooklet(tenants.Said(sub, "open"))}
		}
	}
	return line, err
}

// billedChain reads a service with those it follows by migration, and what the month billed of them.
func (p post) billedChain(ctx context.Context, from *ent.Subscription, base money.Base) (*chain, error) {
	line, err := p.chainOf(ctx, from, base)
	if err != nil {
		return nil, err
	}
	rows, err := p.c.Charge.Query().Where(line.monthly()).Order(charge.ByPeriodFrom(), charge.ByNumber()).All(ctx)
	line.read(rows)
	return line, err
}

// besideChain puts beside a service the name of its plan, what took its place, what became of an open carnê then, and when it was down last.
var besideChain = []predicate.Subscription{
	tenants.Beside[predicate.Subscription]("plan", subscription.FieldPlanID, plan.Table, plan.FieldID, plan.FieldName),
	tenants.Beside[predicate.Subscription]("next", subscription.FieldID, planchange.Table, planchange.FieldFromID, planchange.FieldToID, planchange.DoneAtNotNil(), planchange.GivenUpAtIsNil()),
	tenants.Beside[predicate.Subscription]("open", subscription.FieldID, planchange.Table, planchange.FieldFromID, planchange.FieldOpenBooklet, planchange.DoneAtNotNil(), planchange.GivenUpAtIsNil()),
	lastDown("down_from", outageservice.FieldFromDay),
	lastDown("down_until", outageservice.FieldUntilDay),
}

func lastDown(as, column string) predicate.Subscription {
	return tenants.Beside[predicate.Subscription](as, subscription.FieldID, outageservice.Table, outageservice.FieldSubscriptionID, column,
		outageservice.CreditGT(0), ent.Desc(outageservice.FieldUntilDay, outageservice.FieldID))
}

// follower is the service that took the place of another.
type follower struct {
	id   uuid.UUID
	open planchange.OpenBooklet // what became of an open carnê; "": there was none
}

// monthly are the monthly fees of all of them that stand, whoever held them.
func (l *chain) monthly() predicate.Charge {
	return charge.And(charge.SubscriptionIDIn(slices.Collect(maps.Keys(l.subs))...), charge.KindEQ(charge.KindRecurring), charge.CancelledAtIsNil())
}

// read keeps those monthly fees out of some charges, in their order.
func (l *chain) read(rows []*ent.Charge) {
	for _, row := range rows {
		if !recurred(row, l.of) {
			continue
		}
		l.fees = append(l.fees, row)
		if row.Whole || isDue(row.PeriodTo, l.subs[*row.SubscriptionID].DueDay) || !l.splits(row.PeriodTo) {
			l.ends = append(l.ends, row.PeriodTo)
		}
	}
}

// splits says whether one of them began on a day, or its holder of now.
func (l *chain) splits(day calendar.Date) bool {
	for _, sub := range l.subs {
		if day == sub.EnabledOn || day == sub.HeldFrom {
			return true
		}
	}
	return false
}

// isDue says whether a day is a due date.
func isDue(day calendar.Date, dueDay int) bool { return calendar.AddMonths(day, 0, dueDay) == day }

// begun is the first day of use of the first of them.
func (l *chain) begun() (day calendar.Date) {
	for _, sub := range l.subs {
		if on := sub.EnabledOn; !on.IsZero() && (day.IsZero() || on.Before(day)) {
			day = on
		}
	}
	return day
}

// ran is the day from which the run of days goes on that reaches a day of a cycle: the cycle's first, or where the first of them began in it, or
// another run ended, that day. It is split again where it was split before.
func (l *chain) ran(cycle calendar.Period, day calendar.Date) calendar.Date {
	from := latest(cycle.From, l.begun())
	for _, end := range l.ends {
		if !end.After(day) {
			from = latest(from, end)
		}
	}
	return from
}

// billed is what a charge bills at the price in force: its own, or that of the service which has taken its place since and which the
// difference was charged for. The rest of a cycle that was split stands as the cycle, or what of it is used, so that it is split again in the same way.
func (l *chain) billed(row *ent.Charge, from *ent.Subscription) (money.Billed, *ent.Subscription) {
	own := l.subs[*row.SubscriptionID]
	in := own
	for of := own; of.ID != from.ID && l.after[of.ID].id != uuid.Nil; {
		next := l.after[of.ID]
		of = l.subs[next.id]
		if next.open != planchange.OpenBookletKeep {
			in = of
		}
	}
	price, days := PriceOf(in).Of(l.whole[in.ID]), calendar.Period{From: row.PeriodFrom, To: row.PeriodTo}
	if row.Whole {
		l.whole[in.ID]++
		if in == own {
			price = row.Amount
		}
		return money.WholePeriod(price, days), in
	}
	cycle := cycleOf(days, dueDayOf(own, days))
	if own.ChainID != nil && days.From == own.EnabledOn || days.From == own.HeldFrom { // it took over within the cycle
		days.From = l.ran(cycle, days.From)
	}
	stub := money.Billed{Period: days, Cycle: cycle}
	if in != own {
		return stub.At(price, l.base), in
	}
	price = PriceOf(own).Of(0)
	if later := PriceOf(own).Of(own.WholeBilled); days.From == row.PeriodFrom && stub.At(later, l.base).Charged == row.Amount {
		price = later
	}
	return stub.At(price, l.base), in
}

// down are the days of the last outage that gave something back to one of them.
func (l *chain) down(sub *ent.Subscription) (days calendar.Period) {
	days.From, _ = calendar.Parse(tenants.Said(l.subs[sub.ID], "down_from"))
	days.To, _ = calendar.Parse(tenants.Said(l.subs[sub.ID], "down_until"))
	return days
}

// recurs says whether a charge is the monthly fee of one of some services, to its holder of now.
func recurs(row *ent.Charge, of map[uuid.UUID]bool) bool {
	return recurred(row, of) && row.PassedOnAt == nil
}

// recurred is recurs, whoever held the service.
func recurred(row *ent.Charge, of map[uuid.UUID]bool) bool {
	return row.Kind == charge.KindRecurring && row.CancelledAt == nil && row.SubscriptionID != nil && of[*row.SubscriptionID]
}
