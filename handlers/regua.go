package handlers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/dunning"
	"enlace/tenants/subscriptions"
	"enlace/views"
)

func (w *Web) dunning() dunning.Desk { return dunning.Desk{DB: w.DB} }

// regua is where every customer in debt stands, why, and what comes next.
func (w *Web) regua(c *fiber.Ctx) error {
	rung, page := dunning.Rung(c.Query("degrau")), max(1, c.QueryInt("pagina", 1))
	if !slices.Contains(dunning.Rungs, rung) {
		rung = ""
	}
	l, err := w.dunning().Ladder(c.UserContext(), rung, page)
	if err != nil {
		return err
	}
	v := views.Regua{Head: views.Head{Crumbs: []views.Link{{Label: "Financeiro", Href: "/financeiro"}}, Here: "Régua de cobrança", Title: "Régua de cobrança", Facts: "quem deve, em que passo está e o que vem depois"},
		Empty: views.Empty{Title: "Ninguém aqui", Why: "Quando alguém atrasar, aparece nesta lista com o próximo passo."}}
	all := 0
	for _, n := range l.Counts {
		all += n
	}
	v.Chips = []views.Chip{{Label: "Todos", Href: "/financeiro/regua", Count: views.Number(all), Current: rung == ""}}
	for _, one := range dunning.Rungs {
		if n := l.Counts[one]; n > 0 {
			v.Chips = append(v.Chips, views.Chip{Label: views.Word("rung", string(one)), Href: "/financeiro/regua?degrau=" + string(one), Count: views.Number(n), Current: one == rung})
		}
	}
	v.Table = views.Table{Caption: "Clientes em atraso, a dívida mais antiga primeiro", Columns: []views.Column{{Label: "Cliente"}, {Label: "Em atraso desde", Named: true}, {Label: "Passo"}, {Label: "Por quê", Named: true}, {Label: "O que vem depois", Named: true}, {Label: "Em atraso, R$", Right: true, Main: true}}}
	for _, s := range l.Rows {
		state := views.StatusOf("rung", string(s.Rung))
		why, next := rungSaid(s)
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: s.Customer.Name, Href: "/clientes/" + s.Customer.ID.String() + "/financeiro", Who: true},
			{Text: s.Oldest.BR(), Num: true, Memo: plural(s.Charges, "cobrança", "cobranças")}, {Status: &state}, {Text: why}, next, {Text: views.Figures(s.Overdue)}})
	}
	v.Pager = pager(c, page, dunning.PageSize, l.Total)
	return w.show(c, v)
}

// rungSaid says why a customer stands where they stand, and what comes next and when.
func rungSaid(s *dunning.Standing) (why string, next views.Cell) {
	told := "aviso de " + s.ToldOn.BR()
	switch s.Rung {
	case dunning.ToTell:
		return "ninguém avisou ainda", views.Cell{Text: "Aviso por e-mail, às 8:30", Memo: "sem e-mail que chegue, por carta: abra a fatura"}
	case dunning.Told:
		return told, views.Cell{Text: "Suspensão a partir de " + s.Next.BR(), Href: sparePath(s.Service.ID)}
	case dunning.Spared:
		next = views.Cell{Text: "Nada, por decisão do provedor", Href: sparePath(s.Service.ID)}
		if !s.Next.IsZero() {
			next.Text = "Volta à régua em " + s.Next.BR()
		}
		return s.Service.BlockReason, next
	case dunning.Slowed:
		why = "reduzido desde " + s.Since.BR() + trustSaid(s)
		if s.Loose {
			return why, toBill(s)
		}
		return why, views.Cell{Text: "Suspensão a partir de " + s.Next.BR(), Href: sparePath(s.Service.ID)}
	case dunning.Suspended, dunning.Ending:
		why = "suspenso desde " + s.Since.BR() + trustSaid(s)
		if s.Rung == dunning.Ending {
			return why, views.Cell{Text: "O contrato pode ser rescindido", Href: "/servicos/" + s.Service.ID.String()}
		}
		return why, views.Cell{Text: "Rescisão possível a partir de " + s.Next.BR(), Href: "/servicos/" + s.Service.ID.String()}
	}
	if s.Loose {
		return "cobrança sem fatura: dela não há aviso nem suspensão", toBill(s)
	}
	return "nada do que deve suspende um serviço", views.Cell{Text: "Cobrança por contato"}
}

// toBill is what comes next for a debt on no invoice.
func toBill(s *dunning.Standing) views.Cell {
	return views.Cell{Text: "Gere a fatura da cobrança", Memo: "o aviso e o prazo da lei vêm depois dela", Href: "/clientes/" + s.Customer.ID.String() + "/financeiro"}
}

