package dunning

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
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// CutAll takes access away from every service that owes a debt of a suspending kind, when the law and the ISP allow it today; who is spared, was
// told too lately, or lives where there is a holiday, is left for another day.
func (d Desk) CutAll(ctx context.Context) (run Run, err error) {
	var after uuid.UUID
	for {
		ids, err := d.toCut(ctx, after)
		if err != nil || len(ids) == 0 {
			return run, err
		}
		for _, id := range ids {
			after = id
			_, err := subscriptions.Desk{DB: d.DB}.DunForDebt(ctx, id, "débito em atraso")
			run.note(err)
		}
	}
}

// toCut are the next services that run and owe something overdue of a suspending kind, by their ids.
func (d Desk) toCut(ctx context.Context, after uuid.UUID) (ids []uuid.UUID, err error) {
	return ids, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		ids, err = c.Subscription.Query().Where(subscription.StatusIn(status.Enabled, status.Slowed), subscription.IDGT(after), owing(overdue(d.DB.Today(ctx)))).
			Order(subscription.ByID()).Limit(atATime).IDs(ctx)
		return err
	})
}

// owing are the services that owe charges which are as which says: their own, or those of one they follow by migration, whose debt goes with it.
func owing(which []predicate.Charge) predicate.Subscription {
	charges := tenants.IDsIn(charge.Table, charge.FieldSubscriptionID, append(slices.Clone(which), charge.SubscriptionIDNotNil())...)
	owes := tenants.Among[predicate.Subscription](subscription.FieldID, charges)
	chains := tenants.IDsIn(subscription.Table, subscription.FieldChainID, owes, subscription.ChainIDNotNil())
	return subscription.Or(owes, tenants.Among[predicate.Subscription](subscription.FieldChainID, charges), tenants.Among[predicate.Subscription](subscription.FieldChainID, chains))
}

// overdue are the open charges of suspending kinds past their last day.
func overdue(today calendar.Date) []predicate.Charge {
	return []predicate.Charge{charge.Suspends(true), charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.AmountGT(0), charge.DueLT(calendar.OverdueBefore(today))}
}
