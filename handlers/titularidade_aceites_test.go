package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
)

// Whoever was given a link may say no, and why; a link that is over says so in words a stranger understands.
func TestOneRefusesATransferOnThePageOfTheLink(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		var at string
		o.Write(func(ctx context.Context, c *ent.Client) error {
			at = "/aceite/" + invitedTo(ctx, c, o, o.Service(o.Maria))
			return nil
		})
		b := s.Browser()
		page := b.Get(at).Want(http.StatusOK)
		if page.Has("Sistema interno") || page.Doc.Find("a[href='/']").Length() != 0 { // it is not the office's door
			t.Errorf("the page of a subscriber: %s", page.Text("body"))
		}
		refused := page.Form("Recusar a troca de titularidade").Set("Por que recusa", strings.Repeat("não ", 1100)).Submit().Want(http.StatusUnprocessableEntity)
		if len(refused.Problems()) != 1 || refused.Doc.Find("details[open]").Length() != 1 {
			t.Errorf("a novel: %v", refused.Problems())
		}
		page = refused.Form("Recusar a troca de titularidade").Set("Por que recusa", "não fico com o serviço").Submit().Want(http.StatusOK)
		if !page.Has("Recusada.") || !page.Has("continua de Maria Demonstração") || page.Doc.Find("form").Length() != 0 {
			t.Errorf("refused: %s", page.Text("main"))
		}
		for _, link := range []string{at, "/aceite/nada"} {
			if gone := b.Get(link).Want(http.StatusNotFound); gone.H1() != "Este link não vale mais" || gone.Doc.Find("main a").Length() != 0 || gone.Has("Sistema interno") {
				t.Errorf("%s: %s", link, gone.Text("main"))
			}
		}
		if history := s.As("comercial").Get("/clientes/" + o.Joao.ID.String() + "/historico"); !history.Has("recusada por João Suspenso: não fico com o serviço") {
			t.Errorf("the history says %s", history.Text("main"))
		}
	})
}
