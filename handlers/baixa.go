package handlers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/views"
)

// receiptFields are the fields of the form of a baixa, as they stand on the page.
var receiptFields = []string{"valor", "pago_em", "forma", "correspondente", "autenticacao", "motivo"}

// baixa receives money at the counter, or leads to the preview of what its button did not speak of.
func (w *Web) baixa(c *fiber.Ctx) error {
	invoice, err := id(c, "id")
	if err != nil {
		return err
	}
	own := "/faturas/" + invoice.String()
	t, f := w.typed(c)
	f.Order = partsIn(t)
	var wrong tenants.Fields
	in := billing.ReadReceipt(t, invoice, &wrong)
	var done *billing.Received
	if err = wrong.Err(); err == nil {
		done, err = w.billing().ReceiveAtCounter(c.UserContext(), in)
	}
	if fault := tenants.FaultOf(err); fault != nil && fault.Code == "receipt_unseen" {
		return w.redirect(c, own+"?"+typedAgain(t, receiptFields))
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showInvoice(c, invoice, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: receivedSaid(done), Paper: reciboLink(done.Receipt)})
	return w.redirect(c, own)
}

// partsIn are the fields of a baixa with those of the parts that were sent, after the amount they are parts of.
func partsIn(t tenants.Typed) []string {
	order := slices.Clone(receiptFields)
	for name := range t {
		if strings.HasPrefix(name, "parte_") {
			order = append(order, name)
		}
	}
	return order
}

func receivedSaid(done *billing.Received) string {
	said := fmt.Sprintf("Recebido %s da fatura %d.", views.Money(done.Payment.Amount), done.Standing.Invoice.Number)
	if done.Credit > 0 {
		said += " Ficou um crédito de " + views.Money(done.Credit) + "."
	}
	return said + restoredSaid(len(done.Restored)) + openedSaid(done.Opened)
}

// receiveForm is the form of a baixa with what it will do; refused is one that was not to be.
func (w *Web) receiveForm(c *fiber.Ctx, one *billing.Invoice, at *billing.Counter, refused *views.Form) (*views.Receber, error) {
	isp, _ := tenants.From(c.UserContext())
	row := one.Standing.Invoice
	v := &views.Receber{Self: "/faturas/" + row.ID.String(), Said: "Hoje quita com " + views.Money(one.Owed()), Seen: "nada", Button: "Conferir"}
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
	v.Form.Order, v.Hand = partsIn(t), handOf(&v.Form, at)
	if open := one.Open(); len(open) > 1 {
		for _, row := range open {
			field := v.Form.Text("parte_"+row.ID.String(), row.Description+", R$")
			field.Hint, field.Mode, field.Optional = "faltam "+views.Money(row.Amount-row.Settled), "decimal", true
			v.Parts = append(v.Parts, field)
			v.Form.Order = append(v.Form.Order, field.Name)
		}
	}
	t["chave"] = v.Form.Key
	var wrong tenants.Fields
	in, whom := billing.ReadReceipt(t, row.ID, &wrong), called(one.Customer)
	err := wrong.Err()
	var preview *billing.ReceiptPreview
	if err == nil {
		preview, err = w.billing().PreviewShown(c.UserContext(), one.Standing, in)
	}
	if err != nil {
		if refused == nil && !w.wrong(c, &v.Form, err) {
			return nil, err
		}
		return v, nil
	}
	v.Reason, v.Seen, v.Button = preview.Forgiven > 0, preview.Seen(), "Receber "+views.Money(in.Amount)+" de "+whom
	if !preview.Exact() {
		v.Preview = receiptPreview(preview, whom)
	}
	return v, nil
}

// called is how the office calls a customer: a person by the first name, a company by its whole one.
func called(who *ent.Customer) string {
	if len(who.Document) == 14 {
		return who.Name
	}
	return views.FirstName(who.Name)
}

// receiptPreview is how the amount falls on what is owed.
func receiptPreview(p *billing.ReceiptPreview, whom string) *views.Preview {
	t := views.Table{Caption: "O que a baixa faz", Tight: true, Columns: []views.Column{{Label: "Quita"}, {Label: "Valor, R$", Right: true, Main: true}}}
	line := func(what, memo string, amount string) {
		t.Rows = append(t.Rows, []views.Cell{{Text: what, Memo: memo}, {Text: amount}})
	}
	for _, part := range p.Principal {
		memo := ""
		if rest := part.Charge.Amount - part.Charge.Settled - part.Amount; rest > 0 {
			memo = "ficam " + views.Money(rest)
		}
		line(part.Charge.Description, memo, views.Figures(part.Amount))
	}
	if p.Fine > 0 {
		line("Multa por atraso", "", views.Figures(p.Fine))
	}
	if p.Interest > 0 {
		line("Juros", "", views.Figures(p.Interest))
	}
	if p.Credit > 0 {
		line("Crédito para "+whom, "abate as próximas faturas", views.Figures(p.Credit))
	}
	t.Foot = []views.Cell{{Text: "Recebido em " + p.Asked.PaidOn.BR()}, {Text: views.Figures(p.Asked.Amount)}}
	v := &views.Preview{Title: "Recebe " + views.Money(p.Asked.Amount), Tag: "prévia: nada foi gravado", Table: t}
	settles := p.Asked.Amount - p.Credit
	switch {
	case p.Left > 0:
		v.Next = fmt.Sprintf("A fatura continua em aberto: ficam %s a pagar.", views.Money(p.Left))
	case p.Late > 0:
		v.Next = fmt.Sprintf("A fatura fica paga; %s de multa e juros viram outra cobrança.", views.Money(p.Late))
	case p.Credit > 0:
		v.Next = fmt.Sprintf("Quita %s e sobra um crédito de %s para %s.", views.Money(settles), views.Money(p.Credit), whom)
	}
	if p.Forgiven > 0 {
		v.Next += fmt.Sprintf(" Com este dia deixam de ser cobrados %s de multa e juros.", views.Money(p.Forgiven))
	}
	return v
}
