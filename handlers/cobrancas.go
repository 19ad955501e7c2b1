package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/staff"
	"enlace/views"
)

// cobranca is the page of one charge.
func (w *Web) cobranca(c *fiber.Ctx) error {
	charge, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showCharge(c, charge, nil)
}

// baixaCobranca receives a charge that is on no invoice, the whole of it.
func (w *Web) baixaCobranca(c *fiber.Ctx) error {
	charge, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"pago_em"}
	var wrong tenants.Fields
	in := billing.ReadChargeReceipt(t, charge, &wrong)
	if err = wrong.Err(); err == nil {
		err = w.billing().ReceiveCharge(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showCharge(c, charge, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Recebido " + views.Money(in.Amount) + "."})
	return w.redirect(c, "/cobrancas/"+charge.String())
}

// showCharge shows a charge; refused is the form of a baixa that was not to be.
func (w *Web) showCharge(c *fiber.Ctx, charge uuid.UUID, refused *views.Form) error {
	isp, _ := tenants.From(c.UserContext())
	one, err := w.billing().Charge(c.UserContext(), charge)
	if err != nil {
		return err
	}
	tag, customer := views.StatusOf("invoice", string(one.Status)), "/clientes/"+one.CustomerID.String()
	v := views.Cobranca{
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: one.Customer.Name, Href: customer}, {Label: "Financeiro", Href: customer + "/financeiro"}},
			Here: fmt.Sprintf("Cobrança %d", one.Number), Title: one.Description, Facts: one.Customer.Name + " · vencimento " + one.Due.BR(), Tag: &tag},
		Facts: []views.Fact{{Term: "Cliente", Text: one.Customer.Name, Href: customer}, {Term: "Tipo", Text: views.Word("charges.kind", string(one.Kind))},
			{Term: "Vencimento", Text: one.Due.BR(), Num: true}, {Term: "Feita em", Text: views.Moment(one.CreatedAt.In(isp.Zone)), Num: true}},
		Table: views.Table{Caption: "O que se paga", Columns: []views.Column{{Label: "Cobrança"}, {Label: "Valor, R$", Right: true, Main: true}},
			Rows: [][]views.Cell{{{Text: one.Description, Memo: one.Memo}, {Text: views.Figures(one.Amount)}}}},
	}
	if one.Plan != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "Serviço", Text: one.Plan.Name, Href: "/servicos/" + one.SubscriptionID.String()})
	}
	if one.Invoice != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "Fatura", Text: fmt.Sprint(one.Invoice.Number), Href: "/faturas/" + one.Invoice.ID.String()})
	}
	if one.Settled > 0 {
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: "Já pago"}, {Text: views.Figures(-one.Settled), Minus: true}})
	}
	if one.CancelledAt == nil {
		v.Table.Foot = []views.Cell{{Text: "A pagar hoje"}, {Text: views.Figures(one.Owed())}}
	}
	for _, p := range one.Payments {
		v.Payments = append(v.Payments, views.Entry{Text: views.Money(p.Amount), Memo: fmt.Sprintf("%s, em %s · baixa em %s", views.Word("payments.source", string(p.Source)), p.PaidOn.BR(), views.Moment(p.ReceivedAt.In(isp.Zone)))})
	}
	switch open := one.InvoiceID == nil && one.ClosedAt == nil && one.CancelledAt == nil; {
	case open && session(c).Granted[staff.Receive]:
		v.Receive = &views.ReceberCobranca{Action: "/cobrancas/" + charge.String() + "/baixa", Amount: views.Figures(one.Owed()),
			Button: "Receber " + views.Money(one.Owed()) + " de " + called(one.Customer)}
		if v.Receive.Form = w.form(c); refused != nil {
			v.Receive.Form = *refused
			break
		}
		v.Receive.Form.Typed.Set("pago_em", isp.Today(w.DB.Now()).BR())
	case refused != nil:
		v.Refused = *refused
	}
	return w.show(c, v)
}
