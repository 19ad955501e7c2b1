package subscriptions_test

import (
	"context"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/suspension"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

func pausing(o *demotest.Office, sub *ent.Subscription, days int) subscriptions.Pause {
	return subscriptions.Pause{Subscription: sub.ID, Until: o.DB.Today(o.As("gerente")).AddDays(days), Reason: "vai viajar", Key: "p"}
}

// span is the first and last day that a service is billed for.
func span(o *demotest.Office, sub *ent.Subscription) (first, last time.Time) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		rows := c.Charge.Query().Where(charge.SubscriptionID(sub.ID), charge.KindEQ(charge.KindRecurring), charge.CancelledAtIsNil()).Order(charge.ByPeriodFrom()).AllX(ctx)
		first, last = civil(rows[0].PeriodFrom), civil(rows[len(rows)-1].PeriodTo)
		return nil
	})
	return first, last
}

func TestAPauseGivesItsDaysBackAndReturnsByItself(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, in := o.Service(o.Maria), pausing(o, o.Service(o.Maria), 45)
		first, last := span(o, maria)
		p, err := desk(o).PreviewPause(o.As("comercial"), in)
		if err != nil {
			t.Fatal(err)
		}
		in.Shown = p.Seen()
		from := o.DB.Today(o.As("gerente"))
		sub, err := desk(o).Pause(o.As("comercial"), in)
		if err != nil || sub.Status != status.Paused {
			t.Fatalf("she is %v, %v", sub, err)
		}
		want := daysOwed(int64(maria.Price), maria.DueDay, first, last, [2]time.Time{civil(from), civil(in.Until)})
		if got := monthsOwed(o, maria); got != want {
			t.Errorf("the books ask %s, money.md %s", got, want)
		}
		if len(p.Lowered) == 0 {
			t.Error("no instalment fell")
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, change := range p.Lowered {
				sum := int64(0)
				for _, row := range c.Charge.Query().Where(charge.InvoiceID(change.Standing.Invoice.ID)).AllX(ctx) {
					sum += int64(row.Amount)
				}
				if sum != int64(change.Amount) {
					t.Errorf("instalment %d is of %d, shown was %d", change.Standing.Invoice.Instalment, sum, change.Amount)
				}
				if row := c.Invoice.GetX(ctx, change.Standing.Invoice.ID); (row.PaidAt != nil) != (change.Amount == 0) {
					t.Errorf("instalment %d of %s is paid: %v", row.Instalment, change.Amount, row.PaidAt)
				}
			}
			return nil
		})
		audited(t, o)
		for _, early := range []bool{true, false} {
			if !early {
				o.Pass(45 * 24 * time.Hour)
			}
			for range 2 {
				if err := desk(o).EndPause(o.Worker(), maria.ID); err != nil {
					t.Fatal(err)
				}
			}
			if now := o.Service(o.Maria).Status; (now == status.Paused) != early {
				t.Errorf("early: %v, and she is %s", early, now)
			}
		}
		if got := monthsOwed(o, maria); got != want {
			t.Errorf("back on the day the books ask %s, money.md %s", got, want)
		}
		audited(t, o)
	})
}

func TestWhoReturnsEarlyIsChargedTheDaysServedAsAHoleReversed(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria := o.Service(o.Maria)
		first, last := span(o, maria)
		from := o.DB.Today(o.As("gerente"))
		if _, err := desk(o).Pause(o.As("comercial"), pausing(o, maria, 60)); err != nil {
			t.Fatal(err)
		}
		o.Pass(9 * 24 * time.Hour)
		p, err := desk(o).PreviewReturn(o.As("comercial"), maria.ID)
		if err != nil {
			t.Fatal(err)
		}
		sub, err := desk(o).Return(o.As("comercial"), subscriptions.Return{Subscription: maria.ID, Shown: p.Seen(), Key: "r"})
		if err != nil || sub.Status != status.Enabled {
			t.Fatalf("she is %v, %v", sub, err)
		}
		got := monthsOwed(o, maria)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.Suspension.Query().Where(suspension.SubscriptionID(maria.ID)).OnlyX(ctx); row.EndedAt == nil || row.UntilDay != from.AddDays(9) {
				t.Errorf("the pause stands as %v", row)
			}
			return nil
		})
		if want := daysOwed(int64(maria.Price), maria.DueDay, first, last, [2]time.Time{civil(from), civil(from.AddDays(9))}); got != want {
			t.Errorf("the books ask %s, money.md %s", got, want)
		}
		audited(t, o)
		again := pausing(o, maria, 30)
		again.Key = "again"
		if _, err := desk(o).Pause(o.As("comercial"), again); demotest.Fault(err) != "pause_used" {
			t.Errorf("a second pause in the year: %v", err)
		}
	})
}

