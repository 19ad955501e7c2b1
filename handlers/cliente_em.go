package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/subscriptions"
	"enlace/views"
)

// clienteEm is a customer as of a day that is over; none asked for is yesterday.
func (w *Web) clienteEm(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.asked(c)
	isp, _ := tenants.From(c.UserContext())
	yesterday := isp.Today(w.DB.Now()).AddDays(-1)
	if t["dia"] == "" {
		t["dia"] = yesterday.BR()
		f.Typed.Set("dia", yesterday.BR())
	}
	var wrong tenants.Fields
	day := t.RequiredDate(&wrong, "dia")
	refused := wrong.Err()
	var p *subscriptions.Past
	if refused == nil {
		if p, err = w.subscriptions().AsOf(c.UserContext(), of, day); err != nil {
			refused = err
		}
	}
	if refused != nil {
		if !w.wrong(c, &f, refused) {
			return refused
		}
		card, err := w.customers().Card(c.UserContext(), of)
		if err != nil {
			return err
		}
		p = &subscriptions.Past{Customer: card.Customer}
	}
	own := "/clientes/" + of.String()
	v := views.Em{Head: w.customerHead(c, p.Customer), Tabs: views.CustomerTabs(of.String(), own+"/historico"), Action: own + "/em", Form: f}
	v.Head.Crumbs = append(v.Head.Crumbs, views.Link{Label: p.Customer.Name, Href: own}, views.Link{Label: "Históricos", Href: own + "/historico"})
	v.Head.Here, v.Head.Title = "Em um dia", p.Customer.Name+" em um dia"
	if refused != nil {
		return w.show(c, v)
	}
	said := day.BR()
	v.Head.Here, v.Head.Title = "Em "+said, p.Customer.Name+" em "+said
	v.Figures = []views.Figure{{Label: "Vencido", Value: views.Figures(p.Overdue), Memo: "sem multa e juros", Money: true}, {Label: "A vencer", Value: views.Figures(p.Open), Memo: "já cobrado", Money: true},
		{Label: "Crédito", Value: views.Figures(p.Credit), Memo: "do cliente", Money: true}}
	v.Services, v.Debts = pastServices(p, isp), pastDebts(p)
	v.None = views.Empty{Title: "Nenhum serviço", Why: "Nesse dia o cliente ainda não tinha comprado um serviço."}
	v.Clear = views.Empty{Title: "Nada em aberto", Why: "Nesse dia o cliente não devia nada que já estivesse cobrado."}
	v.Note = "Como estava no fim desse dia, pelo histórico e pelo razão: o que mudou depois não aparece. Descrições e vencimentos são os de hoje."
	return w.show(c, v)
}

func pastServices(p *subscriptions.Past, isp tenants.Tenant) views.Table {
	t := views.Table{Caption: "Serviços", Columns: []views.Column{{Label: "Serviço"}, {Label: "Situação", Named: true}, {Label: "Desde", Named: true}, {Label: "Titular", Named: true}, {Label: "Mensalidade, R$", Right: true, Main: true}}}
	for _, s := range p.Services {
		state, since := views.StatusOf("subscriptions.status", string(s.State)), "antes do histórico"
		if !s.Since.IsZero() {
			since = s.Since.In(isp.Zone).Format("02/01/2006, 15:04")
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: s.Plan, Href: "/servicos/" + s.ID.String(), Who: true, Memo: fmt.Sprintf("serviço %d", s.Number)}, {Status: &state}, {Text: since, Num: true}, {Text: s.HolderName},
			{Text: views.Figures(s.Monthly), Memo: s.Memo}})
	}
	return t
}

func pastDebts(p *subscriptions.Past) views.Table {
	t := views.Table{Caption: "O que devia", Columns: []views.Column{{Label: "Cobrança"}, {Label: "Vencimento", Named: true}, {Label: "Situação", Named: true}, {Label: "Devia, R$", Right: true, Main: true}}}
	for _, one := range p.Debts {
		state, href := "a vencer", "/cobrancas/"+one.ID.String()
		if one.Overdue {
			state = "vencida"
		}
		if one.InvoiceID != nil {
			href = "/faturas/" + one.InvoiceID.String()
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: one.Description, Href: href, Who: true}, {Text: one.Due.BR(), Num: true}, {Text: state}, {Text: views.Figures(one.Owed)}})
	}
	return t
}
