package handlers

import (
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/routines"
	"enlace/views"
)

const nightly = "/configuracoes/rotinas"

func (w *Web) routines() routines.Desk { return routines.Desk{DB: w.DB} }

// rotinas is what the night does by itself, each with how it went last.
func (w *Web) rotinas(c *fiber.Ctx) error {
	nights, err := w.routines().Nights(c.UserContext())
	if err != nil {
		return err
	}
	v := views.Lista{Section: "/configuracoes", Head: settingsHead("Rotinas", "o que o Enlace faz por si, todos os dias")}
	v.Table = views.Table{Caption: "Rotinas, pela hora", Columns: []views.Column{{Label: "Rotina"}, {Label: "Hora", Named: true}, {Label: "Última vez", Named: true}, {Label: "Situação"}, {Label: "Feitos", Named: true, Right: true, Main: true}}}
	for _, one := range nights {
		words := views.Routine(one.Slug)
		row := []views.Cell{{Text: words.Label, Href: nightly + "/" + one.Slug, Who: true, Memo: words.For}, {Text: hour(one.At), Num: true}, {Text: "ainda não", Muted: true}, {}, {}}
		if one.Last != nil {
			row[2], row[4] = views.Cell{Text: one.Last.Day.BR(), Num: true}, views.Cell{Text: fmt.Sprint(one.Last.Done), Num: true}
			state := runState(one.Last)
			row[3] = views.Cell{Status: &state}
		}
		if one.Problems > 0 {
			row[3].Memo = plural(one.Problems, "cliente por resolver", "clientes por resolver")
		}
		v.Table.Rows = append(v.Table.Rows, row)
	}
	return w.show(c, v)
}

// rotina is one of them: its runs, and whom it could not serve.
func (w *Web) rotina(c *fiber.Ctx) error {
	page := max(1, c.QueryInt("pagina", 1))
	card, err := w.routines().Card(c.UserContext(), c.Params("rotina"), page)
	if err != nil {
		return err
	}
	words, zone := views.Routine(card.Slug), zoneOf(c)
	v := views.Rotina{Head: settingsHead(words.Label, words.For+", às "+hour(card.At), views.Link{Label: "Rotinas", Href: nightly}),
		Problems: views.Table{Caption: "Por resolver", Columns: []views.Column{{Label: "Cliente"}, {Label: "Por quê", Named: true}, {Label: "Desde", Named: true}, {Label: ""}}},
		Runs:     views.Table{Caption: "Últimos 30 dias", Columns: []views.Column{{Label: "Dia"}, {Label: "Começou", Named: true, Wide: true}, {Label: "Terminou", Named: true, Wide: true}, {Label: "Situação"}, {Label: "Feitos", Named: true, Right: true, Main: true}, {Label: "Não feitos", Named: true, Right: true}}},
		Empty:    views.Empty{Title: "Ainda não rodou", Why: "A primeira vez é às " + hour(card.At) + "."}, Pager: pager(c, page, routines.PageSize, card.Total)}
	if card.Kind == billing.BillMonth {
		v.Head.Do = []views.Link{{Label: "Prévia em planilha", Href: nightly + "/faturamento-mensal.csv"}}
	}
	for _, one := range card.Problems {
		again := w.form(c)
		v.Problems.Rows = append(v.Problems.Rows, []views.Cell{{Text: routines.Whom(one), Href: "/clientes/" + one.CustomerID.String(), Who: true}, {Text: views.Sentence(one.Code, one.Args)},
			{Text: one.Since.BR(), Num: true}, {Do: &views.Link{Label: "Tentar de novo", Href: nightly + "/" + card.Slug + "/" + one.CustomerID.String(), Post: &again}}})
	}
	for _, run := range card.Runs {
		state, ended := runState(run), ""
		if run.FinishedAt != nil {
			ended = views.Moment(run.FinishedAt.In(zone))
		}
		v.Runs.Rows = append(v.Runs.Rows, []views.Cell{{Text: run.Day.BR(), Num: true, Who: true}, {Text: views.Moment(run.StartedAt.In(zone)), Num: true}, {Text: ended, Num: true}, {Status: &state},
			{Text: fmt.Sprint(run.Done), Num: true}, {Text: fmt.Sprint(run.Failed), Num: true}})
	}
	return w.show(c, v)
}

// runState is how a day's run stands.
func runState(run *ent.TickRun) views.Status {
	switch {
	case run.FinishedAt == nil:
		return views.StatusOf("tick_runs", "running")
	case run.Failed > 0:
		return views.StatusOf("tick_runs", "failed")
	}
	return views.StatusOf("tick_runs", "done")
}

func hour(at time.Duration) string {
	return fmt.Sprintf("%d:%02d", int(at.Hours()), int(at.Minutes())%60)
}

// tentarDeNovo does for one customer what the night could not.
func (w *Web) tentarDeNovo(c *fiber.Ctx) error {
	of, there := routines.Of(c.Params("rotina"))
	customer, err := id(c, "id")
	if err != nil || !there || of.Kind != billing.BillMonth {
		return tenants.NotFound()
	}
	switch err := w.billing().RebillMonth(c.UserContext(), customer); {
	case err == nil:
		w.say(c, views.Toast{Said: "Feito."})
	case tenants.FaultOf(err) != nil && tenants.FaultOf(err).Kind == tenants.KindConflict:
		w.say(c, views.Toast{Said: "Ainda não: " + views.FaultSentence(tenants.FaultOf(err))})
	default:
		return err
	}
	return w.redirect(c, nightly+"/"+of.Slug)
}

// previaMensal is what the monthly run would make if it ran now.
func (w *Web) previaMensal(c *fiber.Ctx) error {
	write, err := w.billing().MonthSheet(c.UserContext(), views.FaultSentence)
	if err != nil {
		return err
	}
	return w.sendCSV(c, "faturamento-mensal.csv", write)
}
