package handlers

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants/reports"
	"enlace/views"
)

// vendas is the report of sales.
func (w *Web) vendas(c *fiber.Ctx) error {
	sales, f, err := monthly(w, c, reports.SalesBys, reports.Desk.Sales)
	if err != nil {
		return err
	}
	v := views.Relatorio{Action: "/relatorios/vendas", Now: string(sales.By), Form: f, By: reportBys("/relatorios/vendas", reports.SalesBys, sales.By, f),
		Head: views.Head{Title: "Vendas", Facts: views.Date(sales.From) + " a " + views.Date(sales.To) + ", sem as migrações",
			Do: []views.Link{{Label: "Cancelamentos", Href: "/relatorios/cancelamentos"}, {Label: "Exportar CSV", Href: reportAt("/relatorios/vendas.csv", sales.By, f)}}},
		Table: views.Table{Caption: "Vendas por " + string(sales.By), Columns: []views.Column{{Label: views.Word("reports.by", string(sales.By))}, {Label: "Vendas", Right: true, Named: true},
			{Label: "Habilitados", Right: true, Named: true}, {Label: "Vivos após 3 meses", Right: true, Named: true}, {Label: "Por mês, R$", Right: true, Main: true}}},
		Empty: views.Empty{Title: "Nenhuma venda neste período", Why: "Escolha outros meses."},
		Note: "Habilitados, dos vendidos no período. Vivos, dos habilitados há 3 meses ou mais: os que não cancelaram nesse tempo. " +
			"Por mês, o preço dos habilitados que não cancelaram até hoje. Um cliente de dois grupos conta nos dois, e uma vez no total."}
	for _, line := range sales.Rows {
		v.Table.Rows = append(v.Table.Rows, salesRow(line, cmp.Or(line.Name, "Não informado")))
	}
	if len(sales.Rows) > 0 {
		v.Table.Foot = salesRow(sales.All, "Total")
	}
	return w.show(c, v)
}

func salesRow(line reports.SalesLine, name string) []views.Cell {
	return []views.Cell{{Text: name, Strong: true}, {Text: strconv.Itoa(line.Sold), Num: true}, {Text: strconv.Itoa(line.Enabled), Num: true},
		{Text: aliveOf(line), Num: true}, {Text: views.Figures(line.Revenue), Num: true}}
}

func aliveOf(line reports.SalesLine) string {
	if line.Ripe == 0 {
		return "–"
	}
	return fmt.Sprintf("%d de %d", line.Alive, line.Ripe)
}

// vendasCSV is the same report for a spreadsheet.
func (w *Web) vendasCSV(c *fiber.Ctx) error {
	sales, _, err := monthly(w, c, reports.SalesBys, reports.Desk.Sales)
	if err != nil {
		return err
	}
	heads := []string{views.Word("reports.by", string(sales.By)), "Vendas", "Habilitados", "Com 3 meses", "Vivos após 3 meses", "Por mês"}
	return sendSheet(c, "vendas-por-"+string(sales.By)+".csv", heads, func(row func(...string) error) error {
		for _, line := range sales.Rows {
			err := row(cmp.Or(line.Name, "Não informado"), strconv.Itoa(line.Sold), strconv.Itoa(line.Enabled), strconv.Itoa(line.Ripe), strconv.Itoa(line.Alive), views.Figures(line.Revenue))
			if err != nil {
				return err
			}
		}
		return nil
	})
}
