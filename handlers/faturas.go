package handlers

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/staff"
	"enlace/views"
)

// fatura is the page of one invoice.
func (w *Web) fatura(c *fiber.Ctx) error {
	invoice, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showInvoice(c, invoice, nil)
}

func (w *Web) faturaPDF(c *fiber.Ctx) error {
	invoice, err := id(c, "id")
	if err != nil {
		return err
	}
	name, content, err := w.billing().InvoicePDF(c.UserContext(), invoice)
	if err != nil {
		return err
	}
	return sendPDF(c, name, content)
}

// showInvoice shows an invoice; refused is the form of a baixa that was not to be.
func (w *Web) showInvoice(c *fiber.Ctx, invoice uuid.UUID, refused *views.Form) error {
	isp, _ := tenants.From(c.UserContext())
	one, err := w.billing().Invoice(c.UserContext(), invoice)
	if err != nil {
		return err
	}
	row, tag, customer := one.Standing.Invoice, invoiceStatus(one.Standing), "/clientes/"+one.Customer.ID.String()
	v := views.Fatura{
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: one.Customer.Name, Href: customer}}, Here: fmt.Sprintf("Fatura %d", row.Number),
			Title: fmt.Sprintf("Fatura %d", row.Number), Facts: one.Customer.Name + " · vencimento " + row.Due.BR(), Tag: &tag},
		Table: invoiceTable(one), Facts: invoiceFacts(one),
	}
	if row.CancelledAt == nil && row.PaidAt == nil && one.Slip != nil {
		if err := showSlip(&v, one.Standing); err != nil {
			return err
		}
		v.Head.Do = []views.Link{{Label: "Abrir PDF", Href: "/faturas/" + row.ID.String() + ".pdf"}}
		if may := session(c).Granted; may[staff.Receive] || may[staff.Charge] {
			v.Head.Do = append(v.Head.Do, views.Link{Label: "Enviar por Email", Href: "/faturas/" + row.ID.String() + "/email"})
		}
	}
	if one.MayEdit() == nil && session(c).Granted[staff.Charge] {
		v.Head.Do = append(v.Head.Do, views.Link{Label: "Editar", Href: "/faturas/" + row.ID.String() + "/editar"})
	}
	if one.Status == billing.InvoiceOverdue && session(c).Granted[staff.Receive] {
		v.Head.Do = append(v.Head.Do, views.Link{Label: "Aviso de débito", Href: "/faturas/" + row.ID.String() + "/aviso"})
	}
	for _, p := range one.Payments {
		v.Payments = append(v.Payments, paymentEntry(c, p, false))
	}
	for _, p := range one.Undone {
		v.Payments = append(v.Payments, paymentEntry(c, p, true))
	}
	if credit := one.Debt.Credit; credit > 0 {
		v.Payments = append(v.Payments, views.Entry{Text: "crédito de " + views.Money(credit), Href: customer + "/financeiro", Memo: "pago a mais, abate as próximas faturas"})
	}
	switch open := row.CancelledAt == nil && row.PaidAt == nil && one.Status != billing.InvoiceContested; {
	case open && session(c).Granted[staff.Receive]:
		at, err := w.billing().Counter(c.UserContext(), one.Customer.ID)
		if err != nil {
			return err
		}
		v.Credit = w.creditLink(c, "/faturas/"+row.ID.String()+"/credito", one.Spendable(at.Credits, isp))
		if v.Receive, err = w.receiveForm(c, one, at, refused); err != nil {
			return err
		}
	case refused != nil:
		v.Refused = *refused
	}
	v.Cancel = w.cancelInvoiceForm(c, one)
	return w.show(c, v)
}

// showSlip shows what an invoice is paid by, and warns where that is of another amount than what is owed today.
func showSlip(v *views.Fatura, s *billing.Standing) error {
	code, asked, err := s.PixToPay()
	if err != nil {
		return err
	}
	v.Linha, v.Pix = boleto.FormatLinha(s.Slip.Linha), code
	if s.Owed() == s.Slip.Amount {
		return nil
	}
	v.Other = &views.Verdict{Class: "warn", Said: "O boleto e o Pix são do valor original, " + views.Money(s.Slip.Amount)}
	switch {
	case v.Pix == "" || asked != s.Slip.Amount:
		v.Other.Said = "O boleto é do valor original, " + views.Money(s.Slip.Amount)
	case v.Linha == "":
		v.Other.Said = "O Pix é do valor original, " + views.Money(s.Slip.Amount)
	}
	proof := "Hoje deve " + views.Money(s.Owed()) + "."
	switch {
	case asked == s.Owed():
		v.PixOf = "Pix copia e cola de " + views.Money(s.Owed())
		proof += " O Pix abaixo é desse valor, para pagar hoje."
		if v.Linha == "" {
			v.Other = nil
		}
	case len(s.Payments) == 0:
		proof += " O que faltar de multa e juros vira outra cobrança."
	}
	if v.Other != nil {
		v.Other.Proof = []views.Link{{Label: proof}}
	}
	return nil
}

func invoiceFacts(one *billing.Invoice) []views.Fact {
	row := one.Standing.Invoice
	facts := []views.Fact{{Term: "Cliente", Text: one.Customer.Name, Href: "/clientes/" + one.Customer.ID.String()}}
	if one.Plan != nil {
		facts = append(facts, views.Fact{Term: "Serviço", Text: one.Plan.Name, Href: "/servicos/" + row.SubscriptionID.String()})
	}
	if one.Booklet != nil {
		facts = append(facts, views.Fact{Term: "Carnê", Text: fmt.Sprint(one.Booklet.Number), Href: "/carnes/" + one.Booklet.ID.String(), After: fmt.Sprintf(", parcela %d de %d", row.Instalment, one.Booklet.Instalments)})
	}
	due := dueCell(one.Standing)
	facts = append(facts, views.Fact{Term: "Vencimento", Text: due.Text, Num: true, Memo: due.Memo}, views.Fact{Term: "Forma de cobrança", Text: one.Method.Name})
	if one.Slip != nil && one.Slip.OurNumber != "" {
		facts = append(facts, views.Fact{Term: "Nosso número", Text: one.Slip.OurNumber, Mono: true})
	}
	if row.CancelledAt != nil {
		facts = append(facts, views.Fact{Term: "Cancelada", Text: row.CancelReason})
	}
	return facts
}

// composition is what a charge is made of, after its memo.
func composition(items []*ent.ChargeItem) (said string) {
	for _, item := range items {
		name, kind := item.Name, views.Word("charge_items.kind", string(item.Kind))
		if !strings.Contains(name, kind) {
			name += " (" + kind + ")"
		}
		said += " · " + name + " " + views.Figures(item.Amount)
	}
	return said
}
