package sales_test

import (
	"context"
	"sync"
	"testing"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/sales"
	"enlace/tenants/status"
)

// returned walks the draft of a return to its last page, and answers what Salvar sends.
func returned(o *demotest.Office, clerk context.Context, row *ent.Draft) (sales.Progress, error) {
	in := sales.Progress{Wizard: sales.AddService, Holder: o.Maria.ID, Draft: row.ID, Version: row.Version}
	for in.Page = 1; in.Page < sales.AddService.Last(); in.Page++ {
		in.Typed = tenants.Typed{}
		for field, value := range row.Data {
			in.Typed[field] = value
		}
		if in.Page == 2 {
			in.Typed["taxa"] = "none"
		}
		kept, err := desk(o).SaveStep(clerk, in)
		if err != nil {
			return in, err
		}
		in.Version = kept.Version
	}
	return in, nil
}

// ended is Maria's service, cancelled.
func ended(o *demotest.Office) *ent.Subscription {
	old := o.Service(o.Maria)
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.Subscription.UpdateOneID(old.ID).SetStatus(status.Cancelled).SetEndedBy(subscription.EndedByCancellation).SetCancelledOn(o.DB.Today(ctx)).Exec(ctx)
	})
	return old
}

func TestAReturnHappensWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		old, clerk := ended(o), o.As("comercial")
		var draft *ent.Draft
		o.AllOrNothing(t, 8, func() (err error) { draft, err = desk(o).Reactivate(clerk, old.ID); return err })
		in, err := returned(o, clerk, draft)
		if err != nil {
			t.Fatal(err)
		}
		var sold *sales.Sold
		o.AllOrNothing(t, 40, func() (err error) { sold, err = desk(o).Finish(clerk, in); return err })
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if link := c.Reactivation.Query().OnlyX(ctx); link.FromID != old.ID || link.ToID != sold.Subscription.ID {
				t.Errorf("they are linked by %v", link)
			}
			return nil
		})
		audited(t, o)
	})
}

// Two clerks have begun the return of one service, and each presses fifty times at once: one service is back.
func TestOfAHundredReturnsOneIs(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		old, clerks := ended(o), []context.Context{o.As("comercial"), o.As("gerente")}
		var asked []sales.Progress
		for _, clerk := range clerks {
			draft, err := desk(o).Reactivate(clerk, old.ID)
			if err != nil {
				t.Fatal(err)
			}
			in, err := returned(o, clerk, draft)
			if err != nil {
				t.Fatal(err)
			}
			asked = append(asked, in)
		}
		made, errs := make([]*sales.Sold, 100), make([]error, 100)
		var wg sync.WaitGroup
		for i := range made {
			wg.Add(1)
			go func() {
				defer wg.Done()
				made[i], errs[i] = desk(o).Finish(clerks[i%2], asked[i%2])
			}()
		}
		wg.Wait()
		won, is := 0, ""
		for i, err := range errs {
			switch {
			case err == nil && is != "" && is != made[i].Subscription.ID.String():
				t.Errorf("one was answered %s, another %s", is, made[i].Subscription.ID)
			case err == nil:
				won, is = won+1, made[i].Subscription.ID.String()
			case demotest.Fault(err) != "reactivated":
				t.Errorf("refused by %v", err)
			}
		}
		if won != 50 {
			t.Errorf("%d were answered with the service that is back, want the 50 of one draft", won)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Subscription.Query().Where(subscription.CustomerID(o.Maria.ID)).CountX(ctx); n != 2 {
				t.Errorf("she has %d services", n)
			}
			return nil
		})
		audited(t, o)
	})
}

func TestACancelledServiceComesBackAsANewOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, old, clerk := sales.Desk{DB: o.DB}, o.Service(o.Maria), o.As("comercial")
		if _, err := d.Reactivate(clerk, old.ID); demotest.Fault(err) != "not_cancelled" {
			t.Errorf("one that runs: %v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(old.ID).SetStatus(status.Cancelled).SetEndedBy(subscription.EndedByCancellation).SetCancelledOn(o.DB.Today(clerk)).Exec(ctx)
		})
		if _, err := d.Reactivate(o.Stranger(), old.ID); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := d.Reactivate(o.As("suporte"), old.ID); demotest.Fault(err) != "denied" {
			t.Errorf("suporte: %v", err)
		}
		draft, err := d.Reactivate(clerk, old.ID)
		if err != nil {
			t.Fatal(err)
		}
		other, err := d.Reactivate(clerk, old.ID) // begun twice, saved once
		if err != nil {
			t.Fatal(err)
		}
		finish := func(row *ent.Draft) (*sales.Sold, error) {
			in, err := returned(o, clerk, row)
			if err != nil {
				return nil, err
			}
			return d.Finish(clerk, in)
		}
		sold, err := finish(draft)
		if err != nil {
			t.Fatal(err)
		}
		fresh := sold.Subscription
		if fresh.ID == old.ID || fresh.PlanID != old.PlanID || fresh.MethodID != old.MethodID || fresh.DueDay != old.DueDay || fresh.Booklet != old.Booklet || fresh.Status != status.WaitingInstallation {
			t.Errorf("%+v is not the return of %+v", fresh, old)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			link := c.Reactivation.Query().OnlyX(ctx)
			if link.FromID != old.ID || link.ToID != fresh.ID || c.Subscription.GetX(ctx, old.ID).Status != status.Cancelled {
				t.Errorf("they are linked by %v", link)
			}
			if n := c.History.Query().Where(history.EventIn("service_came_back", "service_is_back")).CountX(ctx); n != 2 {
				t.Errorf("the history tells of it %d times", n)
			}
			return nil
		})
		if _, err := finish(other); demotest.Fault(err) != "reactivated" {
			t.Errorf("a second return: %v", err)
		}
		if _, err := d.Reactivate(clerk, old.ID); demotest.Fault(err) != "reactivated" {
			t.Errorf("begun again: %v", err)
		}
	})
}
