package handlers

import (
	"cmp"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants/reports"
	"enlace/views"
)

// cancelamentos is the report of cancellations.
func (w *Web) cancelamentos(c *fiber.Ctx) error {
	told, f, err := monthly(w, c, reports.CancelledBys, reports.Desk.Cancelled)
	if err != nil {
		return err
	}
	v := views.Relatorio{Action: "/relatorios/cancelamentos", Now: string(told.By), Form: f, By: reportBys("/relatorios/cancelamentos", reports.CancelledBys, told.By, f),
		Head: views.Head{Title: "Cancelamentos", Facts: views.Date(told.From) + " a " + views.Date(told.To) + ", sem as migrações e as trocas de titularidade",
			Do: []views.Link{{Label: "Vendas", Href: "/relatorios/vendas"}, {Label: "Exportar CSV", Href: reportAt("/relatorios/cancelamentos.csv", told.By, f)}}},
		Table: views.Table{Caption: "Cancelamentos por " + views.Word("reports.by", string(told.By)), Columns: []views.Column{{Label: views.Word("reports.by", string(told.By))}, {Label: "Cancelados", Right: true, Named: true},
			{Label: "Com oferta para ficar", Right: true, Named: true}, {Label: "Multa cobrada, R$", Right: true, Named: true}, {Label: "Multa não cobrada, R$", Right: true, Named: true}, {Label: "Por mês, R$", Right: true, Main: true}}},
		Empty: views.Empty{Title: "Nenhum cancelamento neste período", Why: "Escolha outros meses."},
		Note:  "Por mês, o preço dos que foram habilitados, com o desconto. O que foi desfeito não conta."}
	for _, line := range told.Rows {
		v.Table.Rows = append(v.Table.Rows, cancelledRow(line, cancelledName(told.By, line)))
	}
	if len(told.Rows) > 0 {
		v.Table.Foot = cancelledRow(told.All, "Total")
	}
	return w.show(c, v)
}

func cancelledName(by reports.By, line reports.CancelledLine) string {
	name := line.Name
	switch by {
	case reports.ByReason:
		name = views.Word("cancellations.reason", line.Name)
	case reports.ByMonths:
		name = views.Word("reports.life", line.Name)
	}
	return cmp.Or(name, "Não informado")
}

func cancelledRow(line reports.CancelledLine, name string) []views.Cell {
	return []views.Cell{{Text: name, Strong: true}, {Text: strconv.Itoa(line.Services), Num: true}, {Text: strconv.Itoa(line.Offered), Num: true},
		{Text: views.Figures(line.Penalty), Num: true}, {Text: views.Figures(line.Spared), Num: true}, {Text: views.Figures(line.Revenue), Num: true}}
}

// cancelamentosCSV is the same report for a spreadsheet.
func (w *Web) cancelamentosCSV(c *fiber.Ctx) error {
	told, _, err := monthly(w, c, reports.CancelledBys, reports.Desk.Cancelled)
	if err != nil {
		return err
	}
	heads := []string{views.Word("reports.by", string(told.By)), "Cancelados", "Com oferta para ficar", "Multa cobrada", "Multa não cobrada", "Por mês"}
	return sendSheet(c, "cancelamentos-por-"+string(told.By)+".csv", heads, func(row func(...string) error) error {
		for _, line := range told.Rows {
			err := row(cancelledName(told.By, line), strconv.Itoa(line.Services), strconv.Itoa(line.Offered), views.Figures(line.Penalty), views.Figures(line.Spared), views.Figures(line.Revenue))
			if err != nil {
				return err
			}
		}
		return nil
	})
}
