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
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
)

func TestCancelarServicoByTheOffice(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.As("comercial"), "/servicos/"+o.Service(o.Maria).ID.String()
		page := b.Get(own).Click("Cancelar Serviço").Want(http.StatusOK)
		page = page.Form("Ver prévia").Submit().Want(http.StatusOK)
		for _, said := range []string{"faturas canceladas", "prévia: nada foi gravado", "O serviço termina hoje, 23/11/2026"} {
			if !page.Has(said) {
				t.Errorf("the preview does not say %q: %s", said, page.Text("#previa"))
			}
		}
		refused := page.Form("Cancelar Serviço").Submit().Want(http.StatusUnprocessableEntity)
		if problems := refused.Problems(); len(problems) != 2 {
			t.Errorf("neither reason nor words: %v", problems)
		}
		if refused.Has("Dispensar a multa de fidelidade") {
			t.Error("comercial may waive the penalty")
		}
		page = refused.Form("Cancelar Serviço").Set("Motivo", "Preço").Set("Nas palavras do cliente", "achou mais barato").Set("O que foi oferecido para ficar", "10 % por três meses").Submit().Want(http.StatusOK)
		if o.Service(o.Maria).Status != status.Cancelled || !strings.Contains(page.Toast(), "Serviço cancelado") {
			t.Errorf("she is %s, %s says %q", o.Service(o.Maria).Status, page.Path, page.Toast())
		}
		if again := b.Get(own + "/cancelamento").Want(http.StatusOK); !again.Has("Indisponível agora") || !again.Has("o serviço já está Cancelado") {
			t.Errorf("cancelled, the page says %s", again.Text("main"))
		}
		if history := b.Get("/clientes/" + o.Maria.ID.String() + "/historico"); !history.Has("Serviço cancelado, Preço: fatura final de") {
			t.Errorf("the history is %s", history.Text("main"))
		}
		wizard := b.Get(own).Press("Reativar").Want(http.StatusOK)
		if !strings.Contains(wizard.Path, "/servicos/novo?rascunho=") || !wizard.Has("Maria Demonstração") {
			t.Errorf("Reativar leads to %s: %s", wizard.Path, wizard.H1())
		}
		ended := o.Service(o.Maria).ID
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(ended).SetEndedBy(subscription.EndedByMigration).Exec(ctx)
		})
		if moved := b.Get(own); moved.Has("Reativar") {
			t.Errorf("what a migration ended is offered back: %s", moved.Text("main"))
		}
		s.As("suporte").Get(own + "/cancelamento").Want(http.StatusForbidden)
		s.AsOther("gerente").Get(own + "/cancelamento").Want(http.StatusNotFound)
	})
}

func TestPausarByTheOffice(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.As("comercial"), "/servicos/"+o.Service(o.Maria).ID.String()
		page := b.Get(own).Click("Pausar a Pedido").Want(http.StatusOK)
		short := page.Form("Ver prévia").Set("Volta em", "25/11/2026").Submit().Want(http.StatusUnprocessableEntity)
		if problems := short.Problems(); len(problems) != 1 || !strings.Contains(problems[0], "de 30 a 120 dias") {
			t.Errorf("two days: %v", problems)
		}
		page = short.Form("Ver prévia").Set("Volta em", "07/01/2027").Submit().Want(http.StatusOK)
		if !page.Has("dias sem serviço × R$ 89,90") {
			t.Errorf("the preview shows %s", page.Text("#previa"))
		}
		page = page.Form("Pausar").Set("Motivo", "vai viajar").Submit().Want(http.StatusOK)
		if o.Service(o.Maria).Status != status.Paused || !page.Has("Suspenso a Pedido") || !strings.Contains(page.Toast(), "em pausa até 07/01/2027") {
			t.Errorf("she is %s, %s says %q", o.Service(o.Maria).Status, page.Path, page.Toast())
		}
		o.Pass(24 * time.Hour) // the session is over
		b = s.As("comercial")
		back := b.Get(own).Click("Encerrar a Pausa").Want(http.StatusOK).Form("Ver prévia").Submit().Want(http.StatusOK)
		if !back.Has("em vez de") {
			t.Errorf("the preview of the return shows %s", back.Text("#previa"))
		}
		page = back.Form("Encerrar agora").Submit().Want(http.StatusOK)
		if o.Service(o.Maria).Status != status.Enabled || !strings.Contains(page.Toast(), "A pausa terminou") {
			t.Errorf("she is %s, %s says %q", o.Service(o.Maria).Status, page.Path, page.Toast())
		}
		if again := b.Get(own + "/pausa").Want(http.StatusOK); !again.Has("há uma pausa a cada 12 meses") {
			t.Errorf("a second one: %s", again.Text("main"))
		}
		s.As("financeiro").Get(own + "/pausa").Want(http.StatusForbidden)
		s.AsOther("gerente").Get(own + "/pausa").Want(http.StatusNotFound)
	})
}
