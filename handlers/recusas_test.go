package handlers_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/handlers/handlerstest"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
)

// What cannot be is refused by name wherever a forger sends it, and nothing of it is done: no entry comes into the books.
func TestTheBillingDeskRefusesWhatCannotBe(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		desk, manager := billing.Desk{DB: o.DB}, o.As("gerente")
		b := s.As("gerente")
		csrf := b.Get("/caixa").Form("Sair").Values.Get("csrf")
		var paid, gone *ent.Invoice
		var fee *ent.Charge
		open, late := invoicesOf(o, o.Maria), invoicesOf(o, o.Joao)[0]
		if err := desk.ReleaseInvoices(manager, billing.Members{Booklet: *open[6].BookletID, Invoices: []uuid.UUID{open[6].ID}, Key: "1"}); err != nil {
			t.Fatal(err)
		}
		if err := desk.CancelInvoice(manager, billing.Cancelling{ID: open[6].ID, Reason: "feita por engano", Key: "1"}); err != nil {
			t.Fatal(err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			paid = c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtNotNil()).FirstX(ctx)
			gone = c.Invoice.GetX(ctx, open[6].ID)
			today := o.DB.Today(ctx)
			if err := billing.ChargeInstallation(ctx, c, o.DB.Now(), today, o.Service(o.Maria), 150_00, today.AddDays(5)); err != nil {
				return err
			}
			fee = c.Charge.Query().Where(charge.KindEQ(charge.KindInstallation)).OnlyX(ctx)
			return nil
		})
		receive := func(of *ent.Invoice) string { return "/faturas/" + of.ID.String() + "/baixa" }
		money := func(amount string) url.Values { return url.Values{"valor": {amount}, "pago_em": {"hoje"}} }
		edit := func(of *ent.Invoice, due, amount string) url.Values {
			return url.Values{fmt.Sprint(billing.EditDue, of.Number): {due}, fmt.Sprint(billing.EditAmount, of.Number): {amount}, "motivo": {"combinado por telefone"}}
		}
		carne, maria := "/carnes/"+open[0].BookletID.String(), "/clientes/"+o.Maria.ID.String()
		entries := func() (n int) {
			o.Read(func(ctx context.Context, c *ent.Client) error { n = c.LedgerEntry.Query().CountX(ctx); return nil })
			return n
		}
		before := entries()
		for name, bad := range map[string]struct {
			path   string
			values url.Values
			status int
			says   string
		}{
			"nothing received":            {receive(late), money("0,00"), http.StatusUnprocessableEntity, ""},
			"less than nothing received":  {receive(late), money("-10,00"), http.StatusUnprocessableEntity, "não pode ser negativo"},
			"no amount":                   {receive(late), money("dez"), http.StatusUnprocessableEntity, ""},
			"of a paid invoice":           {receive(paid), money("10,00"), http.StatusConflict, ""},
			"of a cancelled invoice":      {receive(gone), money("10,00"), http.StatusConflict, ""},
			"of nobody's invoice":         {"/faturas/" + demotest.Nobody.String() + "/baixa", money("10,00"), http.StatusNotFound, ""},
			"a paid instalment edited":    {carne + "/editar", edit(paid, "10/06/2027", "10,00"), http.StatusConflict, ""},
			"a date out of order":         {carne + "/editar", edit(open[1], open[3].Due.BR(), "89,90"), http.StatusUnprocessableEntity, "entre o da parcela de antes"},
			"a negative instalment":       {carne + "/editar", edit(open[1], open[1].Due.BR(), "-1,00"), http.StatusUnprocessableEntity, "não pode ser negativo"},
			"another's instalment edited": {carne + "/editar", edit(late, "10/06/2027", "10,00"), http.StatusNotFound, ""},
			"a paid one associated":       {carne + "/associar", url.Values{"faturas": {paid.ID.String()}}, http.StatusConflict, "já está neste carnê"},
			"associated twice":            {carne + "/associar", url.Values{"faturas": {open[0].ID.String()}}, http.StatusConflict, "já está neste carnê"},
			"another's associated":        {carne + "/associar", url.Values{"faturas": {late.ID.String()}}, http.StatusConflict, "não é só do serviço deste carnê"},
			"a cancelled one associated":  {carne + "/associar", url.Values{"faturas": {gone.ID.String()}}, http.StatusConflict, "cancelada"},
			"nobody's associated":         {carne + "/associar", url.Values{"faturas": {demotest.Nobody.String()}}, http.StatusNotFound, ""},
			"a charge made negative":      {"/cobrancas/" + fee.ID.String() + "/editar", url.Values{"novo_vencimento": {"hoje"}, "nova_descricao": {"Instalação"}, "novo_valor": {"-1,00"}, "motivo_edicao": {"combinado"}}, http.StatusUnprocessableEntity, "não pode ser negativo"},
			"an event of nothing":         {maria + "/eventos/novo", url.Values{"servico": {o.Service(o.Maria).ID.String()}, "efeito": {"acrescimo"}, "descricao": {"Roteador"}, "valor": {"0"}, "mes": {"hoje"}, "partes": {"1"}}, http.StatusUnprocessableEntity, ""},
			"an agreement over no debt":   {maria + "/acordos/novo", url.Values{"dividas": {open[0].ID.String()}, "parcelas": {"2"}, "primeiro_vencimento": {"hoje"}}, http.StatusConflict, "não está vencida"},
			"another's debt":              {maria + "/acordos/novo", url.Values{"dividas": {late.ID.String()}, "parcelas": {"2"}, "primeiro_vencimento": {"hoje"}}, http.StatusNotFound, ""},
		} {
			bad.values.Set("csrf", csrf)
			bad.values.Set("key", uuid.NewString())
			if page := b.Post(bad.path, bad.values); page.Status != bad.status || !page.Has(bad.says) {
				t.Errorf("%s was answered %d: %v %s", name, page.Status, page.Problems(), page.H1())
			}
			if after := entries(); after != before {
				t.Fatalf("%s left %d entries in the books", name, after-before)
			}
		}
		if page := s.AsOther("gerente").Get("/faturas/" + late.ID.String()); page.Status != http.StatusNotFound {
			t.Errorf("another ISP sees the invoice: %d", page.Status)
		}
	})
}
