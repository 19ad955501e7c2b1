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

// baixaCobranca receives a charge that is on no invoice, or leads to the preview of what its button did not speak of.
func (w *Web) baixaCobranca(c *fiber.Ctx) error {
	charge, err := id(c, "id")
	if err != nil {
		return err
	}
	own := "/cobrancas/" + charge.String()
	t, f := w.typed(c)
	f.Order = receiptFields
	var wrong tenants.Fields
	in := billing.ReadChargeReceipt(t, charge, &wrong)
	var done *billing.Received
	if err = wrong.Err(); err == nil {
		done, err = w.billing().ReceiveCharge(c.UserContext(), in)
	}
	if fault := tenants.FaultOf(err); fault != nil && fault.Code == "receipt_unseen" {
		return w.redirect(c, own+"?"+typedAgain(t, receiptFields))
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showCharge(c, charge, "baixa", &f)
		}
		return err
	}
	said := "Recebido " + views.Money(in.Amount) + "."
	if done.Credit > 0 {
		said += " Ficou um crédito de " + views.Money(done.Credit) + "."
	}
	w.say(c, views.Toast{Said: said + restoredSaid(len(done.Restored)) + openedSaid(done.Opened), Paper: reciboLink(done.Receipt)})
	return w.redirect(c, own)
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
		v.Payments = append(v.Payments, paymentEntry(c, p, one.Undone[p.ID]))
	}
	if one.Contest != nil && session(c).Granted[staff.Receive] {
		enclosed, err := w.support().Enclosed(c.UserContext(), one.Contest.ID)
		if err != nil {
			return err
		}
		v.Enclosed = fileEntries(enclosed, isp.Zone)
	}
	var baixa *views.Form // what was sent of it and was not to be
	if act == "baixa" {
		baixa = refused
	}
	if one.MayBeInvoiced() && session(c).Granted[staff.Receive] {
		at, err := w.billing().Counter(c.UserContext(), one.CustomerID)
		if err != nil {
			return err
		}
		v.Credit = w.creditLink(c, "/cobrancas/"+charge.String()+"/credito", billing.SpendableOn(one.Charge, at.Credits, isp))
		if v.Receive, err = w.receiveCharge(c, one, at, baixa); err != nil {
			return err
		}
	}
	v.Acts = w.chargeActs(c, one)
	v.Opens(act, refused)
	return w.show(c, v)
}

// receiveCharge is the form of a charge's baixa with what it will do; refused is one that was not to be.
func (w *Web) receiveCharge(c *fiber.Ctx, one *billing.ChargeCard, at *billing.Counter, refused *views.Form) (*views.ReceberCobranca, error) {
	isp, _ := tenants.From(c.UserContext())
	v := &views.ReceberCobranca{Self: "/cobrancas/" + one.ID.String(), Said: "Quita com " + views.Money(one.Owed()), Seen: "nada", Button: "Conferir"}
	t := tenants.Typed{}
	switch {
	case refused != nil:
		v.Form = *refused
		for name := range v.Form.Typed {
			t[name] = v.Form.Typed.Get(name)
		}
	case c.Query("valor") != "" || c.Query("pago_em") != "":
		t, v.Form = w.asked(c)
	default:
		v.Form = w.form(c)
	}
	for name, value := range map[string]string{"valor": views.Figures(one.Owed()), "pago_em": isp.Today(w.DB.Now()).BR()} {
		if _, typed := t[name]; !typed {
			t[name] = value
			v.Form.Typed.Set(name, value)
		}
	}
	v.Hand, v.Form.Order, t["chave"] = handOf(&v.Form, at), receiptFields, v.Form.Key
	var wrong tenants.Fields
	in := billing.ReadChargeReceipt(t, one.ID, &wrong)
	err := wrong.Err()
	var preview *billing.ChargeReceiptPreview
	if err == nil {
		preview, err = w.billing().PreviewChargeReceipt(c.UserContext(), in)
	}
	if err != nil {
		if refused == nil && !w.wrong(c, &v.Form, err) {
			return nil, err
		}
		return v, nil
	}
	v.Seen, v.Button = preview.Seen(), "Receber "+views.Money(in.Amount)+" de "+called(one.Customer)
	if preview.Left > 0 || preview.Credit > 0 {
		v.Preview = chargeReceiptPreview(preview, called(one.Customer))
	}
	return v, nil
}

// chargeReceiptPreview is how the amount falls on a charge.
func chargeReceiptPreview(p *billing.ChargeReceiptPreview, whom string) *views.Preview {
	t := views.Table{Caption: "O que a baixa faz", Tight: true, Columns: []views.Column{{Label: "Quita"}, {Label: "Valor, R$", Right: true, Main: true}},
		Rows: [][]views.Cell{{{Text: p.Description}, {Text: views.Figures(p.Part)}}}, Foot: []views.Cell{{Text: "Recebido em " + p.Asked.PaidOn.BR()}, {Text: views.Figures(p.Asked.Amount)}}}
	next := "A cobrança continua em aberto: ficam " + views.Money(p.Left) + " a pagar."
	if p.Credit > 0 {
		t.Rows = append(t.Rows, []views.Cell{{Text: "Crédito para " + whom, Memo: "abate as próximas faturas"}, {Text: views.Figures(p.Credit)}})
		next = "Quita a cobrança e sobra um crédito de " + views.Money(p.Credit) + " para " + whom + "."
	}
	return &views.Preview{Title: "Recebe " + views.Money(p.Asked.Amount), Tag: "prévia: nada foi gravado", Table: t, Next: next}
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
