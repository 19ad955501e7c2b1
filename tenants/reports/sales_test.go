package reports_test

import (
	"context"
	"testing"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/reports"
)

func TestSalesAreToldApartAndFollowedForThreeMonths(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		desk, joao, maria := reports.Desk{DB: o.DB}, o.Service(o.Joao), o.Service(o.Maria)
		sold := calendar.On(2026, 5, 10)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			c.Subscription.Update().SetSoldOn(sold.AddDays(-60)).ExecX(ctx) // the others of the office
			from := c.Origin.Create().SetName("Carro de som").SaveX(ctx)
			for _, name := range []string{"A", "B"} { // João is in two groups
				g := c.Group.Create().SetName(name).SaveX(ctx)
				c.CustomerGroup.Create().SetCustomerID(o.Joao.ID).SetGroupID(g.ID).ExecX(ctx)
			}
			c.Subscription.UpdateOneID(joao.ID).SetSoldOn(sold).SetEnabledOn(sold).SetPrice(120_00).SetDiscountFixed(20_00).SetOriginID(from.ID).ExecX(ctx)
			c.Subscription.UpdateOneID(maria.ID).SetSoldOn(sold).SetEnabledOn(sold).SetPrice(80_00).ClearOriginID().SetStatus(subscription.StatusCancelado).
				SetCancelledOn(calendar.On(2026, 8, 9)).SetEndedBy(subscription.EndedByCancellation).ExecX(ctx) // a day short of three months
			return nil
		})
		read := func(by reports.By) reports.Sales {
			s, err := desk.Sales(o.As("comercial"), by, calendar.On(2026, 5, 1), calendar.On(2026, 5, 31))
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		s := read(reports.ByOrigin)
		if want := (reports.SalesLine{Sold: 2, Enabled: 2, Ripe: 2, Alive: 1, Revenue: 100_00}); s.All != want || len(s.Rows) != 2 {
			t.Errorf("all are %+v, want %+v, in %d rows", s.All, want, len(s.Rows))
		}
		if groups := read(reports.ByGroup); groups.All.Sold != 2 || len(groups.Rows) < 3 {
			t.Errorf("by group: %+v", groups)
		}
		for _, by := range []reports.By{reports.BySeller, reports.ByPlan} {
			total := 0
			for _, row := range read(by).Rows {
				total += row.Sold
			}
			if total != 2 {
				t.Errorf("by %s: %d", by, total)
			}
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // a migration is no sale, and what it ended lives on in what came after it
			c.Subscription.UpdateOneID(joao.ID).SetMadeBy(subscription.MadeByMigration).SetChainID(maria.ID).ExecX(ctx)
			return c.Subscription.UpdateOneID(maria.ID).SetEndedBy(subscription.EndedByMigration).Exec(ctx)
		})
		if s, want := read(reports.ByOrigin), (reports.SalesLine{Sold: 1, Enabled: 1, Ripe: 1, Alive: 1, Revenue: 100_00}); s.All != want {
			t.Errorf("after the migration: %+v", s.All)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(joao.ID).SetStatus(subscription.StatusCancelado).SetCancelledOn(calendar.On(2026, 8, 9)).SetEndedBy(subscription.EndedByCancellation).Exec(ctx)
		})
		if s, want := read(reports.ByOrigin), (reports.SalesLine{Sold: 1, Enabled: 1, Ripe: 1}); s.All != want {
			t.Errorf("after its end, a day short of three months from the sale: %+v", s.All)
		}
		if _, err := desk.Sales(o.As("suporte"), reports.ByPlan, sold, sold); demotest.Fault(err) != "denied" {
			t.Errorf("support reads it: %v", err)
		}
		if s, err := desk.Sales(o.Stranger(), reports.ByPlan, sold, sold); err != nil || s.All.Sold != 0 {
			t.Errorf("a stranger counts %d, %v", s.All.Sold, err)
		}
	})
}

func TestTheMonthsOfAReportAreReadAsTyped(t *testing.T) {
	today := calendar.On(2026, 11, 23)
	for _, c := range []struct{ from, to, want string }{
		{"2026-05", "2026-06", "2026-05-01 2026-06-30"}, {"2026-06", "2026-05", "2026-05-01 2026-06-30"}, {"05/2026", "6/2026", "2026-05-01 2026-06-30"}, {"", "", "2026-11-01 2026-11-30"}, {"x", "2026-13", "2026-11-01 2026-11-30"},
	} {
		by, from, to := reports.ReadMonths(tenants.Typed{"de": c.from, "ate": c.to, "por": "plano"}, today, reports.SalesBys)
		if got := from.String() + " " + to.String(); got != c.want || by != reports.ByPlan {
			t.Errorf("%q to %q: %s by %s", c.from, c.to, got, by)
		}
	}
}
