package handlers_test

import (
	"context"
	"net/http"
	"testing"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/invoice"
	"enlace/handlers/handlerstest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/dunning"
)

func TestTheReguaShowsWhereADebtorStandsAndWhoIsSpared(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		b := s.As("gerente")
		page := b.Get("/financeiro/regua").Want(http.StatusOK)
		if !page.Has("João Suspenso") || !page.Has("Suspenso por Débito") || !page.Has("Rescisão possível a partir de") {
			t.Fatal(page.Text("main"))
		}
		if b.Get("/financeiro/regua?degrau=poupado").Has("João Suspenso") {
			t.Error("the filter shows everybody")
		}
		spare := b.Get("/servicos/" + o.Service(o.Joao).ID.String() + "/poupar").Want(http.StatusOK)
		refused := spare.Form("Salvar").Set("Quando há débito", "Não bloquear até um dia").Set("Até o dia", "01/01/2020").Submit()
		if refused.Status != http.StatusUnprocessableEntity || len(refused.Problems()) != 2 {
			t.Errorf("%d %v", refused.Status, refused.Problems())
		}
		saved := refused.Form("Salvar").Set("Até o dia", o.DB.Today(o.Worker()).AddDays(10).BR()).Set("Motivo", "prometeu pagar").Submit()
		if saved.Toast() != "Salvo." || !b.Get("/clientes/"+o.Joao.ID.String()+"/historico").Has("não bloquear até") {
			t.Errorf("%q %s", saved.Toast(), saved.Text("main"))
		}
		s.As("financeiro").Get("/servicos/"+o.Service(o.Joao).ID.String()+"/poupar").Want(http.StatusOK).Form("Salvar").Set("Motivo", "porque sim").Submit().Want(http.StatusForbidden)
		s.AsOther("gerente").Get("/servicos/" + o.Service(o.Joao).ID.String() + "/poupar").Want(http.StatusNotFound)
	})
}

func TestANoticeIsHandedOverOnPaperWhereThereIsNoEmail(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		var owed *ent.Invoice
		o.Write(func(ctx context.Context, c *ent.Client) error {
			c.Contact.Delete().Where(contact.KindEQ(contact.KindEmail)).ExecX(ctx)
			owed = c.Invoice.Query().Where(invoice.CustomerID(o.Joao.ID), invoice.NoticedOnNotNil()).FirstX(ctx)
			// A second one, of which nobody has told.
			owed = c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).FirstX(ctx)
			return c.Invoice.UpdateOne(owed).SetDue(o.DB.Today(ctx).AddDays(-9)).Exec(ctx)
		})
		run, err := dunning.Desk{DB: o.DB}.TellAll(o.Worker())
		if err != nil || run.Done != 0 || run.Left == 0 {
			t.Fatalf("%+v %v", run, err)
		}
		b := s.As("financeiro")
		paper := b.Get("/faturas/" + owed.ID.String()).Want(http.StatusOK).Click("Aviso de débito").Want(http.StatusOK)
		if !paper.Has("proteção ao crédito") || !paper.Has("Maria Demonstração") {
			t.Error(paper.Text("main"))
		}
		if refused := paper.Press("Registrar aviso entregue"); refused.Status != http.StatusUnprocessableEntity {
			t.Errorf("%d", refused.Status)
		}
		given := paper.Form("Registrar aviso entregue").Set("A quem e onde", "em mãos, no balcão").Submit().Want(http.StatusOK)
		if given.Path != "/faturas/"+owed.ID.String() || !b.Get(paper.Path).Has("carta: em mãos, no balcão") {
			t.Errorf("%s %s", given.Path, given.Text("main"))
		}
		s.AsOther("gerente").Get(paper.Path).Want(http.StatusNotFound)
	})
}
