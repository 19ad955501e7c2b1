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

// baixa receives money at the counter.
func (w *Web) baixa(c *fiber.Ctx) error {
	invoice, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"valor", "pago_em", "motivo"}
	var wrong tenants.Fields
	in := billing.ReadReceipt(t, invoice, &wrong)
	var done *billing.Received
	if err = wrong.Err(); err == nil {
		done, err = w.billing().ReceiveAtCounter(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showInvoice(c, invoice, &f)
		}
		return err
	}
	said := fmt.Sprintf("Recebido %s da fatura %d.", views.Money(done.Payment.Amount), done.Standing.Invoice.Number)
	if done.Credit > 0 {
		said += " Ficou um crédito de " + views.Money(done.Credit) + "."
	}
	switch n := len(done.Restored); {
	case n == 1:
		said += " O serviço voltou a Habilitado."
	case n > 1:
		said += fmt.Sprintf(" %d serviços voltaram a Habilitado.", n)
	}
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, "/faturas/"+invoice.String())
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
	open := row.CancelledAt == nil && row.PaidAt == nil
	if refused != nil || open && session(c).Granted[staff.Receive] {
		v.Receive = w.receiveForm(c, one, refused)
	}
	return w.show(c, v)
}

func (w *Web) receiveForm(c *fiber.Ctx, one *billing.Invoice, refused *views.Form) *views.Receber {
	isp, _ := tenants.From(c.UserContext())
	v := &views.Receber{Action: "/faturas/" + one.Standing.Invoice.ID.String() + "/baixa", Said: "Hoje quita com " + views.Money(one.Owed()), Button: "Dar baixa"}
	if refused != nil {
		v.Form = *refused
		return v
	}
	v.Form = w.form(c)
	v.Form.Typed.Set("valor", views.Figures(one.Owed()))
	v.Form.Typed.Set("pago_em", isp.Today(w.DB.Now()).BR())
	return v
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
