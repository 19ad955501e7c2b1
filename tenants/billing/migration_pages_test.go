package billing_test

import (
	"context"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/status"
)

// again is another change of plan, at the terms of the last one.
func (m monthly) again(o *demotest.Office, number int64, price money.Cents) (next monthly) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		next.from = c.Subscription.GetX(ctx, m.to.ID)
		next.to = c.Subscription.Create().SetNumber(number).SetCustomerID(o.Maria.ID).SetPlanID(m.to.PlanID).SetStatusSince(o.DB.Now()).SetPrice(price).SetSoldOn(o.DB.Today(ctx)).
			SetMethodID(m.to.MethodID).SetDueDay(m.to.DueDay).SetMode(m.to.Mode).SetFeeChoice(subscription.FeeChoiceNone).SetStatus(status.WaitingMigration).
			SetChainID(*m.to.ChainID).SetMadeBy(subscription.MadeByMigration).SaveX(ctx)
		return c.PlanChange.Create().SetFromID(m.to.ID).SetToID(next.to.ID).SetRequestedAt(o.DB.Now()).Exec(ctx)
	})
	return next
}

// On 22/12 the due day becomes the last of the month: the run that ends on 31/01 begins on 10/01, with the 21 days that the month has left of it. The
// plan changes on 15/01 and on 20/01, and each time that run is split, not the 31 days of its cycle.
func TestARunThatAnotherDueDayBeganIsSplitWhereItBegan(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		m := fromA(o, subscription.ModePostecipado, false)
		m.enable(o, func(to *ent.SubscriptionUpdateOne) { to.SetDueDay(31) })
		o.Pass(24 * 24 * time.Hour)
		second := m.again(o, 9003, 129_90)
		if preview := second.enable(o); preview.Passed == nil || preview.Passed.Total != 90_93 {
			t.Fatalf("on 15/01 it bills %+v", preview.Passed)
		}
		o.Pass(5 * 24 * time.Hour)
		third := second.again(o, 9004, 159_90)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			preview, err := desk(o).PreviewMigration(ctx, c, billing.Migrating{From: third.from, To: third.to})
			if err != nil {
				return err
			}
			if len(preview.Lines) != 2 || preview.Lines[0].Amount != -(90_93-43_30) || preview.Lines[1].Amount != 111_93-53_30 {
				t.Errorf("on 20/01 the difference is %+v", preview.Lines)
			}
			return nil
		})
	})
}
