package billing_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/outbox"
	rows "enlace/ent/renewal"
	"enlace/ent/renewalitem"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
)

// clones are n services like Maria's, each of a customer of its own, whose carnê ended.
func clones(o *demotest.Office, n int) (ends calendar.Date) {
	o.T.Helper()
	like := o.Service(o.Maria)
	ends = calendar.AddMonths(like.BilledUntil, -7, like.DueDay)
	o.Write(func(ctx context.Context, c *ent.Client) error { return demotest.Clone(ctx, c, like, ends, n) })
	return ends
}

// order is the renewal of all that ends up to a day, of few instalments.
func order(until calendar.Date) billing.RenewalOrder {
	return billing.RenewalOrder{Until: until, Instalments: 2, Key: "1"}
}

// work does what the outbox asks for of a renewal until it asks for nothing more.
func work(t *testing.T, o *demotest.Office, id uuid.UUID) {
	t.Helper()
	for range 5 {
		if err := desk(o).WorkOnRenewal(o.Worker(), id); err != nil {
			t.Fatal(err)
		}
		if err := desk(o).PrintAllOfRenewal(o.Worker(), id); err != nil {
			t.Fatal(err)
		}
	}
}

func TestManyCarnesAreRenewedAtOnceAndPrintedInOneFile(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		until, clerk := clones(o, 7), o.As("comercial")
		list, err := desk(o).Renewables(clerk, order(until), 1)
		if err != nil || list.Count != 7 || list.Total != 7*2*89_90 || list.Rows[0].Old != 0 || list.Rows[0].New != 89_90 {
			t.Fatalf("%+v, %v", list, err)
		}
		in := order(until)
		in.Shown = list.Seen()
		id := hundred(t, func() (any, error) {
			return desk(o).StartRenewal(clerk, in)
		}).(uuid.UUID)
		if list, err = desk(o).Renewables(clerk, order(until), 1); err != nil || list.Count != 0 {
			t.Errorf("what is being renewed is offered again: %+v, %v", list, err)
		}
		work(t, o, id)
		s, err := desk(o).Renewal(clerk, id, 1)
		if err != nil || s.State != rows.StateDone || s.Done != 7 || s.Failed != 0 || s.Printed != 7 {
			t.Fatalf("%+v, %v", s, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for i, item := range c.RenewalItem.Query().Where(renewalitem.RenewalID(id)).Order(renewalitem.ByPosition()).AllX(ctx) {
				made := c.Booklet.GetX(ctx, *item.BookletID)
				sub := c.Subscription.GetX(ctx, item.SubscriptionID)
				if made.SubscriptionID != item.SubscriptionID || made.StartOn != until || !sub.BilledUntil.After(until) {
					t.Errorf("item %d made %v", i, made)
				}
			}
			if n := c.Outbox.Query().Where(outbox.Kind(billing.PrintRenewal)).CountX(ctx); n != 1 {
				t.Errorf("the file is asked for %d times", n)
			}
			return nil
		})
		name, size, content, err := desk(o).RenewalPDF(clerk, id)
		if err != nil {
			t.Fatal(err)
		}
		paper, err := io.ReadAll(content)
		if err != nil || int64(len(paper)) != size || !bytes.HasPrefix(paper, []byte("%PDF-")) || bytes.Count(paper, []byte("/Type/Page/")) != 7 || name == "" {
			t.Errorf("%s has %d of %d bytes and %d pages, %v", name, len(paper), size, bytes.Count(paper, []byte("/Type/Page/")), err)
		}
		if _, _, _, err := desk(o).RenewalPDF(o.Stranger(), id); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		balanced(t, o)
	})
}

