package handlers_test

import (
	"net/http"
	"testing"
	"time"

	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscriptions"
)

func TestAClientAsOfADayByTheOffice(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		maria := o.Service(o.Maria)
		_, err := subscriptions.Desk{DB: o.DB}.Cancel(o.As("gerente"), subscriptions.Cancel{Subscription: maria.ID, Reason: "preco", Note: "achou mais barato"})
		if err != nil {
			t.Fatal(err)
		}
		o.Pass(24 * time.Hour)
		b, own := s.As("suporte"), "/clientes/"+o.Maria.ID.String()
		page := b.Get(own).Click("Como estava em um dia").Want(http.StatusOK) // yesterday: she was cancelled
		if !page.Has("Maria Demonstração em 23/11/2026") || !page.Has("Cancelado") {
			t.Errorf("yesterday: %s", page.Text("main"))
		}
		page = page.Form("Ver").Set("Dia", "22/11/2026").Submit().Want(http.StatusOK)
		if !page.Has("Habilitado") || !page.Has("89,90") || page.Has("Cancelado") {
			t.Errorf("the day before: %s", page.Text("main"))
		}
		for _, day := range []string{"24/11/2026", "31/02/2026", "amanhã"} {
			if page := b.Get(own + "/em?dia=" + day).Want(http.StatusUnprocessableEntity); len(page.Problems()) != 1 {
				t.Errorf("%s: %v", day, page.Problems())
			}
		}
		if page := b.Get(own + "/em?dia=2020-01-01").Want(http.StatusOK); !page.Has("Nenhum serviço") || !page.Has("Nada em aberto") {
			t.Errorf("before she came: %s", page.Text("main"))
		}
		s.AsOther("gerente").Get(own + "/em").Want(http.StatusNotFound)
	})
}
