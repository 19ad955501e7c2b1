package handlers_test

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"enlace/ent"
	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscribers"
)

func TestTheMenuOfACustomerLeadsToAllOfHisDesk(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("gerente")
		titles := map[string]string{"Serviços": "Maria Demonstração", "OS": "Ordens de serviço de Maria Demonstração"}
		menu := b.Get("/clientes/" + o.Maria.ID.String()).Doc.Find(".en-tabs a")
		if menu.Length() < 8 {
			t.Errorf("the menu has %d parts", menu.Length())
		}
		menu.Each(func(_ int, a *goquery.Selection) {
			href, _ := a.Attr("href")
			page := b.Get(href).Want(http.StatusOK)
			if want := cmp.Or(titles[a.Text()], a.Text()+" de Maria Demonstração"); page.H1() != want {
				t.Errorf("%s leads to %q", a.Text(), page.H1())
			}
			if here := page.Text(".en-tabs [aria-current=page]"); here != a.Text() {
				t.Errorf("on %s the menu says %q", a.Text(), here)
			}
		})
	})
}

func TestACustomersAccountIsWhatHeOwesAndPaid(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("financeiro")
		joao := "/clientes/" + o.Joao.ID.String() + "/financeiro"
		a, err := (billing.Desk{DB: o.DB}).Account(s.Ctx(), o.Joao.ID)
		if err != nil || a.Overdue <= 0 {
			t.Fatalf("%+v, %v", a, err)
		}
		page := b.Get(joao).Want(http.StatusOK)
		if said := page.Text("main"); !strings.Contains(said, a.Overdue.String()) || !strings.Contains(said, "1 fatura vencida") {
			t.Errorf("João owes %s: %s", a.Overdue, said)
		}
		late := a.Invoices[0]
		for _, s := range a.Invoices {
			if s.Status == billing.InvoiceOverdue {
				late = s
			}
		}
		paid := b.Get("/faturas/" + late.Invoice.ID.String() + "?valor=200,00").Press("Receber R$ 200,00 de João")
		if paid.Status != http.StatusOK {
			t.Fatal(paid.Status)
		}
		after, err := (billing.Desk{DB: o.DB}).Account(s.Ctx(), o.Joao.ID)
		if err != nil || after.Overdue != 0 || after.Credit != 20000-a.Overdue || after.Credits[0].Left != after.Credit {
			t.Fatalf("%+v, %v", after, err)
		}
		if said := b.Get(joao + "?situacao=pagas").Text("main"); !strings.Contains(said, "crédito de R$ "+after.Credit.String()) {
			t.Errorf("the credit is not shown: %s", said)
		}
	})
}

func TestTheCustomersPageSaysWhatIsOwed(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("financeiro")
		joao, maria := "/clientes/"+o.Joao.ID.String(), "/clientes/"+o.Maria.ID.String()
		bill := invoicesOf(o, o.Joao)[0]
		page := b.Get(joao).Want(http.StatusOK)
		if want := fmt.Sprintf(": fatura %d, vencida em %s", bill.Number, bill.Due.DayMonth()); !page.Has("Deve R$ ") || !page.Has(want) || !page.Has("Próximas e últimas faturas") {
			t.Errorf("João's page does not say %q: %s", want, page.Text("main"))
		}
		if page := b.Get(maria); page.Has("Deve R$") || !page.Has("Próximas e últimas faturas") {
			t.Errorf("Maria owes nothing: %s", page.Text("main"))
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return billing.ChargeInstallation(ctx, c, o.DB.Now(), o.DB.Today(ctx), o.Service(o.Maria), 150_00, o.DB.Today(ctx).AddDays(-5))
		})
		page = b.Get(maria).Want(http.StatusOK)
		if !page.Has("Deve R$ 150,00: Taxa de Instalação, vencida em 18/11") {
			t.Errorf("the fee is not seen: %s", page.Text("main"))
		}
		page = page.Click("Taxa de Instalação, R$ 150,00").Want(http.StatusOK)
		refused := page.Form("Receber R$ 150,00 de Maria").Set("Pago em", "24/11/2026").Submit().Want(http.StatusUnprocessableEntity)
		if refused.Form("Conferir").Value("Pago em") != "24/11/2026" {
			t.Errorf("refused with %v", refused.Problems())
		}
		page = page.Press("Receber R$ 150,00 de Maria").Want(http.StatusOK)
		if !page.Has("Paga") || page.Doc.Find("#baixa").Length() != 0 || !strings.HasPrefix(page.Toast(), "Recebido R$ 150,00.") {
			t.Errorf("%q, %s", page.Toast(), page.Text("main"))
		}
		if page := s.As("suporte").Get(page.Path); page.Doc.Find("#baixa").Length() != 0 {
			t.Error("support is offered the baixa")
		}
		s.AsOther("gerente").Get(page.Path).Want(http.StatusNotFound)
		b.Get(joao + "/financeiro").Want(http.StatusOK)
		b.Get("/faturas/" + bill.ID.String() + "?valor=500,00").Press("Receber R$ 500,00 de João").Want(http.StatusOK)
		if page := b.Get(joao); page.Has("Deve R$") || !page.Has("Tem um crédito de R$") {
			t.Errorf("João has credit: %s", page.Text("main"))
		}
	})
}

