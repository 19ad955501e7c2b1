package handlers

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants/reports"
	"enlace/views"
)

const marksAt = "/relatorios/avaliacoes"

// avaliacoes is the report of the marks of tickets.
func (w *Web) avaliacoes(c *fiber.Ctx) error {
	told, f, err := monthly(w, c, reports.MarkedBys, reports.Desk.Marked)
	if err != nil {
		return err
	}
	v := views.Relatorio{Action: marksAt, Now: string(told.By), Form: f, By: reportBys(marksAt, reports.MarkedBys, told.By, f), Section: "/atendimentos",
		Head: views.Head{Title: "Avaliações", Crumbs: []views.Link{{Label: "Atendimentos", Href: "/atendimentos"}}, Facts: "atendimentos finalizados de " + views.Date(told.From) + " a " + views.Date(told.To),
			Do: []views.Link{{Label: "Exportar CSV", Href: reportAt(marksAt+".csv", told.By, f)}}},
		Table: views.Table{Caption: "Avaliações por " + views.Word("reports.by", string(told.By)), Columns: []views.Column{{Label: views.Word("reports.by", string(told.By))}, {Label: "Finalizados", Right: true, Named: true}, {Label: "Avaliados", Right: true, Named: true}}},
		Empty: views.Empty{Title: "Nenhum atendimento finalizado neste período", Why: "Escolha outros meses."},
		Note:  "O assinante dá a nota pelo bot depois do fim do atendimento, de 1 a 5. O atendimento é de quem estava com ele no fim. Média cortada em duas casas."}
	for mark := range told.All.Marks {
		v.Table.Columns = append(v.Table.Columns, views.Column{Label: "Nota " + strconv.Itoa(mark+1), Right: true, Named: true})
	}
	v.Table.Columns = append(v.Table.Columns, views.Column{Label: "Média", Right: true, Main: true})
	cells := func(line reports.MarkedLine, name string) (row []views.Cell) {
		for i, text := range marksRow(line, name) {
			row = append(row, views.Cell{Text: text, Strong: i == 0, Num: i > 0})
		}
		return row
	}
	for _, line := range told.Rows {
		v.Table.Rows = append(v.Table.Rows, cells(line, marksName(told.By, line)))
	}
	if len(told.Rows) > 0 {
		v.Table.Foot = cells(told.All, "Total")
	}
	return w.show(c, v)
}

func marksName(by reports.By, line reports.MarkedLine) string {
	if by == reports.ByMonth {
		return line.Name[5:] + "/" + line.Name[:4]
	}
	return cmp.Or(line.Name, map[reports.By]string{reports.BySector: "Nenhum setor", reports.ByAgent: "Ninguém"}[by])
}

// marksRow is a line of the report: its name, how many ended and were marked, how many times each mark was given, and their mean.
func marksRow(line reports.MarkedLine, name string) []string {
	row := []string{name, strconv.Itoa(line.Closed), strconv.Itoa(line.Given())}
	for _, count := range line.Marks {
		row = append(row, strconv.Itoa(count))
	}
	if line.Given() == 0 {
		return append(row, "–")
	}
	return append(row, fmt.Sprintf("%d,%02d", line.Mean()/100, line.Mean()%100))
}

// avaliacoesCSV is the same report for a spreadsheet.
func (w *Web) avaliacoesCSV(c *fiber.Ctx) error {
	told, _, err := monthly(w, c, reports.MarkedBys, reports.Desk.Marked)
	if err != nil {
		return err
	}
	heads := []string{views.Word("reports.by", string(told.By)), "Finalizados", "Avaliados", "Nota 1", "Nota 2", "Nota 3", "Nota 4", "Nota 5", "Média"}
	return sendSheet(c, "avaliacoes-por-"+string(told.By)+".csv", heads, func(row func(...string) error) error {
		for _, line := range told.Rows {
			if err := row(marksRow(line, marksName(told.By, line))...); err != nil {
				return err
			}
		}
		return nil
	})
}
