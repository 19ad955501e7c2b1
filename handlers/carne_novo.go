package handlers

import (
	"fmt"
	"net/url"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/views"
)

// carneNovo asks for a carnê and shows what it would be; what is asked stands in the address.
func (w *Web) carneNovo(c *fiber.Ctx) error {
	t, f := w.asked(c)
	return w.showNewBooklet(c, t, f, nil)
}

// bookletFields are the fields of the form, as they stand on the page.
var bookletFields = []string{"inicio", "primeiro_vencimento", "parcelas"}

// gerarCarne makes the carnê, or leads to the preview that was asked for.
func (w *Web) gerarCarne(c *fiber.Ctx) error {
	customer, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	if t["ver"] != "" {
		asked := url.Values{}
		for _, name := range append([]string{"servico"}, bookletFields...) {
			asked.Set(name, t[name])
		}
		return w.redirect(c, c.Path()+"?"+asked.Encode())
	}
	var wrong tenants.Fields
	in := billing.ReadNewBooklet(t, customer, &wrong)
	if err := wrong.Err(); err != nil {
		return w.showNewBooklet(c, t, f, err)
	}
	issued, err := w.billing().IssueBooklet(c.UserContext(), in)
	if err != nil {
		return w.showNewBooklet(c, t, f, err)
	}
	made, err := w.billing().Booklet(c.UserContext(), issued.ID)
	if err != nil {
		return err
	}
	w.say(c, views.Toast{Said: fmt.Sprintf("Carnê %d de %s gerado: %s, %s.", made.Number, made.Customer.Name, plural(len(made.Instalments), "parcela", "parcelas"), views.Money(made.Total))})
	return w.redirect(c, "/carnes/"+issued.ID.String())
}

// showNewBooklet shows the form with the preview of what is typed; refused is why what was sent could not be done.
func (w *Web) showNewBooklet(c *fiber.Ctx, t tenants.Typed, f views.Form, refused error) error {
	customer, err := id(c, "id")
	if err != nil {
		return err
	}
	offer, err := w.billing().OfferBooklet(c.UserContext(), customer)
	if err != nil {
		return err
	}
	own := "/clientes/" + customer.String()
	v := views.CarneNovo{Action: own + "/carnes/novo", Head: views.Head{
		Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: offer.Customer.Name, Href: own}, {Label: "Carnês", Href: own + "/carnes"}},
		Here:   "Carnê Bancário", Title: "Carnê Bancário", Facts: offer.Customer.Name}}
	if _, chosen := t["servico"]; !chosen && len(offer.Services) == 1 {
		t["servico"] = offer.Services[0].Subscription.ID.String()
	}
	showOffer(&v, offer, t)
	for name := range t {
		f.Typed.Set(name, t[name])
	}
	f.Order = bookletFields
	if t["servico"] != "" {
		if err := w.previewInto(c, &v, t, &f, customer, refused); err != nil {
			return err
		}
	}
	v.Form = f
	return w.show(c, v)
}

// showOffer names the services a carnê can be made for, and fills in what nobody has typed about the one that is chosen.
func showOffer(v *views.CarneNovo, offer *billing.Offer, t tenants.Typed) {
	v.Missing = views.Empty{Title: "Escolha o serviço", Why: "A prévia mostra cada parcela antes de gravar."}
	if len(offer.Services) == 0 {
		v.Missing = views.Empty{Title: "Nenhum serviço com carnê", Why: "Ligue Usa Carnê na cobrança de um serviço do cliente.", Next: views.Link{Label: "Ver serviços", Href: "/clientes/" + offer.Customer.ID.String()}}
	}
	for _, one := range offer.Services {
		sub := one.Subscription
		chosen := t["servico"] == sub.ID.String()
		if len(offer.Services) > 1 {
			v.Services = append(v.Services, views.Chip{Label: fmt.Sprintf("%s, serviço %d", one.Plan, sub.Number), Href: v.Action + "?servico=" + sub.ID.String(), Current: chosen})
		}
		if !chosen {
			continue
		}
		v.Start = views.CarneSince(string(one.Since)) + ": " + one.Start.BR()
		v.Whom = "Para " + offer.Customer.Name + ". O PDF fica pronto em segundos."
		v.Head.Facts = fmt.Sprintf("%s, %s · %s · %s, %s", one.Plan, monthlySaid(sub), sub.Mode, dueDay(sub.DueDay), one.Method)
		for name, value := range map[string]string{"inicio": one.Start.BR(), "primeiro_vencimento": one.FirstDue.BR(), "parcelas": "12"} {
			if _, typed := t[name]; !typed {
				t[name] = value
			}
		}
	}
}

