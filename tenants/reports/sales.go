package reports

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// By is by what a report of some months is told apart.
type By string

// What sales are told apart by, as the screen's address calls it.
const (
	ByOrigin By = "origem"
	ByGroup  By = "grupo"
	BySeller By = "vendedor"
	ByPlan   By = "plano"
)

// SalesBys lists them in the order of the screen.
var SalesBys = []By{ByOrigin, ByGroup, BySeller, ByPlan}

// aliveMonths is how many months a service has to live to count as alive.
const aliveMonths = 3

// Sales are the sales of some months, told apart by one thing. A migration is no sale.
type Sales struct {
	By       By
	From, To calendar.Date // the first day of the first month, the last of the last
	Rows     []SalesLine   // the most sold first
	All      SalesLine     // each sale once, though a customer of two groups stands in two rows
}

// SalesLine is what became of some sales up to today.
type SalesLine struct {
	Name    string // none: without one
	Sold    int
	Enabled int         // of those sold, were ever enabled
	Ripe    int         // of those enabled, were so three months ago or more: of them one can say whether they are alive
	Alive   int         // of those ripe, were not cancelled within three months of their enabling
	Revenue money.Cents // a month, discounts taken off, of those enabled and not cancelled since
}

// ReadMonths reads the filters of an address: by which of the ways, from which month to which. None is the first way, and the month that runs.
func ReadMonths(t tenants.Typed, today calendar.Date, ways []By) (by By, from, to calendar.Date) {
	by = ways[0]
	if slices.Contains(ways, By(t["por"])) {
		by = By(t["por"])
	}
	from, to = monthOf(t["de"], today), monthOf(t["ate"], today)
	if to.Before(from) {
		from, to = to, from
	}
	return by, from, calendar.AddMonths(to, 1, 1).AddDays(-1)
}

// monthOf is the first day of a month typed 2026-11, or 11/2026 in a browser that has no months to choose from; of the one that runs where
// none was.
func monthOf(typed string, today calendar.Date) calendar.Date {
	for _, first := range []string{typed + "-01", "01/" + typed} {
		if day, err := calendar.ParseTyped(first); err == nil {
			return day
		}
	}
	return calendar.On(today.Year(), today.Month(), 1)
}

// Sales reads the report. It returns Denied without the permission. Its queries are the same few however many sales there are.
func (d Desk) Sales(ctx context.Context, by By, from, to calendar.Date) (s Sales, err error) {
	s = Sales{By: by, From: from, To: to}
	return s, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.ReportSales); err != nil {
			return err
		}
		which := subscription.And(subscription.SoldOnGTE(from), subscription.SoldOnLTE(to), subscription.MadeByEQ(subscription.MadeBySale))
		sold, err := c.Subscription.Query().Where(which).All(ctx)
		if err != nil {
			return err
		}
		followers, err := followers(ctx, c, which)
		if err != nil {
			return err
		}
		names, err := s.names(ctx, c)
		if err != nil {
			return err
		}
		today := d.DB.Today(ctx)
		s.Rows, s.All = gather(sold, names, func(name string) SalesLine { return SalesLine{Name: name} },
			func(l *SalesLine, sub *ent.Subscription) { l.add(sub, lastOf(sub, followers[sub.ID]), today) })
		slices.SortFunc(s.Rows, func(a, b SalesLine) int { return cmp.Or(cmp.Compare(b.Sold, a.Sold), cmp.Compare(a.Name, b.Name)) })
		return nil
	})
}

// add counts a sale, which goes on in last: the service sold, or the last of those that took its place by migration.
func (l *SalesLine) add(sub, last *ent.Subscription, today calendar.Date) {
	l.Sold++
	if sub.EnabledOn.IsZero() {
		return
	}
	l.Enabled++
	if last.Status != subscription.StatusCancelado {
		monthly, _ := billing.MonthlyOf(last)
		l.Revenue += monthly
	}
	ripe := calendar.AddMonths(sub.EnabledOn, aliveMonths, sub.EnabledOn.Day())
	if ripe.After(today) {
		return
	}
	l.Ripe++
	if last.CancelledOn.IsZero() || !last.CancelledOn.Before(ripe) {
		l.Alive++
	}
}

// followers are the services that came by migration after some that were sold, by the first of them.
func followers(ctx context.Context, c *ent.Client, sold predicate.Subscription) (map[uuid.UUID][]*ent.Subscription, error) {
	all, err := c.Subscription.Query().Where(subscription.EnabledOnNotNil(), subscription.ChainIDNotNil(),
		tenants.Among[predicate.Subscription](subscription.FieldChainID, tenants.IDsIn(subscription.Table, subscription.FieldID, sold))).All(ctx)
	after := map[uuid.UUID][]*ent.Subscription{}
	for _, one := range all {
		after[*one.ChainID] = append(after[*one.ChainID], one)
	}
	return after, err
}

// lastOf is the service in which one goes on that a migration ended: the one that lives, or else the one that was cancelled.
func lastOf(sub *ent.Subscription, followers []*ent.Subscription) *ent.Subscription {
	last := sub
	for _, one := range followers {
		switch {
		case !migrated(sub):
			return sub
		case one.Status != subscription.StatusCancelado:
			return one
		case !migrated(one) && !one.CancelledOn.Before(last.CancelledOn):
			last = one
		}
	}
	return last
}

func migrated(sub *ent.Subscription) bool {
	return sub.EndedBy != nil && *sub.EndedBy == subscription.EndedByMigration
}

// names says under which names a sale stands.
func (s *Sales) names(ctx context.Context, c *ent.Client) (func(*ent.Subscription) []string, error) {
	called := map[uuid.UUID]string{}
	one := func(of func(*ent.Subscription) *uuid.UUID) func(*ent.Subscription) []string {
		return func(sub *ent.Subscription) []string {
			if id := of(sub); id != nil {
				return []string{called[*id]}
			}
			return []string{""}
		}
	}
	switch s.By {
	case BySeller:
		rows, err := c.Seller.Query().All(ctx)
		for _, row := range rows {
			called[row.ID] = row.Name
		}
		return one(func(sub *ent.Subscription) *uuid.UUID { return sub.SellerID }), err
	case ByPlan:
		rows, err := c.Plan.Query().All(ctx)
		for _, row := range rows {
			called[row.ID] = row.Name
		}
		return one(func(sub *ent.Subscription) *uuid.UUID { return &sub.PlanID }), err
	case ByGroup:
		return groupNames(ctx, c)
	}
	rows, err := c.Origin.Query().All(ctx)
	for _, row := range rows {
		called[row.ID] = row.Name
	}
	return one(func(sub *ent.Subscription) *uuid.UUID { return sub.OriginID }), err
}

func groupNames(ctx context.Context, c *ent.Client) (func(*ent.Subscription) []string, error) {
	rows, err := c.Group.Query().All(ctx)
	if err != nil {
		return nil, err
	}
	called, of := map[uuid.UUID]string{}, map[uuid.UUID][]string{}
	for _, row := range rows {
		called[row.ID] = row.Name
	}
	members, err := c.CustomerGroup.Query().All(ctx)
	for _, m := range members {
		of[m.CustomerID] = append(of[m.CustomerID], called[m.GroupID])
	}
	return func(sub *ent.Subscription) []string {
		if names := of[sub.CustomerID]; len(names) > 0 {
			return names
		}
		return []string{""}
	}, err
}