func TestARenewalKeepsWhatFailedWithItsReasonPausesAndTriesAgain(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		until, clerk := clones(o, 3), o.As("comercial")
		id, err := desk(o).StartRenewal(clerk, order(until))
		if err != nil {
			t.Fatal(err)
		}
		var first *ent.RenewalItem
		o.Write(func(ctx context.Context, c *ent.Client) error { // between the list and the work its price went up
			first = c.RenewalItem.Query().Where(renewalitem.RenewalID(id)).Order(renewalitem.ByPosition()).FirstX(ctx)
			return c.Subscription.UpdateOneID(first.SubscriptionID).SetPrice(99_90).Exec(ctx)
		})
		o.AllOrNothing(t, 4, func() error { return desk(o).PauseRenewal(clerk, id) })
		hundred(t, func() (struct{}, error) { return done(desk(o).PauseRenewal(clerk, id)) })
		work(t, o, id)
		if s, err := desk(o).Renewal(clerk, id, 1); err != nil || s.Done+s.Failed != 0 || s.State != rows.StatePaused {
			t.Fatalf("paused, it is %+v, %v", s, err)
		}
		o.AllOrNothing(t, 5, func() error { return desk(o).ResumeRenewal(clerk, id) })
		hundred(t, func() (struct{}, error) { return done(desk(o).ResumeRenewal(clerk, id)) }) // it goes on once
		work(t, o, id)
		s, err := desk(o).Renewal(clerk, id, 1)
		if err != nil || s.Done != 2 || s.Failed != 1 || len(s.Failures) != 1 || s.Failures[0].Code != "preview_stale" || s.State != rows.StateDone {
			t.Fatalf("%+v, %v", s, err)
		}
		if err := desk(o).PauseRenewal(clerk, id); demotest.Fault(err) != "renewal_over" {
			t.Errorf("paused when it is over: %v", err)
		}
		o.AllOrNothing(t, 5, func() error { return desk(o).RetryRenewal(clerk, id) })
		hundred(t, func() (struct{}, error) { return done(desk(o).RetryRenewal(clerk, id)) })
		if s, err = desk(o).Renewal(clerk, id, 1); err != nil || s.Failed != 0 {
			t.Errorf("tried again, it is %+v, %v", s, err)
		}
		work(t, o, id)
		if s, err = desk(o).Renewal(clerk, id, 1); err != nil || s.Done != 3 || s.Failed != 0 || s.Printed != 3 {
			t.Errorf("%+v, %v", s, err)
		}
		balanced(t, o)
	})
}

func TestRenewalsThatCannotBeAreRefusedByName(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		until, clerk := clones(o, 2), o.As("comercial")
		early, unseen := order(until.AddDays(-1)), order(until)
		unseen.Shown = "0/0"
		for want, in := range map[string]billing.RenewalOrder{"renewal_nothing": early, "renewal_unseen": unseen} {
			if _, err := desk(o).StartRenewal(clerk, in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := desk(o).StartRenewal(o.As("suporte"), order(until)); demotest.Fault(err) != "denied" {
			t.Errorf("suporte: %v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // one of them has no price, as an import may leave it
			sub := c.Subscription.Query().Where(subscription.BilledUntil(until), subscription.Booklet(true)).FirstX(ctx)
			return c.Subscription.UpdateOneID(sub.ID).SetPrice(0).Exec(ctx)
		})
		id, err := desk(o).StartRenewal(clerk, order(until))
		if err != nil {
			t.Fatal(err)
		}
		if s, err := desk(o).Renewal(clerk, id, 1); err != nil || s.Failed != 1 || s.Failures[0].Code != "no_price" {
			t.Errorf("%+v, %v", s, err)
		}
		for _, do := range []func(context.Context, uuid.UUID) error{desk(o).PauseRenewal, desk(o).ResumeRenewal, desk(o).RetryRenewal,
			func(ctx context.Context, id uuid.UUID) error { _, err := desk(o).Renewal(ctx, id, 1); return err }} {
			if err := do(o.Stranger(), id); demotest.Fault(err) != "not_found" {
				t.Errorf("a stranger: %v", err)
			}
		}
	})
}

func TestARenewalBeginsWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		until, clerk := clones(o, 2), o.As("comercial")
		o.AllOrNothing(t, 10, func() error {
			_, err := desk(o).StartRenewal(clerk, order(until))
			return err
		})
	})
}

func TestAPlanWhoseCompositionDoesNotSumMakesNoCarne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		in := renewal(o)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Plan.UpdateOneID(o.Service(o.Maria).PlanID).SetPrice(1_00).Exec(ctx)
		})
		if _, err := desk(o).IssueBooklet(o.As("comercial"), in); demotest.Fault(err) != "composition_sum" || tenants.FaultOf(err).Args["price"] == "" {
			t.Errorf("%v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(in.Subscription).SetPrice(0).Exec(ctx)
		})
		if _, err := desk(o).IssueBooklet(o.As("comercial"), in); demotest.Fault(err) != "servico: no_price" {
			t.Errorf("%v", err)
		}
	})
}
