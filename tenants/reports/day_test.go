package reports_test

import (
	"context"
	"testing"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/origin"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/reports"
	"enlace/tenants/status"
)

// given makes João's service one that was sold and enabled this month for 100.00, and Maria's one cancelled this month for 89.90.
func given(o *demotest.Office, first calendar.Date) {
	joao, maria := o.Service(o.Joao), o.Service(o.Maria)
	o.Write(func(ctx context.Context, c *ent.Client) error {
		c.Subscription.Update().SetSoldOn(first.AddDays(-40)).SetEnabledOn(first.AddDays(-30)).ExecX(ctx)
		from := c.Origin.Query().Order(origin.ByName()).FirstX(ctx)
		c.Subscription.UpdateOneID(joao.ID).SetSoldOn(first).SetEnabledOn(first).SetPrice(100_00).SetOriginID(from.ID).ExecX(ctx)
		c.Subscription.UpdateOneID(maria.ID).SetPrice(89_90).SetCancelledOn(first).SetEndedBy(subscription.EndedByCancellation).ExecX(ctx)
		return nil
	})
}

func TestTheMonthCountsSalesLivesAndWhatTheyBring(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		today := o.DB.Today(o.As("gerente"))
		first := calendar.On(today.Year(), today.Month(), 1)
		given(o, first)
		day, err := reports.Desk{DB: o.DB}.Day(o.As("gerente"))
		if err != nil {
			t.Fatal(err)
		}
		m := day.Month
		if m.Sold != 1 || m.Enabled != 1 || m.Cancelled != 1 || m.Revenue != money.Cents(10_10) || len(m.ByOrigin) != 1 || m.ByOrigin[0].Origin == "" {
			t.Errorf("%+v", *m)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // João pays 85.00
			return c.Subscription.Update().Where(subscription.CustomerID(o.Joao.ID)).SetDiscountPercent(15_00).Exec(ctx)
		})
		if day, err = (reports.Desk{DB: o.DB}).Day(o.As("gerente")); err != nil || day.Month.Revenue != -4_90 {
			t.Errorf("with a discount: %+v, %v", *day.Month, err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // a migration is neither
			c.Subscription.Update().Where(subscription.CustomerID(o.Joao.ID)).SetMadeBy(subscription.MadeByMigration).ExecX(ctx)
			c.Subscription.Update().Where(subscription.CustomerID(o.Maria.ID)).SetEndedBy(subscription.EndedByMigration).ExecX(ctx)
			return nil
		})
		if day, err = (reports.Desk{DB: o.DB}).Day(o.As("gerente")); err != nil || day.Month.Sold+day.Month.Enabled+day.Month.Cancelled != 0 || day.Month.Revenue != 0 {
			t.Errorf("after migrations: %+v, %v", *day.Month, err)
		}
	})
}

func TestEverybodySeesTheirPartOfTheDayAndTheirISPAlone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk := reports.Desk{DB: o.DB}
		today := o.DB.Today(o.As("gerente"))
		o.Write(func(ctx context.Context, c *ent.Client) error {
			c.Subscription.Update().Where(subscription.CustomerID(o.Joao.ID)).SetStatus(status.WaitingInstallation).ExecX(ctx)
			c.Subscription.Update().Where(subscription.CustomerID(o.Maria.ID)).SetBilledUntil(today.AddDays(45)).ExecX(ctx)
			return nil
		})
		for role, want := range map[string]struct{ month, money, waiting, renewals bool }{
			"gerente": {true, false, true, true}, "comercial": {true, false, true, true}, "financeiro": {false, true, true, true},
			"suporte": {false, false, true, false}, "tecnico": {false, false, false, false},
		} {
			day, err := desk.Day(o.As(role))
			if err != nil {
				t.Fatalf("%s: %v", role, err)
			}
			if got := (struct{ month, money, waiting, renewals bool }{day.Month != nil, day.Money != nil, len(day.Waiting.Rows) == 1, len(day.Renewals) == 1}); got != want {
				t.Errorf("%s sees %+v, want %+v", role, got, want)
			}
			if want.waiting && day.Customer(day.Waiting.Rows[0].CustomerID) != o.Joao.Name {
				t.Errorf("%s waits for %q", role, day.Customer(day.Waiting.Rows[0].CustomerID))
			}
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // a day later it does not yet stand there
			return c.Subscription.Update().Where(subscription.CustomerID(o.Maria.ID)).SetBilledUntil(today.AddDays(46)).Exec(ctx)
		})
		if day, err := desk.Day(o.As("comercial")); err != nil || len(day.Renewals) != 0 {
			t.Errorf("%d to renew, %v", len(day.Renewals), err)
		}
		stranger, err := desk.Day(o.Stranger())
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range stranger.Waiting.Rows {
			if row.CustomerID == o.Joao.ID {
				t.Error("a stranger sees João wait")
			}
		}
	})
}

func TestTheDayMakesTheSameFewQueriesHoweverManyRows(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		count := func() (n int) {
			o.Break(func() error { n++; return nil })
			defer o.Break(nil)
			if _, err := (reports.Desk{DB: o.DB}).Day(o.As("gerente")); err != nil {
				t.Fatal(err)
			}
			return n
		}
		few := count()
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.Update().Where(subscription.CustomerIDIn(c.Customer.Query().Order(customer.ByNumber()).IDsX(ctx)...)).
				SetStatus(status.WaitingInstallation).SetBilledUntil(o.DB.Today(tenants.With(ctx, o.Here))).Exec(ctx)
		})
		if many := count(); many != few {
			t.Errorf("%d queries for few rows, %d for many", few, many)
		}
	})
}
