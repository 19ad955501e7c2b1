package sales_test

import (
	"context"
	"testing"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/sales"
	"enlace/tenants/status"
)

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
			in := sales.Progress{Wizard: sales.AddService, Holder: o.Maria.ID, Draft: row.ID, Version: row.Version}
			for in.Page = 1; in.Page < sales.AddService.Last(); in.Page++ {
				in.Typed = tenants.Typed{}
				for field, value := range row.Data {
					in.Typed[field] = value
				}
				if in.Page == 2 {
					in.Typed["taxa"] = "none"
				}
				kept, err := d.SaveStep(clerk, in)
				if err != nil {
					return nil, err
				}
				in.Version = kept.Version
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
