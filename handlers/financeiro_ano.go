package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/reports"
	"enlace/views"
)

// financeiroAno is how money went in the last twelve months.
func (w *Web) financeiroAno(c *fiber.Ctx) error {
	year, err := w.reports().Year(c.UserContext())
	if err != nil {
		return err
	}
	v := views.Ano{
		Head: views.Head{Crumbs: []views.Link{{Label: "Financeiro", Href: "/financeiro"}}, Here: "Doze meses", Title: "Doze meses", Facts: views.Month(year.Months[0].From) + " a " + views.Month(year.Today),
			Do: []views.Link{{Label: "Recebimentos", Href: "/relatorios/recebimentos"}}},
		Charts: []views.Chart{
			yearChart(year, "Faturado por mês de vencimento", "Faturado", func(m reports.YearMonth) money.Cents { return m.Billed }),
			yearChart(year, "Recebido por mês", "Recebido", func(m reports.YearMonth) money.Cents { return m.Received }),
			yearChart(year, "Ainda em atraso, por mês de vencimento", "Em atraso", func(m reports.YearMonth) money.Cents { return m.Overdue })},
		Table: yearTable(year),
		Note:  "Faturado: o que vence no mês, sem as cobranças canceladas. Recebido: como em Recebimentos, pelo dia da baixa. Em atraso: o que venceu no mês e ainda falta hoje, sem encargos e sem o que está em contestação.",
	}
	return w.show(c, v)
}

// yearChart draws one amount of each month; the month that runs stands out, and the highest has its amount written at it too.
func yearChart(year reports.Year, title, what string, of func(reports.YearMonth) money.Cents) views.Chart {
	highest := year.Months[0]
	for _, m := range year.Months {
		if of(m) > of(highest) {
			highest = m
		}
	}
	now := year.Months[len(year.Months)-1]
	var points []views.Point
	for _, m := range year.Months {
		p := views.Point{Label: views.ShortMonth(m.From), Amount: int64(max(0, of(m))), Hot: m == now}
		if of(m) > 0 && (m == now || m == highest) {
			p.Value = views.Thousands(of(m))
		}
		points = append(points, p)
	}
	finding := fmt.Sprintf("%s por mês: em %s, %s; o maior foi %s, com %s", what, views.Month(now.From), views.Money(of(now)), views.Month(highest.From), views.Money(of(highest)))
	columns, unit := views.NewMoneyColumns(finding, points)
	return views.Chart{Title: title, Unit: unit, Columns: columns}
}

func yearTable(year reports.Year) views.Table {
	t := views.Table{Caption: "Os números", Columns: []views.Column{{Label: "Mês"}, {Label: "Faturado, R$", Right: true, Named: true}, {Label: "Em atraso, R$", Right: true, Named: true}, {Label: "Recebido, R$", Right: true, Main: true}}}
	var all reports.YearMonth
	row := func(first views.Cell, m reports.YearMonth) []views.Cell {
		return []views.Cell{first, {Text: views.Figures(m.Billed), Num: true}, {Text: views.Figures(m.Overdue), Num: true, Muted: m.Overdue == 0}, {Text: views.Figures(m.Received), Num: true}}
	}
	for _, m := range year.Months {
		all.Billed, all.Received, all.Overdue = all.Billed+m.Billed, all.Received+m.Received, all.Overdue+m.Overdue
		last := calendar.AddMonths(m.From, 1, 1).AddDays(-1)
		t.Rows = append(t.Rows, row(views.Cell{Text: views.Month(m.From), Href: fmt.Sprintf("/relatorios/recebimentos?por=dia&de=%s&ate=%s", m.From, last)}, m))
	}
	t.Foot = row(views.Cell{Text: "Total"}, all)
	return t
}
