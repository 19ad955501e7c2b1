package handlers

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/money"
	"enlace/views"
)

// handfulFields are the fields of a baixa of several, as they stand on the page.
var handfulFields = []string{"itens", "valor", "pago_em", "forma", "correspondente", "autenticacao", "motivo"}

// baixaVarias shows what a customer has to pay, and what a baixa of what is ticked does.
func (w *Web) baixaVarias(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showHandful(c, of, nil)
}

// receberVarias receives several at once, or leads to the preview of what its button did not speak of.
func (w *Web) receberVarias(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = handfulFields
	var wrong tenants.Fields
	in := billing.ReadHandful(t, of, &wrong)
	var done *billing.Handed
	if err = wrong.Err(); err == nil {
		done, err = w.billing().ReceiveMany(c.UserContext(), in)
	}
	if fault := tenants.FaultOf(err); fault != nil && fault.Code == "receipt_unseen" {
		return w.redirect(c, "/clientes/"+of.String()+"/baixa?"+typedAgain(t, handfulFields))
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showHandful(c, of, &f)
		}
		return err
	}
	said := fmt.Sprintf("Recebido %s em %s.", views.Money(in.Amount), plural(done.Parts, "baixa", "baixas"))
	if done.Credit > 0 {
		said += " Ficou um crédito de " + views.Money(done.Credit) + "."
	}
	w.say(c, views.Toast{Said: said + restoredSaid(len(done.Restored)) + openedSaid(done.Opened), Paper: reciboLink(done.Receipt)})
	return w.redirect(c, "/clientes/"+of.String()+"/financeiro")
}

// typedAgain is what was typed, as the query of an address that shows it again.
func typedAgain(t tenants.Typed, fields []string) string {
	again := url.Values{}
	for name, typed := range t {
		if strings.HasPrefix(name, "parte_") {
			again.Set(name, typed)
		}
	}
	for _, name := range fields {
		if t[name] != "" {
			again.Set(name, t[name])
		}
	}
	return again.Encode()
}

// showHandful shows the form; refused is one that was not to be.
func (w *Web) showHandful(c *fiber.Ctx, of uuid.UUID, refused *views.Form) error {
	isp, _ := tenants.From(c.UserContext())
	a, at, err := w.billing().Payable(c.UserContext(), of)
	if err != nil {
		return err
	}
	own := "/clientes/" + of.String()
	v := views.BaixaVarias{Self: own + "/baixa", Seen: "nada", Button: "Conferir",
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: a.Customer.Name, Href: own}, {Label: "Financeiro", Href: own + "/financeiro"}}, Here: "Receber",
			Title: "Receber de " + a.Customer.Name, Facts: "várias faturas e cobranças de uma vez, com um recibo"},
		Empty: views.Empty{Title: "Nada a receber", Why: "Todas as faturas e cobranças estão pagas.", Next: views.Link{Label: "Voltar ao Financeiro", Href: own + "/financeiro"}}}
	t := tenants.Typed{}
	items, owed, late := payableOptions(a)
	v.Items = items
	switch {
	case refused != nil:
		v.Form = *refused
		for name := range v.Form.Typed {
			t[name] = strings.Join(v.Form.Typed[name], ",")
		}
	case len(c.Queries()) > 0:
		t, v.Form = w.askedMany(c)
	default:
		v.Form = w.form(c)
		t["itens"], t["valor"] = strings.Join(late, ","), views.Figures(owed)
		v.Form.Typed.Set("itens", t["itens"])
		v.Form.Typed.Set("valor", t["valor"])
	}
	if t["pago_em"] == "" {
		t["pago_em"] = isp.Today(w.DB.Now()).BR()
		v.Form.Typed.Set("pago_em", t["pago_em"])
	}
	v.Hand, v.Form.Order, t["chave"] = handOf(&v.Form, at), handfulFields, v.Form.Key
	if refused == nil && t["itens"] != "" && t["valor"] != "" {
		if err := w.previewHandful(c, &v, t, a); err != nil {
			return err
		}
	}
	return w.show(c, v)
}

// askedMany is asked for a page whose boxes of one name may be many.
func (w *Web) askedMany(c *fiber.Ctx) (tenants.Typed, views.Form) {
	f := w.form(c)
	c.Request().URI().QueryArgs().VisitAll(func(name, value []byte) {
		f.Typed.Add(string(name), strings.ToValidUTF8(string(value), ""))
	})
	t := tenants.Typed{}
	for name, values := range f.Typed {
		t[name] = strings.Join(values, ",")
	}
	return t, f
}

