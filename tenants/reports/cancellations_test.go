package reports_test

import (
	"context"
	"testing"

	"enlace/ent"
	"enlace/ent/cancellation"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/reports"
	"enlace/tenants/subscriptions"
)

func TestCancellationsAreToldApart(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, maria, joao := reports.Desk{DB: o.DB}, o.Service(o.Maria), o.Service(o.Joao)
		in := subscriptions.Cancel{Subscription: maria.ID, Reason: cancellation.ReasonMudanca, Note: "foi para outra cidade", Offer: "mudança grátis"}
		done, err := subscriptions.Desk{DB: o.DB}.Cancel(o.As("gerente"), in)
		if err != nil {
			t.Fatal(err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // one that another system had cancelled
			return c.Subscription.UpdateOneID(joao.ID).SetStatus(subscription.StatusCancelado).SetEndedBy(subscription.EndedByCancellation).
				SetCancelledOn(calendar.On(2026, 11, 2)).SetEnabledOn(calendar.On(2024, 11, 2)).SetPrice(100_00).Exec(ctx)
		})
		by, from, to := reports.ReadMonths(tenants.Typed{}, o.DB.Today(o.As("gerente")), reports.CancelledBys)
		if by != reports.ByReason {
			t.Errorf("without a filter by %s", by)
		}
		read := func(by reports.By) reports.Cancelled {
			r, err := desk.Cancelled(o.As("comercial"), by, from, to)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		r := read(by)
		want := reports.CancelledLine{Services: 2, Revenue: maria.Price + 100_00, Penalty: done.Penalty, Offered: 1}
		if r.All != want || len(r.Rows) != 2 || r.Rows[0].Name != "" || r.Rows[1].Name != "mudanca" {
			t.Errorf("all are %+v, want %+v, in %+v", r.All, want, r.Rows)
		}
		if lives := read(reports.ByMonths); len(lives.Rows) != 2 || lives.Rows[0].Name != "6" || lives.Rows[1].Name != reports.Longest {
			t.Errorf("by months of life: %+v", lives.Rows)
		}
		for _, by := range []reports.By{reports.BySeller, reports.ByPlan, reports.ByOrigin} {
			total := 0
			for _, row := range read(by).Rows {
				total += row.Services
			}
			if total != 2 {
				t.Errorf("by %s: %d", by, total)
			}
		}
		if other, err := desk.Cancelled(o.Stranger(), by, from, to); err != nil || other.All.Services != 0 {
			t.Errorf("a stranger reads %+v, %v", other.All, err)
		}
		if _, err := desk.Cancelled(o.As("suporte"), by, from, to); demotest.Fault(err) != "denied" {
			t.Errorf("suporte: %v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // a migration is no cancellation
			return c.Subscription.UpdateOneID(joao.ID).SetEndedBy(subscription.EndedByMigration).Exec(ctx)
		})
		if r := read(by); r.All.Services != 1 {
			t.Errorf("with a migration: %+v", r.All)
		}
	})
}
