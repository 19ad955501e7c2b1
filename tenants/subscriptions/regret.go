package subscriptions

import (
	"context"

	"enlace/ent"
	"enlace/ent/contract"
	"enlace/ent/planchange"
	"enlace/ent/subscription"
	"enlace/tenants/calendar"
)

// regretDays is how long a contract made away from the shop may be regretted (CDC art. 49).
const regretDays = 7

// regrets says whether the week of regret runs: from the day on which the service was sold or began, or who holds it took it over. A change of plan
// under the contract that was there begins none, as it begins no loyalty: else a change of plan, up or down, would be the way out of the loyalty agreed
// before it. With a contract of its own it does.
func (d Desk) regrets(ctx context.Context, c *ent.Client, sub *ent.Subscription) (bool, error) {
	from := latest(sub.SoldOn, sub.EnabledOn)
	if sub.MadeBy == subscription.MadeByMigration && sub.ChainID != nil {
		change, err := c.PlanChange.Query().Where(planchange.ToID(sub.ID)).Only(ctx)
		if err != nil {
			return false, err
		}
		anew, err := c.Contract.Query().Where(contract.SubscriptionID(sub.ID), contract.DeactivatedAtIsNil(), contract.IssuedAtGTE(change.RequestedAt)).Exist(ctx)
		if err != nil {
			return false, err
		}
		if !anew {
			first, err := c.Subscription.Get(ctx, *sub.ChainID)
			if err != nil {
				return false, err
			}
			from = latest(first.SoldOn, first.EnabledOn)
		}
	}
	return d.DB.Today(ctx).DaysSince(latest(from, sub.HeldFrom)) <= regretDays, nil
}

func latest(a, b calendar.Date) calendar.Date {
	if b.After(a) {
		return b
	}
	return a
}
