package reports

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/cancellation"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// ByReason and ByMonths are by what cancellations are told apart, beside what sales are.
const (
	ByReason By = "motivo"
	ByMonths By = "meses"
)

// CancelledBys lists what cancellations are told apart by, in the order of the screen.
var CancelledBys = []By{ByReason, ByPlan, BySeller, ByOrigin, ByMonths}

// Cancelled are the cancellations of some months, told apart by one thing. Neither a transfer nor a migration is one, nor what was undone.
type Cancelled struct {
	By       By
	From, To calendar.Date // the first day of the first month, the last of the last
	Rows     []CancelledLine
	All      CancelledLine
}

// CancelledLine is what some cancellations come to.
type CancelledLine struct {
	Name     string // none: without one; of a reason or of months of life its code
	Services int
	Revenue  money.Cents // a month, discounts taken off, of those that were ever enabled
	Penalty  money.Cents // of loyalty, charged
	Spared   money.Cents // of loyalty, not charged
	Offered  int         // were offered something to stay
}

// The spans of a life, in months, by the first month that is not in it any more; longer ones are the last.
var lifeSpans = []int{3, 6, 12, 24}

// NeverLived is the span of a service that was never enabled, Longest that of one that lived longer than all of the others.
const (
	NeverLived = "nunca"
	Longest    = "mais"
)

// Cancelled reads the report. It returns Denied without the permission. Its queries are the same few however many cancellations there are.
func (d Desk) Cancelled(ctx context.Context, by By, from, to calendar.Date) (r Cancelled, err error) {
	r = Cancelled{By: by, From: from, To: to}
	return r, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.ReportSales); err != nil {
			return err
		}
		told, err := c.Cancellation.Query().Where(cancellation.DayGTE(from), cancellation.DayLTE(to), cancellation.UndoneAtIsNil()).All(ctx)
		if err != nil {
			return err
		}
		of := map[uuid.UUID]*ent.Cancellation{}
		for _, one := range told {
			of[one.SubscriptionID] = one
		}
		ended, err := c.Subscription.Query().Where(subscription.EndedByEQ(subscription.EndedByCancellation), subscription.CancelledOnGTE(from), subscription.CancelledOnLTE(to)).All(ctx)
		if err != nil {
			return err
		}
		names, err := r.names(ctx, c, of)
		if err != nil {
			return err
		}
		r.Rows, r.All = gather(ended, names, func(name string) CancelledLine { return CancelledLine{Name: name} },
			func(l *CancelledLine, sub *ent.Subscription) { l.add(sub, of[sub.ID]) })
		slices.SortFunc(r.Rows, func(a, b CancelledLine) int {
			if by == ByMonths {
				return cmp.Compare(spanPlace(a.Name), spanPlace(b.Name))
			}
			return cmp.Or(cmp.Compare(b.Services, a.Services), cmp.Compare(a.Name, b.Name))
		})
		return nil
	})
}

// add counts a service; told is nil of one that another system had cancelled.
func (l *CancelledLine) add(sub *ent.Subscription, told *ent.Cancellation) {
	l.Services++
	if !sub.EnabledOn.IsZero() {
		monthly, _ := billing.MonthlyOf(sub)
		l.Revenue += monthly
	}
	if told == nil {
		return
	}
	l.Penalty, l.Spared = l.Penalty+told.Penalty, l.Spared+told.Spared
	if told.Offer != "" {
		l.Offered++
	}
}

// names says under which name a cancellation stands.
func (r *Cancelled) names(ctx context.Context, c *ent.Client, of map[uuid.UUID]*ent.Cancellation) (func(*ent.Subscription) []string, error) {
	switch r.By {
	case ByReason:
		return oneName(func(sub *ent.Subscription) string {
			if told := of[sub.ID]; told != nil {
				return string(told.Reason)
			}
			return ""
		}), nil
	case ByMonths:
		return oneName(lifeSpan), nil
	}
	sold := Sales{By: r.By}
	return sold.names(ctx, c)
}

// lifeSpan is how many months a service lived, by the span that has them.
func lifeSpan(sub *ent.Subscription) string {
	if sub.EnabledOn.IsZero() {
		return NeverLived
	}
	for _, months := range lifeSpans {
		if sub.CancelledOn.Before(calendar.AddMonths(sub.EnabledOn, months, sub.EnabledOn.Day())) {
			return strconv.Itoa(months)
		}
	}
	return Longest
}

// spanPlace orders spans: never, the shorter before the longer, the longest.
func spanPlace(name string) int {
	switch name {
	case NeverLived:
		return -1
	case Longest:
		return 1 << 20
	}
	months, _ := strconv.Atoi(name)
	return months
}
