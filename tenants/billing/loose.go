package billing

import (
	"context"
	"time"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/chargekind"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// ChargeInstallation posts the installation fee of a sale as a loose charge, without invoice, in the caller's transaction.
func ChargeInstallation(ctx context.Context, c *ent.Client, now time.Time, today calendar.Date, sub *ent.Subscription, fee money.Cents, due calendar.Date) error {
	kind, err := c.ChargeKind.Query().Where(chargekind.Installation(true), chargekind.Active(true)).First(ctx)
	if err != nil {
		return err
	}
	p := post{c: c, now: now, today: today}
	_, err = p.charges(ctx, []newCharge{{
		customer: sub.CustomerID, subscription: sub.ID, kind: charge.KindInstallation, chargeKind: kind.ID, suspends: kind.Suspends,
		description: kind.Name, due: due, amount: fee, memo: "à vista na instalação",
	}})
	return err
}