func TestAPausedServiceIsCancelledAndNothingIsAskedTwice(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria := o.Service(o.Maria)
		first, _ := span(o, maria)
		from := o.DB.Today(o.As("gerente"))
		if _, err := desk(o).Pause(o.As("comercial"), pausing(o, maria, 60)); err != nil {
			t.Fatal(err)
		}
		o.Pass(30 * 24 * time.Hour)
		if _, err := desk(o).Cancel(o.As("gerente"), cancelling(maria)); err != nil {
			t.Fatal(err)
		}
		day := o.DB.Today(o.As("gerente"))
		want := daysOwed(int64(maria.Price), maria.DueDay, first, civil(day), [2]time.Time{civil(from), civil(day)})
		if got := monthsOwed(o, maria); got != want {
			t.Errorf("the books ask %s, money.md %s", got, want)
		}
		audited(t, o)
	})
}

func TestAPauseThatCannotBeIsRefusedByName(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, joao := o.Service(o.Maria), o.Service(o.Joao)
		for want, ask := range map[string]struct {
			role string
			in   subscriptions.Pause
		}{
			"retorno: pause_days": {"comercial", pausing(o, maria, 29)},
			"transition":          {"comercial", pausing(o, joao, 30)},
			"denied":              {"financeiro", pausing(o, maria, 30)},
			"not_found":           {"comercial", subscriptions.Pause{Subscription: demotest.Nobody, Until: calendar.On(2027, 1, 20), Reason: "vai viajar"}},
		} {
			if _, err := desk(o).Pause(o.As(ask.role), ask.in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		long := pausing(o, maria, 121)
		if _, err := desk(o).Pause(o.As("comercial"), long); demotest.Fault(err) != "retorno: pause_days" {
			t.Errorf("121 days: %v", err)
		}
		if _, err := desk(o).Pause(o.Stranger(), pausing(o, maria, 30)); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			overdue := c.Invoice.Query().Where(invoice.CustomerID(maria.CustomerID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).FirstX(ctx)
			return c.Charge.Update().Where(charge.InvoiceID(overdue.ID)).SetDue(calendar.On(2026, 11, 3)).Exec(ctx)
		})
		if _, err := desk(o).Pause(o.As("comercial"), pausing(o, maria, 30)); demotest.Fault(err) != "pause_overdue" {
			t.Errorf("she owes: %v", err)
		}
	})
}

func TestAHundredEqualPausesAreOneAndOneHappensWhole(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, boss := o.Service(o.Maria), o.As("gerente")
		in := pausing(o, maria, 40)
		once := in
		once.Key = ""
		o.AllOrNothing(t, 20, func() error { _, err := desk(o).Pause(boss, once); return err })
		o.AllOrNothing(t, 10, func() error {
			_, err := desk(o).Return(boss, subscriptions.Return{Subscription: maria.ID})
			return err
		})
		o.Write(func(ctx context.Context, c *ent.Client) error { // as if a year had gone by
			return c.Suspension.Update().Where(suspension.SubscriptionID(maria.ID)).SetFromDay(calendar.On(2025, 11, 1)).SetUntilDay(calendar.On(2025, 12, 1)).Exec(ctx)
		})
		together(t, func() (any, error) {
			paused, err := desk(o).Pause(boss, in)
			if err != nil {
				return nil, err
			}
			return paused.Status, nil
		})
		together(t, func() (any, error) {
			back, err := desk(o).Return(boss, subscriptions.Return{Subscription: maria.ID, Key: "r"})
			if err != nil {
				return nil, err
			}
			return back.Status, nil
		})
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Suspension.Query().Where(suspension.SubscriptionID(maria.ID)).CountX(ctx); n != 2 {
				t.Errorf("%d pauses", n)
			}
			return nil
		})
	})
}
