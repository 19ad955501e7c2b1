package subscriptions_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/outage"
	"enlace/ent/planchange"
	"enlace/ent/suspension"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/outages"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// breaks has the line of a customer's services down since some hours ago until now, and its days given back.
func breaks(t *testing.T, o *demotest.Office, who *ent.Customer, hours int) {
	t.Helper()
	key := fmt.Sprint(o.DB.Now())
	d, by := outages.Desk{DB: o.DB}, o.As("suporte")
	id, err := d.Open(by, outages.NewOutage{Kind: outage.KindList, List: fmt.Sprint(who.Number), Title: "Fibra rompida", Began: o.DB.Now().Add(-time.Duration(hours) * time.Hour), Key: key})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: key}); err != nil {
		t.Fatal(err)
	}
	if err := d.GoOn(o.Worker(), id); err != nil {
		t.Fatal(err)
	}
}

// suspends has a service suspended since today for its oldest invoice.
func suspends(o *demotest.Office, sub *ent.Subscription) {
	today := o.DB.Today(o.As("gerente"))
	o.Write(func(ctx context.Context, c *ent.Client) error {
		late := c.Invoice.Query().Where(invoice.SubscriptionID(sub.ID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).FirstX(ctx)
		c.Invoice.UpdateOne(late).SetDue(today.AddDays(-20)).ExecX(ctx)
		c.Charge.Update().Where(charge.InvoiceID(late.ID)).SetDue(today.AddDays(-20)).ExecX(ctx)
		c.Suspension.Create().SetSubscriptionID(sub.ID).SetKind(suspension.KindDebito).SetFromDay(today).SetAt(o.DB.Now()).SetReason("fatura vencida").ExecX(ctx)
		_, err := status.Apply(ctx, c, o.DB.Now(), sub.ID, status.Suspend, "fatura vencida")
		return err
	})
}

// TestADayThatAnOutageGaveBackIsNotGivenBackOnceMore has the line break down and return on the very day on which a pause or a suspension begins: that
// day is given back once, whichever way the pause ends, and nothing of it is asked again when the service ends.
func TestADayThatAnOutageGaveBackIsNotGivenBackOnceMore(t *testing.T) {
	day := 24 * time.Hour
	for name, live := range map[string]func(t *testing.T, o *demotest.Office) (from, back time.Time){
		"a pause": func(t *testing.T, o *demotest.Office) (from, back time.Time) {
			in := pausing(o, o.Service(o.Maria), 45)
			if _, err := desk(o).Pause(o.As("comercial"), in); err != nil {
				t.Fatal(err)
			}
			return civil(o.DB.Today(o.As("gerente"))), civil(in.Until)
		},
		"a pause that ends early": func(t *testing.T, o *demotest.Office) (from, back time.Time) {
			maria := o.Service(o.Maria)
			if _, err := desk(o).Pause(o.As("comercial"), pausing(o, maria, 60)); err != nil {
				t.Fatal(err)
			}
			from = civil(o.DB.Today(o.As("gerente")))
			o.Pass(9 * day)
			if _, err := desk(o).Return(o.As("comercial"), subscriptions.Return{Subscription: maria.ID, Key: "r"}); err != nil {
				t.Fatal(err)
			}
			return from, civil(o.DB.Today(o.As("gerente")))
		},
		"a suspension that is paid": func(t *testing.T, o *demotest.Office) (from, back time.Time) {
			from = civil(o.DB.Today(o.As("gerente")))
			suspends(o, o.Service(o.Maria))
			o.Pass(5 * day)
			payDebt(t, o, o.Maria)
			return from, civil(o.DB.Today(o.As("gerente")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
				maria := o.Service(o.Maria)
				first, last := span(o, maria)
				breaks(t, o, o.Maria, 25) // since yesterday, and more than a day
				from, back := live(t, o)
				holes := [][2]time.Time{{from.Add(-day), from.Add(day)}, {from.Add(day), back}}
				if got, want := monthsOwed(o, maria), daysOwed(int64(maria.Price), maria.DueDay, first, last, holes...); got != want {
					t.Errorf("the books ask %s, money.md %s", got, want)
				}
				audited(t, o)
			})
		})
	}
}

// TestDaysThatAPauseTookAreNotGivenBackByAnOutage has the line down for days when a pause begins, which is ended early: the outage gives back the days
// up to the pause, the pause its own.
func TestDaysThatAPauseTookAreNotGivenBackByAnOutage(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, d, by, day := o.Service(o.Maria), outages.Desk{DB: o.DB}, o.As("suporte"), 24*time.Hour
		first, last := span(o, maria)
		broke := civil(o.DB.Today(by))
		id, err := d.Open(by, outages.NewOutage{Kind: outage.KindList, List: fmt.Sprint(o.Maria.Number), Title: "Fibra rompida", Began: o.DB.Now(), Key: "o"})
		if err != nil {
			t.Fatal(err)
		}
		o.Pass(3 * day)
		from := civil(o.DB.Today(by))
		if _, err := desk(o).Pause(o.As("comercial"), pausing(o, maria, 60)); err != nil {
			t.Fatal(err)
		}
		o.Pass(4 * day)
		if err := d.End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: "e"}); err != nil {
			t.Fatal(err)
		}
		if err := d.GoOn(o.Worker(), id); err != nil {
			t.Fatal(err)
		}
		o.Pass(5 * day)
		if _, err := desk(o).Return(o.As("comercial"), subscriptions.Return{Subscription: maria.ID, Key: "r"}); err != nil {
			t.Fatal(err)
		}
		back := civil(o.DB.Today(by))
		if got, want := monthsOwed(o, maria), daysOwed(int64(maria.Price), maria.DueDay, first, last, [2]time.Time{broke, from}, [2]time.Time{from, back}); got != want {
			t.Errorf("the books ask %s, money.md %s", got, want)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			gaps, err := billing.GapsOf(ctx, c, maria.ID)
			if err != nil || len(gaps) != 2 || !gaps[0].Apart || gaps[1].Apart {
				t.Errorf("%+v, %v", gaps, err)
			}
			return nil
		})
		audited(t, o)
	})
}

// TestAMigrationEndsASuspensionLessWhatAnOutageGaveBack has a service down on the day on which it is suspended, and another plan at the same price five
// days later: four of them are given back.
func TestAMigrationEndsASuspensionLessWhatAnOutageGaveBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		breaks(t, o, o.Maria, 25)
		suspends(o, o.Service(o.Maria))
		o.Pass(5 * 24 * time.Hour)
		maria := o.Service(o.Maria)
		to := *maria
		to.ID = uuid.Nil
		o.Read(func(ctx context.Context, c *ent.Client) error {
			preview, err := billing.Desk{DB: o.DB}.PreviewMigration(ctx, c, billing.Migrating{From: maria, To: &to, Open: planchange.OpenBookletReprice})
			if err != nil {
				t.Fatal(err)
			}
			if got, want := preview.Net(), -(maria.Price*4+29)/30; got != want {
				t.Errorf("%s is given back, want %s: %+v", got, want, preview.Lines)
			}
			return nil
		})
	})
}
