package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants/billing"
	"enlace/views"
)

// contestacoes lists the contests that wait for an answer, the first to be answered first, and those answered.
func (w *Web) contestacoes(c *fiber.Ctx) error {
	answered, page := c.Query("situacao") == "respondidas", max(1, c.QueryInt("pagina", 1))
	list, err := w.billing().Contests(c.UserContext(), answered, page)
	if err != nil {
		return err
	}
	v := views.Lista{Section: "/financeiro", Head: views.Head{Crumbs: []views.Link{{Label: "Financeiro", Href: "/financeiro"}}, Here: "Contestações", Title: "Contestações",
		Facts: "Responda em 30 dias; até lá a cobrança não é cobrada nem suspende"},
		Chips: []views.Chip{{Label: "A responder", Href: "/contestacoes", Count: fmt.Sprint(list.Open), Current: !answered},
			{Label: "Respondidas", Href: "/contestacoes?situacao=respondidas", Count: fmt.Sprint(list.Answered), Current: answered}},
		Empty: views.Empty{Title: "Nenhuma contestação aqui", Why: "Uma cobrança é contestada na página dela."}}
	total := list.Open
	if answered {
		total = list.Answered
	}
	v.Pager = pager(c, page, billing.PageSize, total)
	v.Table = views.Table{Caption: "Contestações", Columns: []views.Column{{Label: "Cliente"}, {Label: "Cobrança"}, {Label: "Contestada em", Named: true, Wide: true}, {Label: "Responder até", Named: true}, {Label: "Valor, R$", Right: true, Main: true}}}
	if answered {
		v.Table.Columns[3].Label = "Resposta"
	}
	for _, one := range list.Rows {
		at := views.Cell{Text: views.Moment(one.At.In(zoneOf(c))), Memo: views.Word("contests.channel", string(one.Channel)), Num: true}
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: one.Customer.Name, Href: "/clientes/" + one.CustomerID.String(), Who: true},
			{Text: one.Charge.Description, Href: "/cobrancas/" + one.ChargeID.String(), Memo: one.Reason}, at, contestEnd(one), {Text: views.Figures(one.Charge.Amount)}})
	}
	return w.show(c, v)
}

// contestEnd is how a contest was answered, or how long there is for it.
func contestEnd(one billing.Contested) views.Cell {
	if one.Answer != nil {
		state := views.StatusOf("contest_answers.outcome", string(one.Answer.Outcome))
		return views.Cell{Status: &state}
	}
	cell := views.Cell{Text: one.AnswerBy.BR(), Num: true}
	switch {
	case one.Days < 0:
		cell.Memo = "prazo passado"
	case one.Days == 0:
		cell.Memo = "hoje"
	default:
		cell.Memo = "em " + plural(one.Days, "dia", "dias")
	}
	return cell
}
