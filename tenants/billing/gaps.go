package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
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
