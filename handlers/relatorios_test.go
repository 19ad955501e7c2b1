package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

func TestTheReportOfSales(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		page := s.As("comercial").Get("/").Click("Relatórios").Want(http.StatusOK)
		page = page.Form("Ver").Set("Do mês", "2015-01").Submit().Want(http.StatusOK)
		for _, by := range []string{"Grupo", "Vendedor", "Plano"} {
			if page = page.Click(by).Want(http.StatusOK); !strings.HasPrefix(page.Text("tfoot"), "Total") || page.Text("thead th:first-child") != by {
				t.Errorf("by %s: %s", by, page.Text("table"))
			}
		}
		file := page.Click("Exportar CSV").Want(http.StatusOK)
		if !strings.HasPrefix(file.Body, "\ufeffPlano;Vendas;") || strings.Count(file.Body, "\r\n") < 2 {
			t.Errorf("the file is %q", file.Body)
		}
		s.As("suporte").Get("/relatorios/vendas").Want(http.StatusForbidden)
	})
}

func TestTheReportOfMarks(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		service := o.Service(o.Maria)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Ticket.Create().SetProtocol("202600000001").SetCustomerID(service.CustomerID).SetSubscriptionID(service.ID).SetStatus(ticket.StatusFinalizado).SetChannel(ticket.ChannelTelegram).
				SetOpenedAt(o.DB.Now()).SetTouchedAt(o.DB.Now()).SetClosedAt(o.DB.Now()).SetRating(4).Exec(ctx)
		})
		page := s.As("gerente").Get("/atendimentos").Click("Avaliações").Want(http.StatusOK)
		for _, by := range []string{"Atendente", "Mês", "Setor"} {
			if page = page.Click(by).Want(http.StatusOK); page.Text("thead th:first-child") != by || !strings.HasSuffix(page.Text("tfoot"), "4,00") {
				t.Errorf("by %s: %s", by, page.Text("table"))
			}
		}
		file := page.Click("Exportar CSV").Want(http.StatusOK)
		if !strings.HasPrefix(file.Body, "\ufeffSetor;Finalizados;") || strings.Count(file.Body, "\r\n") < 2 {
			t.Errorf("the file is %q", file.Body)
		}
		s.As("suporte").Get("/relatorios/avaliacoes").Want(http.StatusForbidden)
		s.As("suporte").Get("/relatorios/avaliacoes.csv").Want(http.StatusForbidden)
	})
}

func TestWhatIsHeldOfACustomer(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		own := "/clientes/" + o.Maria.ID.String()
		page := s.As("suporte").Get(own).Click("Dados pessoais (LGPD)").Want(http.StatusOK)
		if !page.Has("Enquanto houver serviço e 5 anos depois") || !page.Has("Contratos") {
			t.Errorf("held: %s", page.Text("table"))
		}
		if file := page.Click("Exportar JSON").Want(http.StatusOK); !strings.Contains(file.Body, o.Maria.Document) {
			t.Errorf("the file is %q", file.Body)
		}
		if file := page.Click("Exportar PDF").Want(http.StatusOK); !strings.HasPrefix(file.Body, "%PDF-") {
			t.Error("the paper is none")
		}
		s.AsOther("gerente").Get(own + "/dados.pdf").Want(http.StatusNotFound)
		s.AsOther("gerente").Get(own + "/dados").Want(http.StatusNotFound)
		s.AsOther("gerente").Get(own + "/dados.json").Want(http.StatusNotFound)
	})
}
