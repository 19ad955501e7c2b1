package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
)

// invoicesOf lists a customer's open invoices, the oldest first.
func invoicesOf(o *demotest.Office, who *ent.Customer) (rows []*ent.Invoice) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		rows = c.Invoice.Query().Where(invoice.CustomerID(who.ID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).AllX(ctx)
		return nil
	})
	return rows
}

func TestABaixaGivesJoaoHisServiceBack(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("financeiro")
		page := b.Get("/financeiro").Want(http.StatusOK)
		if !page.Has("João Suspenso") || page.Doc.Find("tbody tr").Length() != 1 {
			t.Fatalf("overdue are %s", page.Text("main"))
		}
		owed := page.Text("tbody td.main")
		page = page.Click(page.Text("tbody td:nth-child(2)")).Want(http.StatusOK)
		form := page.Form("Dar baixa")
		if form.Value("Valor recebido, R$") != owed || form.Value("Pago em") != "23/11/2026" || !page.Has("Multa por atraso") || !page.Has("Linha digitável") || !page.Has("(SCM)") {
			t.Fatalf("of %s the form asks %v; %s", owed, form.Values, page.Text("main"))
		}
		refused := form.Set("Valor recebido, R$", "0").Set("Pago em", "24/11/2026").Submit().Want(http.StatusUnprocessableEntity)
		if again := refused.Form("Dar baixa"); again.Value("Pago em") != "24/11/2026" || len(refused.Problems()) == 0 {
			t.Errorf("refused with %v", refused.Problems())
		}
		page = page.Form("Dar baixa").Submit().Want(http.StatusOK)
		if !strings.HasPrefix(page.Toast(), "Recebido R$ "+owed) || !strings.Contains(page.Toast(), "O serviço voltou a Habilitado.") {
			t.Errorf("the toast says %q", page.Toast())
		}
		if o.Service(o.Joao).Status != status.Enabled || !page.Has("Paga") || page.Doc.Find("#baixa").Length() != 0 {
			t.Errorf("João is %s; %s", o.Service(o.Joao).Status, page.Text("main"))
		}
		if list := b.Get("/financeiro?situacao=pagas"); !list.Has("João Suspenso") {
			t.Errorf("paid are %s", list.Text("main"))
		}
	})
}

func TestOnlyTheCashierReceives(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.As("comercial"), "/faturas/"+invoicesOf(o, o.Joao)[0].ID.String()
		if page := b.Get(own).Want(http.StatusOK); page.Doc.Find("#baixa").Length() != 0 {
			t.Error("a seller is offered the baixa")
		}
		values := s.As("financeiro").Get(own).Form("Dar baixa").Values
		values.Set("csrf", b.Get("/").Form("Sair").Values.Get("csrf"))
		if page := b.Post(own+"/baixa", values).Want(http.StatusForbidden); !page.Has("dar baixa") {
			t.Errorf("refused with %s", page.Text("main"))
		}
		if paper := b.Get(own + ".pdf").Want(http.StatusOK); paper.Header.Get("Content-Type") != "application/pdf" || !strings.HasPrefix(paper.Body, "%PDF-") {
			t.Errorf("the slip is %v", paper.Header)
		}
	})
}

func TestTheListsAreReadWithTheSameFewQueries(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("gerente")
		for _, path := range []string{"/carnes", "/financeiro", "/financeiro?situacao=abertas"} {
			few := queries(o, func() { b.Get(path).Want(http.StatusOK) })
			o.Write(func(ctx context.Context, c *ent.Client) error {
				for _, row := range c.Invoice.Query().AllX(ctx) {
					if row.PaidAt == nil {
						c.Invoice.UpdateOne(row).SetDue(row.Due.AddDays(-200)).ExecX(ctx)
					}
				}
				return nil
			})
			if many := queries(o, func() { b.Get(path).Want(http.StatusOK) }); many != few {
				t.Errorf("%s: %d queries, then %d", path, few, many)
			}
		}
	})
}

func queries(o *demotest.Office, do func()) (n int) {
	o.Break(func() error { n++; return nil })
	do()
	o.Break(nil)
	return n
}
