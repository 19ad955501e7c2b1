package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/handlers/handlerstest"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/routines"
	"enlace/views"
)

func TestTheGerenteSeesWhatTheNightDidAndTriesAgain(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		o.Pass(7 * 24 * time.Hour) // to 30/11
		b := s.As("gerente")
		for _, one := range routines.All {
			if views.Routine(one.Slug).Label == "" {
				t.Errorf("%s has no words", one.Slug)
			}
			if page := b.Get("/configuracoes/rotinas/" + one.Slug).Want(http.StatusOK); !page.Has("Ainda não rodou") {
				t.Errorf("%s: %s", one.Slug, page.Text("main"))
			}
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			if err := c.Subscription.Update().SetBooklet(true).Exec(ctx); err != nil {
				return err
			}
			due, there := o.DB.Today(ctx).AddDays(10), c.Subscription.Query().IDsX(ctx)
			if err := demotest.Clone(ctx, c, o.Service(o.Maria), due, 1); err != nil {
				return err
			}
			if err := c.Subscription.Update().Where(subscription.IDNotIn(there...)).SetBooklet(false).SetMode(subscription.ModeAntecipado).SetDueDay(due.Day()).Exec(ctx); err != nil {
				return err
			}
			plan := c.Plan.GetX(ctx, o.Service(o.Maria).PlanID)
			if err := c.Plan.UpdateOneID(plan.ID).AddPrice(1).Exec(ctx); err != nil { // what it is made of is its price no more
				return err
			}
			return c.TickRun.Create().SetKind(billing.BillMonth).SetDay(o.DB.Today(ctx)).SetStartedAt(o.DB.Now()).SetFinishedAt(o.DB.Now()).SetFailed(1).Exec(ctx)
		})
		if _, err := (billing.Desk{DB: o.DB}).BillMonth(o.Worker()); err != nil {
			t.Fatal(err)
		}
		page := b.Get("/configuracoes").Click("Rotinas").Want(http.StatusOK)
		if !page.Has("1 cliente por resolver") || !page.Has("Feita em parte") {
			t.Errorf("the list is %s", page.Text("main"))
		}
		page = page.Click("Faturamento mensal").Want(http.StatusOK)
		if !page.Has("Cliente 1") || !page.Has("A composição soma") {
			t.Fatalf("the page is %s", page.Text("main"))
		}
		if page = page.Press("Tentar de novo").Want(http.StatusOK); !strings.HasPrefix(page.Toast(), "Ainda não: A composição") {
			t.Errorf("tried again: %q", page.Toast())
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Plan.UpdateOneID(o.Service(o.Maria).PlanID).AddPrice(-1).Exec(ctx)
		})
		sheet := b.Get("/configuracoes/rotinas/faturamento-mensal.csv").Want(http.StatusOK)
		if lines := strings.Split(strings.TrimSpace(sheet.Body), "\r\n"); len(lines) != 2 || !strings.HasPrefix(lines[1], "Cliente 1;10/12/2026;Fibra 500 Mega;") {
			t.Errorf("the dry run is %q", sheet.Body)
		}
		if page = page.Press("Tentar de novo").Want(http.StatusOK); page.Toast() != "Feito." || page.Has("Por resolver") {
			t.Errorf("tried again when it can be: %q, %s", page.Toast(), page.Text("main"))
		}
		if status := s.As("comercial").Get("/configuracoes/rotinas").Status; status != http.StatusForbidden {
			t.Errorf("comercial sees them: %d", status)
		}
		b.Get("/configuracoes/rotinas/outra").Want(http.StatusNotFound)
	})
}
