package billing

import (
	"context"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants/calendar"
	"enlace/tenants/status"
)

// RenewalDays is how long before its last period ends a carnê stands in Carnês a renovar: it never renews by itself (product.md §2.4).
const RenewalDays = 45

// ToRenew lists the services whose carnê ends within RenewalDays of a day, or has ended, the first to end first; at most so many.
func ToRenew(ctx context.Context, c *ent.Client, today calendar.Date, most int) ([]*ent.Subscription, error) {
	return c.Subscription.Query().
		Where(subscription.Booklet(true), subscription.StatusIn(status.Living...), subscription.BilledUntilLTE(today.AddDays(RenewalDays))).
		Order(subscription.ByBilledUntil(), subscription.ByNumber()).Limit(most).All(ctx)
}