func TestTheGerenteSeesWhoWasNotLetIn(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("gerente")
		page := b.Get("/configuracoes").Click("Bot do Telegram").Want(http.StatusOK).Click("Tentativas").Want(http.StatusOK)
		if !page.Has("Nenhuma tentativa") {
			t.Error(page.Text("main"))
		}
		ctx := tenants.With(context.Background(), o.Here)
		for range 7 {
			if _, err := (subscribers.Desk{DB: o.DB}).Show(ctx, subscribers.Caller{Chat: 7}, subscribers.Card{Phone: "5591988880001"}); err != nil {
				t.Fatal(err)
			}
		}
		if page = b.Get(page.Path); !page.Has("Números de outra pessoa") || !page.Has("23/11/2026") || !page.Has("1 conversa") {
			t.Error(page.Text("main"))
		}
		s.As("comercial").Get(page.Path).Want(http.StatusForbidden)
		if others := s.AsOther("gerente").Get(page.Path); !others.Has("Nenhuma tentativa") {
			t.Error(others.Text("main"))
		}
	})
}

func TestAChatIsUnlinkedFromTheCustomersContacts(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		own := "/clientes/" + o.Maria.ID.String()
		desk := subscribers.Desk{DB: o.DB, Vault: o.Vault}
		if err := (bots.Desk{DB: o.DB, Vault: o.Vault}).SetBot(s.Ctx(), "123:abc", "fibranorte_bot"); err != nil {
			t.Fatal(err)
		}
		link, err := desk.Invite(s.Ctx(), o.Maria.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Open(tenants.With(context.Background(), o.Here), subscribers.Caller{Chat: 7}, strings.TrimPrefix(link.URL, "https://t.me/fibranorte_bot?start=")); err != nil {
			t.Fatal(err)
		}
		b := s.As("comercial")
		page := b.Get(own + "/contatos").Want(http.StatusOK)
		if !page.Has("Conversa do Telegram") || !page.Has("por link mostrado") {
			t.Fatal(page.Text("main"))
		}
		if seen := s.As("suporte").Get(own + "/contatos"); !seen.Has("Link impresso") || seen.Has("Cancelar link") || seen.Has("Desvincular") {
			t.Errorf("support sees %s", seen.Text("main"))
		}
		if taken := page.Press("Cancelar link").Want(http.StatusOK); !strings.HasPrefix(taken.Toast(), "O link dos papéis feitos até agora não vale mais.") {
			t.Errorf("%q", taken.Toast())
		}
		if after := page.Form("Desvincular").Submit(); !after.Has("Nenhuma conversa vinculada") {
			t.Errorf("still there: %s", after.Text("main"))
		}
	})
}
