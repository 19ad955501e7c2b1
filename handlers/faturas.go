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
		v.Linha, v.Pix = boleto.FormatLinha(one.Slip.Linha), one.Slip.PixPayload
		v.Head.Do = []views.Link{{Label: "Abrir PDF", Href: "/faturas/" + row.ID.String() + ".pdf"}}
	}
	for _, p := range one.Payments {
		v.Payments = append(v.Payments, views.Entry{Text: views.Money(p.Amount), Memo: fmt.Sprintf("%s, em %s · baixa em %s", views.Word("payments.source", string(p.Source)), p.PaidOn.BR(), views.Moment(p.ReceivedAt.In(isp.Zone)))})
	}
	if credit := one.Debt.Credit; credit > 0 {
		v.Payments = append(v.Payments, views.Entry{Text: "crédito de " + views.Money(credit), Href: customer + "/financeiro", Memo: "pago a mais, abate as próximas faturas"})
	}
	switch open := row.CancelledAt == nil && row.PaidAt == nil; {
	case open && session(c).Granted[staff.Receive]:
		if v.Receive, err = w.receiveForm(c, one, refused); err != nil {
			return err
		}
	case refused != nil:
		v.Refused = *refused
	}
	return w.show(c, v)
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
