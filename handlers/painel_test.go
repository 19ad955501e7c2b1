package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"enlace/ent"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/reports"
)

// TestTheVisitsOfADayNeverPushThePanelDown has more visits than the panel shows, of which one should have begun.
func TestTheVisitsOfADayNeverPushThePanelDown(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			tecnico, kind := c.User.Query().Where(user.RoleEQ(user.RoleTecnico)).FirstX(ctx), c.WorkOrderType.Query().FirstX(ctx)
			c.WorkOrder.Update().SetStatus(workorder.StatusFinalizada).ExecX(ctx)
			for i := range reports.Shown + 2 {
				c.WorkOrder.Create().SetNumber(int64(9000 + i)).SetCustomerID(o.Joao.ID).SetSubscriptionID(o.Service(o.Joao).ID).SetTypeID(kind.ID).SetStatus(workorder.StatusAgendada).
					SetTechnicianID(tecnico.ID).SetStartsAt(o.DB.Now().Add(time.Duration(i)*time.Minute - time.Minute)).SetDescription("x").SetOpenedAt(o.DB.Now()).ExecX(ctx)
			}
			return nil
		})
		page := s.As("gerente").Get("/").Want(http.StatusOK)
		visits := page.Doc.Find("h2:contains('Visitas de hoje')").Closest("section")
		if n := visits.Find("li").Length(); n != reports.Shown || !strings.Contains(visits.Text(), "e outras") {
			t.Errorf("%d visits are shown: %s", n, visits.Text())
		}
		if first := visits.Find("li").First().Text(); !strings.Contains(first, "Atrasada") || !strings.Contains(first, "OS 9000, ") || strings.Contains(first, "sem técnico") {
			t.Errorf("the first visit says %q", first)
		}
		if list := s.As("gerente").Get("/ordens-de-servico"); !list.Has("Técnico") || !list.Has("Atrasada") {
			t.Errorf("the list says %s", list.Text("main"))
		}
	})
}

// TestATechnicianIsLedNowhereThatRefusesHim follows every link of the pages a technician has.
func TestATechnicianIsLedNowhereThatRefusesHim(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("tecnico")
		for _, path := range []string{"/", "/ordens-de-servico"} {
			page := b.Get(path).Want(http.StatusOK)
			page.Doc.Find("a[href^='/']").Each(func(_ int, link *goquery.Selection) {
				b.Get(link.AttrOr("href", "")).Want(http.StatusOK)
			})
			if page.Doc.Find("form[action='/buscar']").Length() != 0 {
				t.Errorf("%s offers a search that would refuse him", path)
			}
		}
	})
}

// TestTheBarCountsTheDraftsOnEveryPage keeps a draft and looks at another page.
func TestTheBarCountsTheDraftsOnEveryPage(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("comercial")
		b.Get("/clientes/novo").Form("Sair e guardar rascunho").Set("Nome completo", "Ana Beatriz Lima").Submit()
		if bar := b.Get("/carnes").Text(".en-end"); !strings.Contains(bar, "Rascunhos 1") {
			t.Errorf("the bar says %q", bar)
		}
	})
}
