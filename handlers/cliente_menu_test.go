package handlers_test

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/billing"
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

func TestAChatIsUnlinkedFromTheCustomersContacts(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		own := "/clientes/" + o.Maria.ID.String()
		desk := subscribers.Desk{DB: o.DB, Vault: o.Vault}
		if err := desk.SetBot(s.Ctx(), "123:abc", "fibranorte_bot"); err != nil {
			t.Fatal(err)
		}
		link, err := desk.Invite(s.Ctx(), o.Maria.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Accept(tenants.With(context.Background(), o.Here), 7, strings.TrimPrefix(link.URL, "https://t.me/fibranorte_bot?start=")); err != nil {
			t.Fatal(err)
		}
		b := s.As("comercial")
		page := b.Get(own + "/contatos").Want(http.StatusOK)
		if !page.Has("Conversa do Telegram") {
			t.Fatal(page.Text("main"))
		}
		if after := page.Form("Desvincular").Submit(); !after.Has("Nenhuma conversa vinculada") {
			t.Errorf("still there: %s", after.Text("main"))
		}
	})
}