// monthlySaid is what a service costs a month, R$ 67,91 (79,90 − 15 %).
func monthlySaid(sub *ent.Subscription) string {
	monthly, memo := billing.MonthlyOf(sub)
	if memo == "" {
		return views.Money(monthly)
	}
	return views.Money(monthly) + " (" + memo + ")"
}

// previewInto reckons the carnê that is typed. What was refused is said first, else what keeps the preview from being made.
func (w *Web) previewInto(c *fiber.Ctx, v *views.CarneNovo, t tenants.Typed, f *views.Form, customer uuid.UUID, refused error) error {
	var wrong tenants.Fields
	in := billing.ReadNewBooklet(t, customer, &wrong)
	err := wrong.Err()
	var preview *billing.BookletPreview
	if err == nil || v.Start == "" { // one that is not offered is refused for what it is, whatever the dates are
		preview, err = w.billing().PreviewBooklet(c.UserContext(), in)
	}
	if refused == nil {
		refused = err
	}
	if refused != nil && !w.wrong(c, f, refused) {
		return refused
	}
	if err != nil {
		v.Missing = views.Empty{Title: "Ainda não há prévia"}
		for _, p := range f.Problems {
			v.Missing.Why += p.Sentence + ". "
		}
		return nil
	}
	v.Preview = bookletPreview(preview)
	v.Total, v.Count = views.Figures(preview.Total), plural(len(preview.Instalments), "parcela", "parcelas")
	for _, code := range preview.Warnings {
		v.Warnings = append(v.Warnings, views.CarneWarning(code))
	}
	return nil
}

// bookletPreview is every instalment with how its amount came about.
func bookletPreview(p *billing.BookletPreview) *views.Preview {
	t := views.Table{Caption: "Parcelas", Tight: true, Columns: []views.Column{{Label: "Parcela"}, {Label: "Vencimento", Named: true}, {Label: "Como se chegou ao valor"}, {Label: "Valor, R$", Right: true, Main: true}}}
	for k, one := range p.Instalments {
		due := views.Cell{Text: one.Due.BR(), Num: true}
		if one.PayableUntil != one.Due {
			due.Memo = "paga-se até " + one.PayableUntil.DayMonth()
		}
		how := views.Cell{}
		for _, line := range one.Lines {
			said := line.Memo + ", " + line.Period.String()
			if !line.Whole {
				said += " = " + views.Figures(line.Amount)
			}
			how.Lines = append(how.Lines, said)
		}
		for _, line := range one.Events {
			how.Lines = append(how.Lines, fmt.Sprintf("%s, %s = %s", line.Description, line.Memo, views.Signed(line.Amount)))
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: fmt.Sprintf("%d de %d", k+1, len(p.Instalments))}, due, how, {Text: views.Figures(one.Total), Strong: len(one.Lines)+len(one.Events) > 1}})
	}
	t.Foot = []views.Cell{{Text: "Total"}, {}, {}, {Text: views.Figures(p.Total)}}
	return &views.Preview{Title: plural(len(p.Instalments), "parcela", "parcelas"), Tag: "prévia: nada foi gravado", Table: t, Next: bookletTerms(p)}
}

// bookletTerms is what each instalment pays for, and what it is made of: a whole period, and the first one where it is another.
func bookletTerms(p *billing.BookletPreview) string {
	said := views.CarneMode(string(p.Subscription.Mode))
	last := p.Instalments[len(p.Instalments)-1]
	if made := p.MadeOf(last); made != "" {
		said += " Composição de cada período: " + made + "."
		if first := p.MadeOf(p.Instalments[0]); first != made {
			said += " Da 1ª parcela: " + first + "."
		}
	}
	return said
}
