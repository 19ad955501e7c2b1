package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/payment"
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
		if !page.Has("João Suspenso") || page.Doc.Find("#lista tbody tr").Length() != 1 {
			t.Fatalf("overdue are %s", page.Text("main"))
		}
		owed := page.Text("#lista tbody td.main")
		page = page.Click(page.Text("#lista tbody td:nth-child(2) a")).Want(http.StatusOK)
		receive := "Receber R$ " + owed + " de João"
		form := page.Form(receive)
		if form.Value("Valor recebido, R$") != owed || form.Value("Pago em") != "23/11/2026" || !page.Has("Multa por atraso") || !page.Has("Linha digitável") || !page.Has("(SCM)") {
			t.Fatalf("of %s the form asks %v; %s", owed, form.Values, page.Text("main"))
		}
		refused := form.Set("Valor recebido, R$", "0").Set("Pago em", "24/11/2026").Submit().Want(http.StatusUnprocessableEntity)
		if again := refused.Form("Conferir"); again.Value("Pago em") != "24/11/2026" || len(refused.Problems()) == 0 {
			t.Errorf("refused with %v", refused.Problems())
		}
		page = page.Form(receive).Submit().Want(http.StatusOK)
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

func TestABaixaThatIsNotWhatIsOwedIsShownBeforeItIsSaved(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, bill := s.As("financeiro"), invoicesOf(o, o.Joao)[0]
		own := "/faturas/" + bill.ID.String()
		page := b.Get(own).Want(http.StatusOK)
		exact := page.Text("#baixa button")
		if page.Doc.Find(".en-via").Length() != 0 {
			t.Error("what is owed exactly needs no preview")
		}
		paid := func() (n int) {
			o.Read(func(ctx context.Context, c *ent.Client) error {
				n = c.Payment.Query().Where(payment.InvoiceID(bill.ID)).CountX(ctx)
				return nil
			})
			return n
		}
		page = page.Form(exact).Set("Valor recebido, R$", "500,00").Submit().Want(http.StatusOK)
		if paid() != 0 || !page.Has("prévia: nada foi gravado") || !page.Has("sobra um crédito de R$") || page.Text("#baixa button") != "Receber R$ 500,00 de João" {
			t.Fatalf("%d paid; %s shows %s", paid(), page.Path, page.Text("#baixa"))
		}
		if part := b.HTMX().Get(own + "?valor=30,00&pago_em=23/11/2026").Want(http.StatusOK); !part.Has("A fatura continua em aberto: ficam R$") || part.Text("#baixa button") != "Receber R$ 30,00 de João" {
			t.Errorf("a part shows %s", part.Text("#baixa"))
		}
		page = page.Press("Receber R$ 500,00 de João").Want(http.StatusOK)
		if paid() != 1 || !strings.Contains(page.Toast(), "Ficou um crédito de R$") || !page.Has("crédito de R$") {
			t.Errorf("%d paid: %q, %s", paid(), page.Toast(), page.Text("main"))
		}
		if page = b.Get("/clientes/" + o.Joao.ID.String() + "/historico"); !page.Has(fmt.Sprintf(": pago a mais na fatura %d", bill.Number)) {
			t.Errorf("the history shows %s", page.Text("main"))
		}
	})
}

func TestAnInvoicePaidInPartIsPaidByWhatIsLeft(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.As("financeiro"), "/faturas/"+invoicesOf(o, o.Maria)[0].ID.String()
		if page := b.Get(own); page.Has("valor original") || page.Doc.Find("[data-copy]").Length() != 2 {
			t.Errorf("the whole is owed: %s", page.Text("main"))
		}
		page := b.Get(own + "?valor=50,00").Press("Receber R$ 50,00 de Maria").Want(http.StatusOK)
		if !page.Has("O boleto é do valor original, R$ 89,90") || !page.Has("Pix copia e cola de R$ 39,90") || !strings.Contains(page.Text("#pix"), "540539.90") {
			t.Errorf("%s", page.Text("main"))
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Invoice.Update().Where(invoice.CustomerID(o.Joao.ID), invoice.PaidAtIsNil()).SetCancelledAt(o.DB.Now()).SetCancelReason("teste").Exec(ctx)
		})
		var gone *ent.Invoice
		o.Read(func(ctx context.Context, c *ent.Client) error {
			gone = c.Invoice.Query().Where(invoice.CustomerID(o.Joao.ID), invoice.CancelledAtNotNil()).FirstX(ctx)
			return nil
		})
		if page := b.Get("/faturas/" + gone.ID.String()); page.Has("A pagar hoje") || page.Has("Para pagar") {
			t.Errorf("a cancelled invoice asks for money: %s", page.Text("main"))
		}
	})
}

func TestABaixaThatDoesSomethingElseByNowIsShownAgain(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.As("financeiro"), "/faturas/"+invoicesOf(o, o.Joao)[0].ID.String()
		stale := b.Get(own).Want(http.StatusOK)
		whole := stale.Form(stale.Text("#baixa button"))
		b.Get(own + "?valor=30,00&pago_em=23/11/2026").Press("Receber R$ 30,00 de João").Want(http.StatusOK) // meanwhile
		if page := whole.Submit().Want(http.StatusOK); page.Toast() != "" || !page.Has("sobra um crédito de R$ 30,00 para João") {
			t.Errorf("%q, %s", page.Toast(), page.Text("#baixa"))
		}
		again := b.Get(own)
		last := again.Form(again.Text("#baixa button"))
		last.Submit().Want(http.StatusOK)
		second := last.Set("Pago em", "22/11/2026").Submit().Want(http.StatusConflict)
		if second.Doc.Find("#baixa").Length() != 0 || len(second.Problems()) != 1 {
			t.Errorf("a paid invoice still takes money: %s", second.Text("main"))
		}
	})
}

func TestOnlyTheCashierReceives(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b, own := s.As("comercial"), "/faturas/"+invoicesOf(o, o.Joao)[0].ID.String()
		if page := b.Get(own).Want(http.StatusOK); page.Doc.Find("#baixa").Length() != 0 {
			t.Error("a seller is offered the baixa")
		}
		page := s.As("financeiro").Get(own)
		values := page.Form(page.Text("#baixa button")).Values
		values.Set("csrf", b.Get("/").Form("Sair").Values.Get("csrf"))
		if page = b.Post(own+"/baixa", values).Want(http.StatusForbidden); !page.Has("dar baixa") {
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
