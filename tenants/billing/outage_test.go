package billing_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
)

// The service of before billed the days up to 10/01; the plan changes on 22/12, and the due day to the 20th, for which the month bills ten days more. Two
// days of December without line are given back all the same, at the new price and of the cycle they lie in.
func TestDaysThatAMigrationLeftToTheBillOfTheServiceBeforeAreGivenBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		m := fromA(o, subscription.ModeAntecipado, true)
		m.enable(o, func(to *ent.SubscriptionUpdateOne) { to.SetDueDay(20) })
		o.Pass(25 * 24 * time.Hour)
		if _, err := desk(o).BillMonth(o.Worker()); err != nil {
			t.Fatal(err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			if to := c.Subscription.GetX(ctx, m.to.ID); to.BilledUntil.Before(calendar.On(2027, 1, 20)) {
				t.Fatalf("it is billed to %s", to.BilledUntil)
			}
			of := func(days calendar.Period) billing.OutageCredit {
				given, err := desk(o).PostOutage(ctx, c, m.to.ID, days)
				if err != nil {
					t.Fatal(err)
				}
				return given
			}
			if given := of(calendar.Period{From: calendar.On(2026, 12, 24), To: calendar.On(2026, 12, 26)}); given.Total() != 8_66 || !strings.Contains(given.Lines[0].Memo, "de 10/12 a 10/01") {
				t.Errorf("%+v is given back", given.Lines)
			}
			if given := of(calendar.Period{From: calendar.On(2026, 12, 18), To: calendar.On(2026, 12, 22)}); given.Total() != 0 { // it did not run yet
				t.Errorf("of days before it %+v is given back", given.Lines)
			}
			return nil
		})
	})
}
