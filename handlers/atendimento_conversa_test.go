package handlers_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/support"
	"enlace/tenants/tenanttest"
)

// A page of a ticket asks whether there is something new: mostly there is not, and the answer is empty; in the end it asks no more.
func TestThePageOfATicketAsksForNews(t *testing.T) {
	t.Parallel()
	o := demotest.Open(t, (*tenanttest.Seed).SQLiteProbed)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	d, maria := support.Desk{DB: o.DB}, o.Subscriber(o.Maria)
	row, err := d.OpenFromSubscriber(maria, o.Service(o.Maria).ID, "sem internet")
	if err != nil {
		t.Fatal(err)
	}
	own, b := "/atendimentos/"+row.ID.String(), s.As("suporte")
	news := func(page *handlerstest.Page) string {
		t.Helper()
		at, _ := page.Doc.Find("#conversa").Attr("hx-get")
		return at
	}
	page := b.Get(own).Want(http.StatusOK)
	if nav := page.Text(`nav a[href="/atendimentos"]`); !strings.Contains(nav, "1 espera resposta") {
		t.Errorf("the rail says %q", nav)
	}
	first := news(page)
	asked := o.Asked(func() {
		if answer := b.HTMX().Get(first).Want(http.StatusNoContent); answer.Body != "" {
			t.Errorf("nothing is new: %q", answer.Body)
		}
	})
	if len(asked) > 3 {
		t.Errorf("to find that nothing is new takes %v", asked)
	}
	if _, err := d.Reply(maria, row.ID, "ainda nada"); err != nil {
		t.Fatal(err)
	}
	part := b.HTMX().Get(first).Want(http.StatusOK)
	if part.H1() != "" || !part.Has("ainda nada") || part.Text("#avisos") != o.Maria.Name+" escreveu: ainda nada" || part.Doc.Find("textarea").Length() != 0 {
		t.Errorf("what is new is %s", part.Body)
	}
	second := news(part)
	b.HTMX().Get(second).Want(http.StatusNoContent)
	if page := b.Get(second).Want(http.StatusOK); page.Path != own || page.H1() == "" {
		t.Errorf("without script it leads to %s", page.Path)
	}
	o.Pass(21 * time.Minute)
	if part = b.HTMX().Get(second).Want(http.StatusOK); news(part) != "" || !part.Has("Atualizar") {
		t.Errorf("of a page that somebody has left it is %s", part.Body)
	}
	if answer := s.Browser().HTMX().Get(second); answer.Status != http.StatusNoContent || answer.Header.Get("HX-Redirect") != "" {
		t.Errorf("of a page whose session is over: %d", answer.Status)
	}
	for browser, want := range map[*handlerstest.Browser]int{s.As("tecnico"): http.StatusForbidden, s.AsOther("gerente"): http.StatusNotFound} {
		if got := browser.HTMX().Get(second).Status; got != want {
			t.Errorf("others are answered %d, want %d", got, want)
		}
	}
}

// Who is reached by letters alone gives a mark, says that it is not over, and is heard: by the link, without signing in.
func TestALetterLeadsToThePageOfItsTicket(t *testing.T) {
	t.Parallel()
	o := demotest.OpenSQLite(t)
	s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	row, err := support.Desk{DB: o.DB}.OpenFromSubscriber(o.Subscriber(o.Maria), o.Service(o.Maria).ID, "sem internet")
	if err != nil {
		t.Fatal(err)
	}
	var link string
	o.Read(func(ctx context.Context, c *ent.Client) error {
		link = "/protocolo/" + letterOf(ctx, o, row)
		return nil
	})
	own, b, anybody := "/atendimentos/"+row.ID.String(), s.As("suporte"), s.Browser()
	if page := anybody.Get(link).Want(http.StatusOK); page.H1() != "Protocolo "+row.Protocol || !page.Has("sem internet") || page.Has("De 1 a 5") || page.Has(o.Maria.Document) {
		t.Errorf("while it is open it is %s", page.Text("main"))
	}
	b.Get(own+"?abrir=resolver").Form("Resolver atendimento").Set("Descrição do fechamento", "conector trocado").Submit().Want(http.StatusOK)
	page := anybody.Get(link).Want(http.StatusOK)
	if refused := page.Form("Dar a nota").Submit().Want(http.StatusUnprocessableEntity); len(refused.Problems()) != 1 {
		t.Errorf("no mark is refused with %v", refused.Problems())
	}
	page = page.Form("Dar a nota").Set("De 1 a 5, como foi?", "4").Set("Quer dizer por quê?", "demorou").Submit().Want(http.StatusOK)
	if !page.Has("Obrigado pela sua nota: 4 de 5") || !page.Has("conector trocado") {
		t.Errorf("marked it is %s", page.Text("main"))
	}
	if card := b.Get(own); !card.Has("4 de 5") || !card.Has("demorou") {
		t.Error("who attended does not see it")
	}
	if list := b.Get("/atendimentos"); !list.Has("nota 4 de 5") {
		t.Error("the list does not say it")
	}
	if told := s.As("gerente").Get("/relatorios/avaliacoes?por=mes"); !told.Has("4,00") {
		t.Errorf("the report is %s", told.Text("main"))
	}
	page = page.Form("Reabrir o atendimento").Set("Ainda não resolveu?", "caiu de novo").Submit().Want(http.StatusOK)
	if !page.Has("caiu de novo") || page.Has("De 1 a 5") {
		t.Errorf("reopened it is %s", page.Text("main"))
	}
	if card := b.Get(own); !card.Has("O assinante espera resposta") {
		t.Error("nobody is called")
	}
	for _, path := range []string{link[:len(link)-1], "/protocolo/x"} {
		if got := anybody.Get(path).Want(http.StatusNotFound); got.Has(row.Protocol) {
			t.Errorf("%s shows it", path)
		}
	}
	if got := s.AsOther("gerente").Get(link).Status; got != http.StatusNotFound {
		t.Errorf("at another ISP: %d", got)
	}
	if got := anybody.Post(link+"/nota", url.Values{"nota": {"5"}}).Status; got != http.StatusForbidden {
		t.Errorf("without the token of a form: %d", got)
	}
}
