package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
	"enlace/views"
)

func (w *Web) today(c *fiber.Ctx) calendar.Date {
	isp, _ := tenants.From(c.UserContext())
	return isp.Today(w.DB.Now())
}

// periodAsked reads the period of an address: this month where none is asked.
func (w *Web) periodAsked(c *fiber.Ctx) (from, to calendar.Date, f views.Form) {
	t, f := w.asked(c)
	today := w.today(c)
	from, to = dayAsked(t, "de", calendar.On(today.Year(), today.Month(), 1)), dayAsked(t, "ate", today)
	f.Typed.Set("de", from.BR())
	f.Typed.Set("ate", to.BR())
	return from, to, f
}

// correspondentes is what each correspondente took, handed over and holds.
func (w *Web) correspondentes(c *fiber.Ctx) error {
	from, to, f := w.periodAsked(c)
	all, err := w.billing().Holdings(c.UserContext(), from, to)
	if err != nil {
		return err
	}
	period := "de=" + from.String() + "&ate=" + to.String()
	v := views.Correspondentes{Form: f, Head: views.Head{Crumbs: []views.Link{{Label: "Caixa", Href: "/caixa"}}, Here: "Correspondentes", Title: "Correspondentes",
		Facts: from.BR() + " a " + to.BR(), Do: []views.Link{{Label: "Exportar CSV", Href: "/correspondentes.csv?" + period}}},
		Table: views.Table{Caption: "Acerto com os correspondentes", Columns: []views.Column{{Label: "Correspondente"}, {Label: "Recebeu, R$", Right: true, Named: true}, {Label: "Repassou, R$", Right: true, Named: true},
			{Label: "Comissão, R$", Right: true, Named: true}, {Label: "Tem hoje, R$", Right: true, Main: true}}},
		Empty: views.Empty{Title: "Nenhum correspondente", Why: "Inclua em Configurações quem recebe pelo provedor."}}
	if session(c).Granted[staff.Configure] {
		v.Empty.Next = views.Link{Label: "Incluir correspondente", Href: "/configuracoes/correspondentes/novo"}
	}
	for _, one := range all {
		memo := plural(one.Payments, "baixa", "baixas")
		if !one.Active {
			memo += " · retirado"
		}
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: one.Name, Memo: memo, Href: "/correspondentes/" + one.ID.String() + "?" + period, Who: true}, {Text: views.Figures(one.Took)},
			{Text: views.Figures(one.Handed)}, {Text: views.Figures(one.Kept)}, {Text: views.Figures(one.Holds), Strong: true}})
	}
	return w.show(c, v)
}

// correspondentesCSV is the same report for a spreadsheet.
func (w *Web) correspondentesCSV(c *fiber.Ctx) error {
	from, to, _ := w.periodAsked(c)
	all, err := w.billing().Holdings(c.UserContext(), from, to)
	if err != nil {
		return err
	}
	return sendSheet(c, "correspondentes.csv", []string{"Correspondente", "De", "Até", "Baixas", "Recebeu", "Repassou", "Comissão", "Tem hoje"}, func(row func(...string) error) error {
		for _, one := range all {
			err := row(one.Name, from.BR(), to.BR(), fmt.Sprint(one.Payments), views.Figures(one.Took), views.Figures(one.Handed), views.Figures(one.Kept), views.Figures(one.Holds))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// correspondente is one correspondente's report, with the form of its repasse.
func (w *Web) correspondente(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showCorrespondent(c, one, nil)
}

func (w *Web) repasse(c *fiber.Ctx) error {
	one, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"valor", "comissao", "forma", "dia", "observacao"}
	var wrong tenants.Fields
	in := billing.ReadRepasse(t, one, &wrong)
	if err = wrong.Err(); err == nil {
		err = w.billing().TakeRepasse(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showCorrespondent(c, one, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Lançado repasse de " + views.Money(in.Amount) + "."})
	return w.redirect(c, "/correspondentes/"+one.String())
}

// showCorrespondent shows it; refused is the form of a repasse that was not to be.
func (w *Web) showCorrespondent(c *fiber.Ctx, of uuid.UUID, refused *views.Form) error {
	from, to, period := w.periodAsked(c)
	one, err := w.billing().Settled(c.UserContext(), of, from, to)
	if err != nil {
		return err
	}
	v := views.Correspondente{Period: period, Action: "/correspondentes/" + of.String() + "/repasse", Forms: handOf(&views.Form{Typed: period.Typed}, nil).Forms,
		Head: views.Head{Crumbs: []views.Link{{Label: "Caixa", Href: "/caixa"}, {Label: "Correspondentes", Href: "/correspondentes"}}, Here: one.Name, Title: one.Name, Facts: from.BR() + " a " + to.BR()},
		Figures: []views.Figure{{Label: "Tem hoje", Value: views.Figures(one.Holds), Memo: "a repassar, contando a comissão", Money: true}, {Label: "Recebeu", Value: views.Figures(one.Holding.Took), Memo: plural(one.Payments, "baixa", "baixas"), Money: true},
			{Label: "Repassou", Value: views.Figures(one.Holding.Handed), Money: true}, {Label: "Comissão", Value: views.Figures(one.Kept), Memo: "retida no período", Money: true}},
		Took:   tillPayments(c, one.Took),
		Handed: views.Table{Caption: "Repasses", Columns: []views.Column{{Label: "Dia"}, {Label: "Forma", Named: true}, {Label: "Comissão, R$", Right: true, Named: true}, {Label: "Valor, R$", Right: true, Main: true}}}}
	for _, row := range one.Handed {
		v.Handed.Rows = append(v.Handed.Rows, []views.Cell{{Text: row.Day.BR(), Memo: row.Note}, {Text: views.Word("handovers.form", string(row.Form))}, {Text: views.Figures(row.Commission)}, {Text: views.Figures(row.Amount)}})
	}
	switch {
	case refused != nil:
		v.Repasse = refused
	case session(c).Granted[staff.Receive] && one.Holds > 0:
		f := w.form(c)
		for name, value := range map[string]string{"valor": views.Figures(one.Holds - one.Commission), "comissao": views.Figures(one.Commission), "forma": "cash", "dia": w.today(c).BR()} {
			f.Typed.Set(name, value)
		}
		v.Repasse = &f
	}
	return w.show(c, v)
}
