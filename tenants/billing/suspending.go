package billing

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/ent/trustgrant"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/status"
)

// SuspendingDebt lists the overdue debt for which a subscription may be suspended on a day: open, uncontested charges of a suspending
// kind, of the subscription, whose customer is its holder now. Debt a former holder left behind is not among it (product.md §5).
func SuspendingDebt(ctx context.Context, c *ent.Client, on calendar.Date, sub *ent.Subscription) ([]*ent.Charge, error) {
	debts, err := SuspendingDebts(ctx, c, on, sub)
	return debts[sub.ID], err
}

// SuspendingDebts is SuspendingDebt of many subscriptions, by their ids, in one query.
func SuspendingDebts(ctx context.Context, c *ent.Client, on calendar.Date, subs ...*ent.Subscription) (map[uuid.UUID][]*ent.Charge, error) {
	holders, ids := map[uuid.UUID]uuid.UUID{}, make([]uuid.UUID, len(subs))
	for i, sub := range subs {
		holders[sub.ID], ids[i] = sub.CustomerID, sub.ID
	}
	rows, err := c.Charge.Query().Where(charge.SubscriptionIDIn(ids...), charge.Suspends(true), charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.DueLT(on)).
		Order(charge.ByDue(), charge.ByNumber()).All(ctx)
	debts := map[uuid.UUID][]*ent.Charge{}
	for _, row := range rows {
		if row.CustomerID == holders[*row.SubscriptionID] && row.Settled < row.Amount && !contested(row) && on.After(calendar.EffectiveLastDay(row.Due)) {
			debts[*row.SubscriptionID] = append(debts[*row.SubscriptionID], row)
		}
	}
	return debts, err
}

// restoreCleared ends, for good, the suspension of every service of a customer that no longer owes what it was suspended for.
func (p post) restoreCleared(ctx context.Context, customer uuid.UUID) ([]uuid.UUID, error) {
	suspended, err := p.c.Subscription.Query().
		Where(subscription.CustomerID(customer), subscription.StatusIn(status.Slowed, status.SuspendedDebt)).All(ctx)
	if err != nil {
		return nil, err
	}
	var restored []uuid.UUID
	for _, sub := range suspended {
		debt, err := SuspendingDebt(ctx, p.c, p.today, sub)
		if err != nil {
			return nil, err
		}
		if len(debt) > 0 {
			continue
		}
		if waits, err := p.awaitsAgreement(ctx, sub); err != nil {
			return nil, err
		} else if waits {
			continue
		}
		if _, err := status.Apply(ctx, p.c, p.now, sub.ID, status.Pay, ""); err != nil {
			return nil, err
		}
		if err := p.endSuspension(ctx, sub.ID); err != nil {
			return nil, err
		}
		restored = append(restored, sub.ID)
	}
	return restored, nil
}

// endSuspension closes the stretch without service, today being served again, and the trust that a payment has made good.
func (p post) endSuspension(ctx context.Context, sub uuid.UUID) error {
	err := p.c.Suspension.Update().Where(suspension.SubscriptionID(sub), suspension.EndedAtIsNil()).SetEndedAt(p.now).SetUntilDay(p.today).Exec(ctx)
	if err != nil {
		return err
	}
	return p.c.TrustGrant.Update().Where(trustgrant.SubscriptionID(sub), trustgrant.EndedAtIsNil()).
		SetEndedAt(p.now).SetOutcome(trustgrant.OutcomePaid).Exec(ctx)
}

// Overdue is what a customer owes past its last day, of any kind, late charges not reckoned, discounts taken off. What is contested is not collected.
func Overdue(ctx context.Context, c *ent.Client, on calendar.Date, customer uuid.UUID) (owed money.Cents, err error) {
	rows, err := c.Charge.Query().Where(charge.CustomerID(customer), charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.DueLT(on)).All(ctx)
	for _, row := range rows {
		if !contested(row) && on.After(calendar.EffectiveLastDay(row.Due)) {
			owed += row.Amount - row.Settled
		}
	}
	return owed, err
}
