package outages_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/email"
	"enlace/ent/outage"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/outages"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// Without a carnê the days are a billing event, with their memo; twice the same day is given back once.
func TestTheDaysOfAServiceWithoutCarneAreABillingEvent(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		by := o.As("suporte")
		sub := o.Service(o.Maria)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(sub.ID).SetBooklet(false).Exec(ctx)
		})
		for n, want := range []money.Cents{3_00, 0} {
			in := hers(o)
			in.Key, in.Began = fmt.Sprint(n), o.DB.Now().Add(-time.Hour)
			id, err := desk(o).Open(by, in)
			must(t, err)
			must(t, desk(o).End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: fmt.Sprint(n)})) // before any worker began with it
			work(t, o, id)
			if row := rowOf(o, id); row.Credit != want || row.Told != 0 || row.State != outage.StateOver {
				t.Errorf("outage %d: %+v", n, row)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if letters := c.Email.Query().Where(email.About("outage")).AllX(ctx); len(letters) != 2 || letters[0].CustomerID == nil || *letters[0].CustomerID != o.Maria.ID || !strings.Contains(letters[0].Text, "A falha terminou") {
				t.Errorf("who has no chat is written %v", letters)
			}
			event := c.BillingEvent.Query().Where(billingevent.SubscriptionID(sub.ID)).OnlyX(ctx)
			if event.Amount != -3_00 || !strings.Contains(event.Memo, "1 de 30 dias sem serviço × R$ 89,90") || event.Description != "Falha de 23/11 a 24/11" {
				t.Errorf("%+v", event)
			}
			lines, err := billing.RidingEvents(ctx, c, sub.ID, []money.Instalment{{Due: calendar.MustParse("2026-12-10"), Lines: []money.Line{{Amount: 89_90}}}})
			if err != nil || len(lines[0]) != 1 || lines[0][0].Amount != -3_00 || lines[0][0].Memo != event.Memo {
				t.Errorf("the next invoice carries %v, %v", lines, err)
			}
			return nil
		})
	})
}

func TestWhetherTheDaysAreGivenBackIsTheISPsRule(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, one := range []struct {
		on    bool
		hours int
		last  time.Duration
		want  bool
	}{
		{true, 0, 30 * time.Minute, false}, {true, 0, 30*time.Minute + time.Second, true}, {true, 4, 4*time.Hour - time.Second, false}, {true, 4, 4 * time.Hour, true}, {false, 0, 90 * time.Hour, false},
	} {
		if got := outages.Gives(&ent.OfficePolicy{OutageCredit: one.on, OutageHours: one.hours}, now.Add(-one.last), now); got != one.want {
			t.Errorf("%+v gives back: %v", one, got)
		}
	}
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().SetOutageHours(2).Exec(ctx)
		})
		by := o.As("suporte")
		id, err := desk(o).Open(by, hers(o))
		must(t, err)
		r, err := desk(o).PreviewEnd(by, outages.Ending{Outage: id, Ended: o.DB.Now()})
		if err != nil || r.Credits || r.Total != 0 || r.Hours != 2 {
			t.Errorf("an hour: %+v, %v", r, err)
		}
		must(t, desk(o).End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: "1"}))
		work(t, o, id)
		if row := rowOf(o, id); row.Credit != 0 || row.State != outage.StateOver {
			t.Errorf("%+v", row)
		}
	})
}

// A service cancelled while its line was down is given its days as the holder's credit.
func TestACancelledServiceIsGivenItsDaysAsCredit(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		by, sub := o.As("suporte"), o.Service(o.Maria)
		id, err := desk(o).Open(by, hers(o))
		must(t, err)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.Update().Where(subscription.ID(sub.ID)).SetStatus(status.Cancelled).Exec(ctx)
		})
		must(t, desk(o).End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: "1"}))
		work(t, o, id)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if given := c.Credit.Query().OnlyX(ctx); given.CustomerID != o.Maria.ID || given.Amount != 3_00 {
				t.Errorf("%+v", given)
			}
			return nil
		})
		balanced(t, o)
	})
}

// What an instalment was lowered by is not lost when the service is cancelled: the account comes to as much less.
func TestACancellationKeepsWhatAnOutageGaveBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		by := o.As("suporte")
		owed := func() (sum money.Cents) {
			t.Helper()
			p, err := subscriptions.Desk{DB: o.DB}.PreviewCancel(o.As("gerente"), subscriptions.Cancel{Subscription: o.Service(o.Maria).ID})
			must(t, err)
			for _, change := range p.Lowered {
				sum += change.Amount
			}
			for _, line := range p.Credits {
				sum += line.Amount
			}
			return sum + p.Total
		}
		before := owed()
		in := hers(o)
		in.Began = o.DB.Now().Add(-10 * 24 * time.Hour)
		id, err := desk(o).Open(by, in)
		must(t, err)
		must(t, desk(o).End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: "1"}))
		work(t, o, id)
		given := rowOf(o, id).Credit
		if given != 29_97 {
			t.Errorf("ten days are %s", given)
		}
		if after := owed(); after != before-given {
			t.Errorf("before it came to %s, after %s were given back to %s", before, given, after)
		}
		balanced(t, o)
	})
}
