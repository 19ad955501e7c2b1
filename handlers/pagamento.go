package handlers

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/payment"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
	"enlace/views"
)

// pagamento is the page of one payment: what it settled, where it lies, and its estorno.
func (w *Web) pagamento(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showPayment(c, one, nil)
}

// estornar takes a payment back.
func (w *Web) estornar(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"motivo"}
	var wrong tenants.Fields
	in := billing.ReadTakeback(t, one, &wrong)
	var back *ent.Payment
	if err = wrong.Err(); err == nil {
		back, err = w.billing().ReversePayment(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showPayment(c, one, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Estornada a baixa de " + views.Money(-back.Amount) + "."})
	return w.redirect(c, "/pagamentos/"+one.String())
}

// reciboPDF answers with the recibo; a second one is marked.
func (w *Web) reciboPDF(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	name, content, err := w.billing().ReciboPDF(c.UserContext(), one)
	if err != nil {
		return err
	}
	return sendPDF(c, name, content)
}

// showPayment shows a payment; refused is the form of an estorno that was not to be.
func (w *Web) showPayment(c *fiber.Ctx, of uuid.UUID, refused *views.Form) error {
	one, err := w.billing().Payment(c.UserContext(), of)
	if err != nil {
		return err
	}
	state := "stands"
	switch {
	case one.Undoes != nil:
		state = "undoes"
	case one.Undone != nil:
		state = "undone"
	}
	tag, customer, own := views.StatusOf("payment", state), "/clientes/"+one.CustomerID.String(), "/pagamentos/"+of.String()
	v := views.Pagamento{Facts: paymentFacts(c, one), Table: settledTable(one),
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: one.Customer.Name, Href: customer}, {Label: "Financeiro", Href: customer + "/financeiro"}}, Here: "Baixa",
			Title: "Baixa de " + views.Money(one.Amount), Facts: one.Customer.Name + " · " + one.PaidOn.BR(), Tag: &tag}}
	if one.Receipt != nil {
		v.Head.Do = []views.Link{{Label: fmt.Sprintf("Recibo %d", one.Receipt.Number), Href: "/recibos/" + one.Receipt.ID.String() + ".pdf"}}
	}
	switch {
	case one.Undone != nil:
		v.Undone = &views.Verdict{Class: "warn", Said: "Estornada em " + views.Moment(one.Undone.At.In(zoneOf(c))), Proof: []views.Link{{Label: one.Undone.Reason}}}
		if one.Undoes != nil {
			v.Undone.Said = "É o estorno de uma baixa de " + one.Undoes.PaidOn.BR()
			v.Undone.Proof = append(v.Undone.Proof, views.Link{Label: " Ver a baixa", Href: "/pagamentos/" + one.Undoes.ID.String()})
		}
	case one.Source == payment.SourceAgreement: // it is undone with the agreement
	case session(c).Granted[staff.Reverse]:
		v.Reverse = &views.Estorno{Form: w.form(c), Action: own + "/estorno", Does: reversalDoes(one), Button: "Estornar " + views.Money(one.Amount) + " de " + called(one.Customer)}
		if refused != nil {
			v.Reverse.Form = *refused
			refused = nil
		}
	}
	if refused != nil {
		v.Refused = *refused
	}
	return w.show(c, v)
}

// reversalDoes says what an estorno will do.
func reversalDoes(one *billing.PaymentCard) (said []string) {
	switch {
	case len(one.Parts) == 0:
		said = append(said, "Esta baixa não quitou nada: o que já estava pago continua pago.")
	case one.Invoice != nil:
		said = append(said, fmt.Sprintf("A fatura %d volta a dever o que esta baixa quitou, com multa e juros como se ela não tivesse entrado.", one.Invoice.Number))
	default:
		said = append(said, "A cobrança volta a dever o que esta baixa quitou.")
	}
	switch {
	case one.Source == payment.SourceCredit:
		said = append(said, "O crédito usado volta para o cliente.")
	case one.Source == payment.SourceCounter:
		said = append(said, "O dinheiro sai do seu caixa, na forma em que entrou.")
	case one.Correspondent != nil:
		said = append(said, one.Correspondent.Name+" deixa de dever este valor.")
	}
	if one.Credit > 0 {
		said = append(said, "O crédito de "+views.Money(one.Credit)+" que ela deixou é retirado.")
	}
	return append(said, "O serviço não é cortado por isto: só depois de um aviso novo, no prazo da lei.")
}

func paymentFacts(c *fiber.Ctx, one *billing.PaymentCard) []views.Fact {
	facts := []views.Fact{{Term: "Cliente", Text: one.Customer.Name, Href: "/clientes/" + one.CustomerID.String()}}
	if one.Invoice != nil {
		facts = append(facts, views.Fact{Term: "Fatura", Text: fmt.Sprint(one.Invoice.Number), Href: "/faturas/" + one.Invoice.ID.String()})
	}
	facts = append(facts, views.Fact{Term: "Por", Text: howPaid(one.Payment, one.Correspondent)}, views.Fact{Term: "Pago em", Text: one.PaidOn.BR(), Num: true},
		views.Fact{Term: "Registrada em", Text: views.Moment(one.ReceivedAt.In(zoneOf(c))), Num: true})
	if one.User != nil {
		facts = append(facts, views.Fact{Term: "Recebida por", Text: one.User.Name})
	}
	if one.Till != nil {
		facts = append(facts, views.Fact{Term: "Caixa", Text: fmt.Sprint(one.Till.Number), Href: "/caixas/" + one.Till.ID.String()})
	}
	return facts
}

