package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
)

func TestDesfazerByTheOffice(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.As("gerente"), "/servicos/"+o.Service(o.Maria).ID.String()
		b.Get(own + "/desfazer").Want(http.StatusNotFound) // nothing was done
		cancel := func() *handlerstest.Page {
			page := b.Get(own + "/cancelamento").Form("Ver prévia").Submit().Want(http.StatusOK)
			return page.Form("Cancelar Serviço").Set("Motivo", "Preço").Set("Nas palavras do cliente", "achou mais barato").Submit().Want(http.StatusOK)
		}
		var stood int
		count := func(ctx context.Context, c *ent.Client) error {
			stood = c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.CancelledAtIsNil()).CountX(ctx)
			return nil
		}
		o.Read(count)
		before := stood
		page := cancel().Click("Desfazer").Want(http.StatusOK) // from what has just been said
		for _, said := range []string{"Desfazer o Cancelamento", "cancelada: de", "volta a valer: de ", "Pode ser desfeito até", "24/11/2026, 09:00", "O serviço volta a"} {
			if !page.Has(said) {
				t.Errorf("the preview does not say %q: %s", said, page.Text("main"))
			}
		}
		refused := page.Form("Desfazer").Set("Motivo", "ops").Submit().Want(http.StatusUnprocessableEntity)
		if problems := refused.Problems(); len(problems) != 1 {
			t.Errorf("three letters: %v", problems)
		}
		page = refused.Form("Desfazer").Set("Motivo", "o cliente voltou atrás").Submit().Want(http.StatusOK)
		o.Read(count)
		if o.Service(o.Maria).Status != status.Enabled || !strings.Contains(page.Toast(), "Desfeito") || stood != before {
			t.Errorf("she is %s with %d invoices, before %d; %s says %q", o.Service(o.Maria).Status, stood, before, page.Path, page.Toast())
		}
		if done := b.Get(own + "/desfazer").Want(http.StatusOK); !done.Has("já foi desfeito em 23/11/2026, 09:00, por Ana Prado") { // the address is kept by browsers
			t.Errorf("undone already: %s", done.Text("main"))
		}
		if history := b.Get("/clientes/" + o.Maria.ID.String() + "/historico"); !history.Has("Cancelamento do serviço 1 desfeito: está Habilitado") {
			t.Errorf("the history is %s", history.Text("main"))
		}
		cancel()
		if page := b.Get(own).Click("Desfazer o Cancelamento").Want(http.StatusOK); !page.Has("O que volta") {
			t.Errorf("from Outras Opções: %s", page.Text("main"))
		}
		s.As("comercial").Get(own + "/desfazer").Want(http.StatusForbidden)
		s.AsOther("gerente").Get(own + "/desfazer").Want(http.StatusNotFound)
		o.Pass(25 * time.Hour) // the session is over, and so is the time to undo
		b = s.As("gerente")
		if late := b.Get(own + "/desfazer").Want(http.StatusOK); !late.Has("prazo para desfazer terminou em 24/11/2026, 09:00") {
			t.Errorf("late, the page says %s", late.Text("main"))
		}
	})
}

func TestDesfazerODesbloqueioByTheOffice(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.As("gerente"), "/servicos/"+o.Service(o.Joao).ID.String()
		page := b.Get(own+"/desbloqueio").Form("Salvar").Set("Motivo / Observação", "prometeu pagar").Submit().Want(http.StatusOK)
		page = page.Click("Desfazer").Want(http.StatusOK)
		if !page.Has("nenhum valor muda") || !page.Has("Desfazer o Desbloqueio") {
			t.Errorf("the preview says %s", page.Text("main"))
		}
		page = page.Form("Desfazer").Set("Motivo", "era de outro cliente").Submit().Want(http.StatusOK)
		if page.Has("Em confiança até") || !page.Has("Suspenso por Débito") {
			t.Errorf("the service is %s", page.Text("main"))
		}
	})
}

// A transfer is undone from the service's page, with the books of both before and after; both histories tell it.
func TestDesfazerATrocaByTheOffice(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, sub := s.As("gerente"), o.Service(o.Maria)
		own := "/servicos/" + sub.ID.String()
		page := b.Get(own + "/titularidade?titular=" + o.Joao.ID.String()).Form("Migrar Serviço").Submit().Want(http.StatusOK)
		page = page.Form("Migrar").Submit().Want(http.StatusOK)
		if holderOf(o, sub) != "João Suspenso" {
			t.Fatalf("it is held by %s, the page says %s", holderOf(o, sub), page.Text("main"))
		}
		page = page.Click("Desfazer").Want(http.StatusOK) // from what has just been said
		for _, said := range []string{"Desfazer a Troca de Titularidade", "O titular volta a ser", "de Maria Demonstração, vencem de", "volta a valer: de ", "de João Suspenso, vence em", "cancelada: de "} {
			if !page.Has(said) {
				t.Errorf("the preview does not say %q: %s", said, page.Text("main"))
			}
		}
		if page := b.Get(own).Click("Desfazer a Troca de Titularidade").Want(http.StatusOK); !page.Has("O que volta") {
			t.Errorf("from Outras Opções: %s", page.Text("main"))
		}
		page = page.Form("Desfazer").Set("Motivo", "era outro serviço").Submit().Want(http.StatusOK)
		if holderOf(o, sub) != "Maria Demonstração" || !strings.Contains(page.Toast(), "Desfeito") {
			t.Errorf("it is held by %s, the page says %q", holderOf(o, sub), page.Toast())
		}
		for _, who := range []*ent.Customer{o.Maria, o.Joao} {
			if page := b.Get("/clientes/" + who.ID.String() + "/historico"); !page.Has("Troca de titularidade desfeita") {
				t.Errorf("the history of %s is %s", who.Name, page.Text("main"))
			}
		}
	})
}