func (w *Web) previewHandful(c *fiber.Ctx, v *views.BaixaVarias, t tenants.Typed, a *billing.Account) error {
	var wrong tenants.Fields
	in := billing.ReadHandful(t, a.Customer.ID, &wrong)
	err := wrong.Err()
	var preview *billing.HandfulPreview
	if err == nil {
		preview, err = w.billing().PreviewShownMany(c.UserContext(), a, in)
	}
	if err != nil {
		if !w.wrong(c, &v.Form, err) {
			return err
		}
		return nil
	}
	v.Reason, v.Seen, v.Button = preview.Forgiven > 0, preview.Seen(), "Receber "+views.Money(in.Amount)
	v.Preview = handfulPreview(preview)
	return nil
}

// payableOptions are the boxes of what can be paid, the oldest first; what is overdue is summed and listed, so that it may be ticked at first.
func payableOptions(a *billing.Account) (all []views.Option, owed money.Cents, late []string) {
	for i := len(a.Invoices) - 1; i >= 0; i-- {
		s := a.Invoices[i]
		if s.Status == billing.InvoicePaid || s.Status == billing.InvoiceCancelled {
			continue
		}
		value := s.Invoice.ID.String()
		if s.Status == billing.InvoiceOverdue {
			owed, late = owed+s.Owed(), append(late, value)
		}
		all = append(all, views.Option{Value: value, Label: fmt.Sprintf("Fatura %d, %s", s.Invoice.Number, views.Money(s.Owed())),
			Memo: views.Word("invoice", string(s.Status)) + ", vencimento " + s.Invoice.Due.BR() + " · " + whatFor(s)})
	}
	for _, row := range a.Loose {
		all = append(all, views.Option{Value: row.ID.String(), Label: row.Description + ", " + views.Money(row.Amount-row.Settled), Memo: "cobrança sem fatura, vencimento " + row.Due.BR()})
	}
	return all, owed, late
}

// handfulPreview is how the amount falls on what is owed, invoice by invoice.
func handfulPreview(p *billing.HandfulPreview) *views.Preview {
	t := views.Table{Caption: "O que a baixa faz", Tight: true, Columns: []views.Column{{Label: "Quita"}, {Label: "Valor, R$", Right: true, Main: true}}}
	for _, part := range p.Parts {
		if one := part.Invoice; one != nil {
			memo := "quita"
			switch {
			case one.Left > 0:
				memo = "ficam " + views.Money(one.Left)
			case one.Fine+one.Interest > 0:
				memo = "quita, com " + views.Money(one.Fine+one.Interest) + " de multa e juros"
			}
			t.Rows = append(t.Rows, []views.Cell{{Text: fmt.Sprintf("Fatura %d", one.Invoice.Number), Memo: memo}, {Text: views.Figures(one.Asked.Amount - one.Credit)}})
			continue
		}
		memo := "quita"
		if part.Charge.Left > 0 {
			memo = "ficam " + views.Money(part.Charge.Left)
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: part.Charge.Description, Memo: memo}, {Text: views.Figures(part.Charge.Part)}})
	}
	if p.Credit > 0 {
		t.Rows = append(t.Rows, []views.Cell{{Text: "Crédito do cliente", Memo: "abate as próximas faturas"}, {Text: views.Figures(p.Credit)}})
	}
	t.Foot = []views.Cell{{Text: "Recebido em " + p.Asked.PaidOn.BR()}, {Text: views.Figures(p.Asked.Amount)}}
	v := &views.Preview{Title: "Recebe " + views.Money(p.Asked.Amount), Tag: "prévia: nada foi gravado", Table: t,
		Next: "O que foi marcado soma " + views.Money(p.Owed) + " neste dia."}
	if p.Left > 0 {
		v.Next += " Ficam " + views.Money(p.Left) + " a pagar."
	}
	if p.Late > 0 {
		v.Next += " " + views.Money(p.Late) + " de multa e juros viram outra cobrança."
	}
	if p.Forgiven > 0 {
		v.Next += fmt.Sprintf(" Com este dia deixam de ser cobrados %s de multa e juros.", views.Money(p.Forgiven))
	}
	return v
}