// howPaid is how money came in: in which form, and through whom.
func howPaid(p *ent.Payment, through *ent.Correspondent) string {
	said := views.Word("payments.source", string(p.Source))
	if through != nil {
		said = through.Name
	}
	if p.Form == nil {
		return said
	}
	form := views.Word("payments.form", string(*p.Form))
	if *p.Form != payment.FormPix { // which is a name
		form = strings.ToLower(form)
	}
	return said + ", " + form
}

func settledTable(one *billing.PaymentCard) views.Table {
	t := views.Table{Caption: "O que quitou", Columns: []views.Column{{Label: "Quitou"}, {Label: "Valor, R$", Right: true, Main: true}}}
	for _, part := range one.Parts {
		cell := views.Cell{Text: views.Word("settlements.kind", string(part.Kind))}
		if part.Charge != nil {
			cell = views.Cell{Text: part.Charge.Description, Href: "/cobrancas/" + part.Charge.ID.String(), Memo: part.Charge.Memo}
		}
		t.Rows = append(t.Rows, []views.Cell{cell, {Text: views.Figures(part.Amount), Minus: part.Amount < 0}})
	}
	if one.Credit > 0 {
		t.Rows = append(t.Rows, []views.Cell{{Text: "Crédito do cliente", Memo: "pago a mais, abate as próximas faturas"}, {Text: views.Figures(one.Credit)}})
	}
	t.Foot = []views.Cell{{Text: "Ao todo"}, {Text: views.Figures(one.Amount)}}
	return t
}

// paymentEntry is a payment in a short list: it leads to its page, and to its recibo.
func paymentEntry(c *fiber.Ctx, p *ent.Payment, undone bool) views.Entry {
	e := views.Entry{Text: views.Money(p.Amount), Href: "/pagamentos/" + p.ID.String(),
		Memo: fmt.Sprintf("%s, em %s · baixa em %s", howPaid(p, nil), p.PaidOn.BR(), views.Moment(p.ReceivedAt.In(zoneOf(c))))}
	switch {
	case undone:
		state := views.StatusOf("payment", "undone")
		e.Status = &state
	case p.Amount < 0:
		state := views.StatusOf("payment", "undoes")
		e.Status = &state
	case p.ReceiptID != nil:
		e.Do = &views.Link{Label: "Recibo", Href: "/recibos/" + p.ReceiptID.String() + ".pdf"}
	}
	return e
}

// handOf are the choices of how money is handed over.
func handOf(f *views.Form, at *billing.Counter) (h views.Hand) {
	for _, form := range billing.Forms {
		h.Forms = append(h.Forms, views.Option{Value: string(form), Label: views.Word("payments.form", string(form))})
	}
	f.Typed.Set("forma", cmp.Or(f.Typed.Get("forma"), string(billing.Forms[0])))
	if at == nil || len(at.Correspondents) == 0 {
		return h
	}
	h.Shops = []views.Option{{Label: "Loja"}}
	for _, one := range at.Correspondents {
		h.Shops = append(h.Shops, views.Option{Value: one.ID.String(), Label: one.Name})
	}
	return h
}

// openedSaid says that the baixa opened a caixa.
func openedSaid(opened *ent.Till) string {
	if opened == nil {
		return ""
	}
	return fmt.Sprintf(" Seu caixa %d foi aberto com esta baixa, sem fundo de troco.", opened.Number)
}

// restoredSaid says which services run again.
func restoredSaid(n int) string {
	switch {
	case n == 1:
		return " O serviço voltou a Habilitado."
	case n > 1:
		return fmt.Sprintf(" %d serviços voltaram a Habilitado.", n)
	}
	return ""
}

// reciboLink leads to the recibo of what was just received.
func reciboLink(row *ent.Receipt) views.Link {
	if row == nil {
		return views.Link{}
	}
	return views.Link{Label: fmt.Sprintf("Abrir recibo %d", row.Number), Href: "/recibos/" + row.ID.String() + ".pdf"}
}

// usarCredito pays an invoice, or a charge without one, with what the customer has to the credit.
func (w *Web) usarCredito(c *fiber.Ctx) error {
	own, err := id(c, "id")
	if err != nil {
		return err
	}
	t, _ := w.typed(c)
	var wrong tenants.Fields
	invoice, charge, back := own, uuid.Nil, "/faturas/"
	if c.Route().Path == "/cobrancas/:id/credito" {
		invoice, charge, back = uuid.Nil, own, "/cobrancas/"
	}
	in := billing.ReadSpend(t, invoice, charge, &wrong)
	if err := wrong.Err(); err != nil {
		return err
	}
	spent, err := w.billing().SpendCredit(c.UserContext(), in)
	if err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "Usado crédito de " + views.Money(spent) + "."})
	return w.redirect(c, back+own.String())
}

// creditLink is the button that pays with a credit; nil where none serves.
func (w *Web) creditLink(c *fiber.Ctx, action string, parts []billing.SpentCredit) *views.Link {
	sum := billing.SumSpent(parts)
	if sum == 0 {
		return nil
	}
	f := w.form(c)
	f.Typed.Set("valor", views.Figures(sum))
	return &views.Link{Label: "Pagar " + views.Money(sum) + " com crédito", Href: action, Post: &f}
}

// dayAsked reads the day of an address, today where none is asked.
func dayAsked(t tenants.Typed, field string, today calendar.Date) calendar.Date {
	var wrong tenants.Fields
	if day := t.Date(&wrong, field); wrong.Err() == nil && !day.IsZero() {
		return day
	}
	return today
}
