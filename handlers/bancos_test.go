package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/slip"
	"enlace/handlers/handlerstest"
	"enlace/tenants/collection"
	"enlace/tenants/collection/banktest"
	"enlace/tenants/demo/demotest"
)

func TestARemessaIsWrittenAndARetornoReadOnTheirPages(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("financeiro")
		next := b.Get("/financeiro").Click("Bancos").Click("Ver remessa").Want(http.StatusOK)
		if !next.Has("prévia: nada foi gravado") || !next.Has("Maria Demonstração") {
			t.Fatal(next.Text("main"))
		}
		written := next.Press(next.Text("main form button")).Want(http.StatusOK)
		if !written.Has("Registra o boleto") || written.Toast() == "" {
			t.Fatal(written.Text("main"))
		}
		file := b.Get(written.Path + ".rem").Want(http.StatusOK)
		if !strings.Contains(file.Header.Get("Content-Disposition"), ".REM") {
			t.Errorf("%v", file.Header)
		}
		if again := b.Get(next.Path); !again.Has("O banco já sabe de tudo") {
			t.Errorf("%s", again.Text("main"))
		}
		var owed *ent.Slip
		o.Read(func(ctx context.Context, c *ent.Client) error {
			of := c.Invoice.Query().Where(invoice.CustomerID(o.Joao.ID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).FirstX(ctx)
			owed = c.Slip.Query().Where(slip.InvoiceID(of.ID)).OnlyX(ctx)
			return nil
		})
		bank, today := banktest.Read(t, []byte(file.Body)), o.DB.Today(o.Worker())
		retorno := string(bank.Retorno(1, banktest.Says{Mark: owed.Txid, Movement: "06", On: today, Paid: owed.Amount}, banktest.Says{Mark: owed.Txid, Movement: "28", On: today},
			banktest.Says{Mark: "of another system", Number: "000099999901011", Movement: "06", On: today, Paid: 89_90}))
		index := b.Get("/financeiro/bancos")
		if refused := uploadAs(t, b, index, "Enviar e dar baixa", "/financeiro/retornos", "foto.png", "PNG"); refused.Status != http.StatusUnprocessableEntity || !refused.Has("Não é um retorno de banco") {
			t.Errorf("%d %s", refused.Status, refused.Text("main"))
		}
		sent := uploadAs(t, b, index, "Enviar e dar baixa", "/financeiro/retornos", "dia.ret", retorno).Want(http.StatusOK)
		if !sent.Has("Dando baixa") || !sent.Has("0 de 3") {
			t.Fatalf("%s: %s", sent.Path, sent.Text("main"))
		}
		id := uuid.MustParse(sent.Path[strings.LastIndexByte(sent.Path, '/')+1:])
		if err := (collection.Desk{DB: o.DB, Vault: o.Vault}).Apply(o.Worker(), id); err != nil {
			t.Fatal(err)
		}
		if part := b.HTMX().Get(sent.Path + "/andamento"); part.Header.Get("HX-Redirect") != sent.Path {
			t.Errorf("%v", part.Header)
		}
		report := b.Get(sent.Path).Want(http.StatusOK)
		if !report.Has("Baixada") || !report.Has("Tarifa") || !b.Get(sent.Path+"?resultado=paid").Has("Baixada") {
			t.Errorf("%s", report.Text("main"))
		}
		if !b.Get("/clientes/" + o.Joao.ID.String()).Has("Habilitado") {
			t.Error("João's service is not back")
		}
		line := report.Click("Dizer de que fatura é").Want(http.StatusOK)
		number := fmt.Sprint(invoicesOf(o, o.Maria)[0].Number)
		shown, button := b.Get(line.Path+"?fatura="+number).Want(http.StatusOK), "Dar baixa na fatura "+number
		if !b.Get("/financeiro/bancos").Has("1 pagamento por colocar") || !line.Has("99999901011") || !shown.Has("prévia: nada foi gravado") || !shown.Has("Maria Demonstração") {
			t.Errorf("%s\n%s", line.Text("main"), shown.Text("main"))
		}
		if short := shown.Press(button); short.Status != http.StatusUnprocessableEntity || !short.Has("pelo menos 5 letras") || !short.Has(button) {
			t.Errorf("%d %s", short.Status, short.Text("main"))
		}
		if placed := shown.Form(button).Set("Como se sabe de quem é", "boleto do sistema antigo").Submit().Want(http.StatusOK); !placed.Has(number+", de Maria Demonstração") || placed.Has(button) {
			t.Error(placed.Text("main"))
		}
		if now := b.Get(sent.Path + "?resultado=unknown"); !now.Has("baixado à mão") || !now.Has("nada por colocar") {
			t.Error(now.Text("main"))
		}
		for _, path := range []string{written.Path, written.Path + ".rem", sent.Path, sent.Path + "/andamento", line.Path} {
			s.AsOther("gerente").Get(path).Want(http.StatusNotFound)
		}
		s.As("comercial").Get("/financeiro/bancos").Want(http.StatusForbidden)
	})
}

func TestAPixOfNoInvoiceIsPlacedOnItsPage(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		var number string
		o.Write(func(ctx context.Context, c *ent.Client) error {
			strangePix(ctx, c, o)
			number = fmt.Sprint(c.Invoice.Query().Where(invoice.CustomerID(o.Joao.ID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).FirstX(ctx).Number)
			return nil
		})
		b := s.As("financeiro")
		list := b.Get("/financeiro").Click("Pix recebidos").Want(http.StatusOK)
		if !list.Has("De nenhuma fatura") || !list.Has("89,90") {
			t.Fatal(list.Text("main"))
		}
		one := list.Click("E" + strings.Repeat("1", 31)).Want(http.StatusOK)
		if wrong := b.Get(one.Path + "?fatura=abc"); !wrong.Has("Nenhuma fatura tem este número") {
			t.Error(wrong.Text("main"))
		}
		shown := b.Get(one.Path + "?fatura=" + number).Want(http.StatusOK)
		if !shown.Has("prévia: nada foi gravado") || !shown.Has("João Suspenso") {
			t.Fatal(shown.Text("main"))
		}
		button := "Dar baixa na fatura " + number
		if short := shown.Press(button); short.Status != http.StatusUnprocessableEntity || !short.Has("pelo menos 5 letras") || !short.Has(button) {
			t.Errorf("%d %s", short.Status, short.Text("main"))
		}
		placed := shown.Form(button).Set("Como se sabe de quem é", "mandou o comprovante").Submit().Want(http.StatusOK)
		if !placed.Has("Baixado") || !placed.Has(number+", de João Suspenso") || placed.Has(button) {
			t.Error(placed.Text("main"))
		}
	})
}
