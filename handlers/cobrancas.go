package handlers

import (
	"fmt"
	"time"

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
	return w.showCharge(c, charge, c.Query("abrir"), nil)
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
			return w.showCharge(c, charge, "baixa", &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Recebido " + views.Money(in.Amount) + "."})
	return w.redirect(c, "/cobrancas/"+charge.String())
}

// showCharge shows a charge; act is the form that stands open, and refused what was sent of it and was not to be.
func (w *Web) showCharge(c *fiber.Ctx, charge uuid.UUID, act string, refused *views.Form) error {
	isp, _ := tenants.From(c.UserContext())
	one, err := w.billing().Charge(c.UserContext(), charge)
	if err != nil {
		return err
	}
	tag, customer := views.StatusOf("invoice", string(one.Status)), "/clientes/"+one.CustomerID.String()
	v := views.Cobranca{
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: one.Customer.Name, Href: customer}, {Label: "Financeiro", Href: customer + "/financeiro"}},
			Here: fmt.Sprintf("Cobrança %d", one.Number), Title: one.Description, Facts: one.Customer.Name + " · vencimento " + one.Due.BR(), Tag: &tag},
		Facts: chargeFacts(one, isp.Zone), Table: chargeTable(one), Contest: contestVerdict(one, isp.Zone), History: happenings(one.History, isp.Zone),
	}
	for _, p := range one.Payments {
		v.Payments = append(v.Payments, views.Entry{Text: views.Money(p.Amount), Memo: fmt.Sprintf("%s, em %s · baixa em %s", views.Word("payments.source", string(p.Source)), p.PaidOn.BR(), views.Moment(p.ReceivedAt.In(isp.Zone)))})
	}
	if one.MayBeInvoiced() && session(c).Granted[staff.Receive] {
		v.Receive = &views.ReceberCobranca{Form: w.form(c), Action: "/cobrancas/" + charge.String() + "/baixa", Amount: views.Figures(one.Owed()),
			Button: "Receber " + views.Money(one.Owed()) + " de " + called(one.Customer)}
		v.Receive.Form.Typed.Set("pago_em", isp.Today(w.DB.Now()).BR())
	}
	v.Acts = w.chargeActs(c, one)
	v.Opens(act, refused)
	return w.show(c, v)
}

func chargeFacts(one *billing.ChargeCard, zone *time.Location) []views.Fact {
	facts := []views.Fact{{Term: "Cliente", Text: one.Customer.Name, Href: "/clientes/" + one.CustomerID.String()}, {Term: "Tipo", Text: views.Word("charges.kind", string(one.Kind))}}
	if one.Of != nil {
		facts[1].Text = one.Of.Name
	}
	facts = append(facts, views.Fact{Term: "Vencimento", Text: one.Due.BR(), Num: true}, views.Fact{Term: "Feita em", Text: views.Moment(one.CreatedAt.In(zone)), Num: true})
	if one.Plan != nil {
		facts = append(facts, views.Fact{Term: "Serviço", Text: one.Plan.Name, Href: "/servicos/" + one.SubscriptionID.String()})
	}
	suspends := "não suspende o serviço"
	if one.Suspends {
		suspends = "pode suspender o serviço"
	}
	facts = append(facts, views.Fact{Term: "Vencida", Text: suspends})
	if one.Invoice != nil {
		facts = append(facts, views.Fact{Term: "Fatura", Text: fmt.Sprint(one.Invoice.Number), Href: "/faturas/" + one.Invoice.ID.String()})
	}
	if one.CancelledAt != nil {
		facts = append(facts, views.Fact{Term: "Cancelada", Text: one.CancelReason, Memo: views.Moment(one.CancelledAt.In(zone))})
	}
	return facts
}

// chargeTable is what a charge is made of, what was paid of it and what is still to pay.
func chargeTable(one *billing.ChargeCard) views.Table {
	t := views.Table{Caption: "O que se paga", Columns: []views.Column{{Label: "Cobrança"}, {Label: "Valor, R$", Right: true, Main: true}},
		Rows: [][]views.Cell{{{Text: one.Description, Memo: one.Memo}, {Text: views.Figures(one.Amount)}}}}
	if len(one.Items) > 1 {
		t.Rows[0][0].Memo += composition(one.Items)
	}
	if one.Settled != 0 {
		t.Rows = append(t.Rows, []views.Cell{{Text: "Já pago"}, {Text: views.Figures(-one.Settled), Minus: true}})
	}
	switch {
	case one.Status == billing.InvoiceContested:
		t.Foot = []views.Cell{{Text: "A pagar depois da resposta, se improcedente"}, {Text: views.Figures(one.Owed())}}
	case one.CancelledAt == nil:
		t.Foot = []views.Cell{{Text: "A pagar hoje"}, {Text: views.Figures(one.Owed())}}
	}
	return t
}