func trustSaid(s *dunning.Standing) string {
	if s.Trust {
		return ", liberado em confiança"
	}
	return ""
}

func sparePath(service uuid.UUID) string { return "/servicos/" + service.String() + "/poupar" }

// aviso is the notice of an overdue invoice, to be printed and handed over, or the proof that it was given.
func (w *Web) aviso(c *fiber.Ctx) error { return w.showNotice(c, nil) }

func (w *Web) showNotice(c *fiber.Ctx, refused *views.Form) error {
	invoice, err := id(c, "id")
	if err != nil {
		return err
	}
	l, err := w.dunning().Letter(c.UserContext(), invoice)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	own := "/faturas/" + invoice.String()
	v := views.Aviso{Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: l.Customer.Name, Href: "/clientes/" + l.Customer.ID.String()}, {Label: fmt.Sprintf("Fatura %d", l.Invoice.Number), Href: own}},
		Here: "Aviso de débito", Title: "Aviso de débito", Facts: l.Customer.Name}, From: isp.Name, To: l.Customer.Name, Address: l.Address, Lines: strings.Split(l.Text, "\n"), Own: own + "/aviso"}
	if l.Given != nil {
		v.Proof = &views.Verdict{Class: "ok", Said: "Avisado em " + l.Given.Day.BR(), Proof: []views.Link{{Label: views.Word("notices.channel", string(l.Given.Channel)) + ": " + l.Given.Destination}}}
		return w.show(c, v)
	}
	if l.Underway {
		v.Proof = &views.Verdict{Class: "warn", Said: "A caminho desde " + l.Invoice.NoticedOn.BR(), Proof: []views.Link{{Label: "O bot ainda não entregou o aviso; o prazo da lei conta da entrega"}}}
		return w.show(c, v)
	}
	v.Today = isp.Today(w.DB.Now()).InWords()
	if v.Form = w.form(c); refused != nil {
		v.Form = *refused
	}
	return w.show(c, v)
}

// entregarAviso stores that the notice was handed over.
func (w *Web) entregarAviso(c *fiber.Ctx) error {
	invoice, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"destino"}
	if _, err := w.dunning().HandOver(c.UserContext(), invoice, t["destino"]); err != nil {
		if w.wrong(c, &f, err) {
			return w.showNotice(c, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Aviso registrado: o prazo da lei conta de hoje."})
	return w.redirect(c, "/faturas/"+invoice.String())
}

// poupar is the form by which a service is not cut.
func (w *Web) poupar(c *fiber.Ctx) error {
	service, err := w.serviceOf(c)
	if err != nil {
		return err
	}
	f, sub := w.form(c), service.Subscription
	f.Typed.Set("poupar", "nao")
	f.Typed.Set("motivo", sub.BlockReason)
	switch {
	case sub.NeverBlock:
		f.Typed.Set("poupar", "nunca")
	case !sub.NoBlockUntil.IsZero():
		f.Typed.Set("poupar", "ate")
		f.Typed.Set("ate_dia", sub.NoBlockUntil.BR())
	}
	return w.showSpare(c, service, f)
}

func (w *Web) showSpare(c *fiber.Ctx, s *subscriptions.Service, f views.Form) error {
	own := "/servicos/" + s.Subscription.ID.String()
	f.Order = []string{"poupar", "ate_dia", "motivo"}
	return w.show(c, views.Poupar{
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: s.Customer.Name, Href: "/clientes/" + s.Customer.ID.String()}, {Label: s.Plan, Href: own}},
			Here: "Bloqueio por débito", Title: "Bloqueio por débito", Facts: s.Plan + " de " + s.Customer.Name},
		Form: f, Action: sparePath(s.Subscription.ID), Leaving: own,
		Options: []views.Option{{Value: "nao", Label: "Como os outros", Memo: "A régua suspende quando a lei permite"}, {Value: "ate", Label: "Não bloquear até um dia", Memo: "Depois volta à régua"},
			{Value: "nunca", Label: "Nunca bloquear", Memo: "Até alguém mudar"}},
		Rule: views.Verdict{Said: "A dívida continua", Proof: []views.Link{{Label: "Só a suspensão espera. Multa e juros correm, e os avisos são dados."}}},
	})
}

func (w *Web) salvarPoupar(c *fiber.Ctx) error {
	service, err := w.serviceOf(c)
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := dunning.ReadMercy(t, service.Subscription.ID, &wrong)
	if err = wrong.Err(); err == nil {
		err = w.dunning().Spare(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showSpare(c, service, f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Salvo."})
	return w.redirect(c, "/servicos/"+service.Subscription.ID.String())
}
