package handlers

import (
	"fmt"
	"net/url"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/views"
)

// chargeFields are the fields of the form of a loose charge, as they stand on the page.
var chargeFields = []string{"tipo", "servico", "valor", "vencimento", "desconto", "descricao"}

// cobrancaNova asks for a loose charge and shows what it would be; what is asked stands in the address.
func (w *Web) cobrancaNova(c *fiber.Ctx) error {
	t, f := w.asked(c)
	return w.showNewCharge(c, t, f, nil)
}

// gerarCobranca makes the charge, with or without its invoice, or leads to the preview that was asked for.
func (w *Web) gerarCobranca(c *fiber.Ctx) error {
	customer, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	if t["ver"] != "" {
		asked := url.Values{}
		for _, name := range chargeFields {
			asked.Set(name, t[name])
		}
		return w.redirect(c, c.Path()+"?"+asked.Encode())
	}
	var wrong tenants.Fields
	in := billing.ReadNewCharge(t, customer, &wrong)
	if err := wrong.Err(); err != nil {
		return w.showNewCharge(c, t, f, err)
	}
	made, err := w.billing().GenerateCharge(c.UserContext(), in)
	if err != nil {
		return w.showNewCharge(c, t, f, err)
	}
	one, err := w.billing().Charge(c.UserContext(), made)
	if err != nil {
		return err
	}
	said := fmt.Sprintf("Cobrança %d de %s gerada: %s", one.Number, one.Customer.Name, views.Money(one.Amount))
	switch {
	case one.Invoice != nil:
		said += fmt.Sprintf(", com a fatura %d", one.Invoice.Number)
	case one.Amount == 0:
		said += ". Já nasce paga, sem boleto"
	}
	w.say(c, views.Toast{Said: said + "."})
	return w.redirect(c, "/cobrancas/"+made.String())
}

// showNewCharge shows the form with the preview of what is typed; refused is why what was sent could not be done.
func (w *Web) showNewCharge(c *fiber.Ctx, t tenants.Typed, f views.Form, refused error) error {
	customer, err := id(c, "id")
	if err != nil {
		return err
	}
	offer, err := w.billing().OfferCharge(c.UserContext(), customer)
	if err != nil {
		return err
	}
	own := "/clientes/" + customer.String()
	v := views.CobrancaNova{Action: own + "/cobrancas/nova", Loose: "Gerar Cobrança Avulsa", Invoiced: "Gerar Cobrança e Fatura",
		Missing: views.Empty{Title: "Digite o valor", Why: "A prévia mostra a cobrança antes de gravar."},
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: offer.Customer.Name, Href: own}, {Label: "Financeiro", Href: own + "/financeiro"}},
			Here: "Nova cobrança", Title: "Nova cobrança", Facts: offer.Customer.Name}}
	showChargeOffer(&v, offer, t)
	for name := range t {
		f.Typed.Set(name, t[name])
	}
	f.Order = chargeFields
	if t["valor"] != "" || refused != nil {
		if err := w.previewCharge(c, &v, t, &f, customer, refused); err != nil {
			return err
		}
	}
	v.Form = f
	return w.show(c, v)
}

// showChargeOffer lists what a charge can be of, and fills in what nobody has typed.
func showChargeOffer(v *views.CobrancaNova, offer *billing.ChargeOffer, t tenants.Typed) {
	for _, kind := range offer.Kinds {
		v.Kinds = append(v.Kinds, views.Option{Value: kind.ID.String(), Label: kind.Name})
	}
	for _, one := range offer.Services {
		v.Services = append(v.Services, views.Option{Value: one.ID.String(), Label: fmt.Sprintf("%s, serviço %d", one.Plan.Name, one.Number)})
	}
	v.Services = append(v.Services, views.Option{Label: "Nenhum: só do cliente"})
	for name, options := range map[string][]views.Option{"tipo": v.Kinds, "servico": v.Services} {
		if _, typed := t[name]; !typed && len(options) > 0 {
			t[name] = options[0].Value
		}
	}
	if _, typed := t["vencimento"]; !typed {
		t["vencimento"] = offer.Due.BR()
	}
}

// previewCharge reckons the charge that is typed. What was refused is said first, else what keeps the preview from being made.
func (w *Web) previewCharge(c *fiber.Ctx, v *views.CobrancaNova, t tenants.Typed, f *views.Form, customer uuid.UUID, refused error) error {
	var wrong tenants.Fields
	in := billing.ReadNewCharge(t, customer, &wrong)
	err := wrong.Err()
	var preview *billing.ChargePreview
	if err == nil {
		preview, err = w.billing().PreviewCharge(c.UserContext(), in)
	}
	if refused == nil {
		refused = err
	}
	if refused != nil && !w.wrong(c, f, refused) {
		return refused
	}
	if err != nil {
		v.Missing = missing(*f)
		return nil
	}
	v.Preview = chargePreview(preview)
	v.Loose += ": " + views.Money(preview.Amount)
	v.Invoiced += ": " + views.Money(preview.Amount)
	if preview.NoInvoice != nil {
		v.NoInvoice = views.FaultSentence(preview.NoInvoice) + "."
		if code, field := preview.NoInvoice.Fields["valor"]; field {
			v.NoInvoice = views.Sentence(code, preview.NoInvoice.Args) + "."
		}
	}
	return nil
}

// missing stands where a preview would, and says why there is none.
func missing(f views.Form) views.Empty {
	empty := views.Empty{Title: "Ainda não há prévia"}
	for _, p := range f.Problems {
		empty.Why += f.Listed(p) + ". "
	}
	return empty
}

// chargePreview is a charge with how its amount came about, and what it will lead to.
func chargePreview(p *billing.ChargePreview) *views.Preview {
	t := views.Table{Caption: "A cobrança", Tight: true, Columns: []views.Column{{Label: "O que se cobra"}, {Label: "Valor, R$", Right: true, Main: true}}}
	what := views.Cell{Text: p.Description}
	if p.Description != p.Kind.Name {
		what.Memo = p.Kind.Name
	}
	t.Rows = append(t.Rows, []views.Cell{what, {Text: views.Figures(p.Value)}})
	if p.Discount > 0 {
		t.Rows = append(t.Rows, []views.Cell{{Text: "Desconto"}, {Text: views.Figures(-p.Discount), Minus: true}})
	}
	t.Foot = []views.Cell{{Text: "A pagar em " + p.Due.BR()}, {Text: views.Figures(p.Amount)}}
	v := &views.Preview{Title: "Cobrança de " + views.Money(p.Amount), Tag: "prévia: nada foi gravado", Table: t}
	switch {
	case p.Amount == 0:
		v.Next = "Não há nada a pagar: já nasce paga, sem boleto."
	case p.Suspends:
		v.Next = "Vencida, pode suspender o serviço, depois do aviso de débito e do prazo dele."
	default:
		v.Next = "Vencida, não suspende serviço."
	}
	if p.PayableUntil != p.Due {
		v.Next = "Paga-se até " + p.PayableUntil.DayMonth() + ", o próximo dia útil. " + v.Next
	}
	if p.Amount > 0 && p.NoInvoice == nil {
		v.Next += " Com fatura: " + p.Method.Name + "."
	}
	return v
}
