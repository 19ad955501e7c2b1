package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/plan"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// Since says what the first day of a carnê was taken from.
type Since string

// Where the first day comes from, the first that there is.
const (
	SinceBilled  Since = "billed"  // the end of the last period billed
	SinceEnabled Since = "enabled" // habilitação
	SinceVisit   Since = "visit"   // the day of the installation's work order
	SinceToday   Since = "today"
)

// Offered is a subscription that a carnê can be made for, with the dates one would ask for.
type Offered struct {
	Subscription *ent.Subscription
	Plan, Method string // their names
	Start        calendar.Date
	Since        Since
	FirstDue     calendar.Date
}

// Offer is what carnês can be made of for a customer.
type Offer struct {
	Customer *ent.Customer
	Services []Offered
}

// OfferBooklet reads what carnês can be made of. It returns NotFound for a customer that is not the ISP's.
func (d Desk) OfferBooklet(ctx context.Context, of uuid.UUID) (offer *Offer, err error) {
	return offer, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Charge); err != nil {
			return err
		}
		offer = &Offer{}
		if offer.Customer, err = customerOf(ctx, c, of); err != nil {
			return err
		}
		subs, err := c.Subscription.Query().Where(subscription.CustomerID(of), subscription.Booklet(true), subscription.StatusNEQ(status.Cancelled), collected, planned).
			Order(subscription.ByNumber()).All(ctx)
		if err != nil {
			return err
		}
		offer.Services, err = d.offered(ctx, c, subs)
		return err
	})
}

// collected puts beside a subscription what its way of collecting is called.
var collected = tenants.Beside[predicate.Subscription]("method", subscription.FieldMethodID, billingmethod.Table, billingmethod.FieldID, billingmethod.FieldName)

// planned puts beside a subscription the name of its plan.
var planned = tenants.Beside[predicate.Subscription]("plan", subscription.FieldPlanID, plan.Table, plan.FieldID, plan.FieldName)

func (d Desk) offered(ctx context.Context, c *ent.Client, subs []*ent.Subscription) (list []Offered, err error) {
	visits, err := firstVisits(ctx, c, subs)
	if err != nil {
		return nil, err
	}
	isp, _ := tenants.From(ctx)
	for _, sub := range subs {
		one := Offered{Subscription: sub, Plan: tenants.Said(sub, "plan"), Method: tenants.Said(sub, "method")}
		var visit calendar.Date
		for _, row := range visits { // the first visit is read last
			if row.SubscriptionID == sub.ID {
				visit = calendar.Of(row.StartsAt.In(isp.Zone))
			}
		}
		one.suggest(visit, d.DB.Today(ctx))
		list = append(list, one)
	}
	return list, nil
}

// firstVisits are the work orders of services whose first day nothing else tells, the first one last.
func firstVisits(ctx context.Context, c *ent.Client, subs []*ent.Subscription) ([]*ent.WorkOrder, error) {
	var ids []uuid.UUID
	for _, sub := range subs {
		if sub.BilledUntil.IsZero() && sub.EnabledOn.IsZero() {
			ids = append(ids, sub.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return c.WorkOrder.Query().Where(workorder.SubscriptionIDIn(ids...), workorder.StartsAtNotNil(), workorder.StatusNEQ(workorder.StatusCancelada)).
		Order(ent.Desc(workorder.FieldStartsAt)).All(ctx)
}

// soonest is how many days a first due date one did not choose is away at least: the slip has to reach the customer.
const soonest = 5

func (o *Offered) suggest(visit, today calendar.Date) {
	sub := o.Subscription
	switch {
	case !sub.BilledUntil.IsZero():
		o.Start, o.Since = sub.BilledUntil, SinceBilled
	case !sub.EnabledOn.IsZero():
		o.Start, o.Since = sub.EnabledOn, SinceEnabled
	case !visit.IsZero():
		o.Start, o.Since = visit, SinceVisit
	default:
		o.Start, o.Since = today, SinceToday
	}
	// A renewal begins on a due date, and antecipado is paid on that very day.
	o.FirstDue = o.Start
	if sub.Mode != subscription.ModeAntecipado || calendar.AddMonths(o.Start, 0, sub.DueDay) != o.Start {
		o.FirstDue = calendar.NextDue(o.Start, sub.DueDay)
	}
	for o.FirstDue.Before(today.AddDays(soonest)) {
		o.FirstDue = calendar.NextDue(o.FirstDue, sub.DueDay)
	}
}
