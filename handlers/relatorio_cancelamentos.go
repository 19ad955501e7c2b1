package handlers

import (
	"bytes"
	"cmp"
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/reports"
	"enlace/views"
)

// cancelamentos is the report of cancellations.
func (w *Web) cancelamentos(c *fiber.Ctx) error {
	told, f, err := w.cancelledAsked(c)
	if err != nil {
		return err
	}
	at := func(path string, by reports.SalesBy) string {
		return fmt.Sprintf("%s?por=%s&de=%s&ate=%s", path, by, f.Typed.Get("de"), f.Typed.Get("ate"))
	}
	v := views.Relatorio{Action: "/relatorios/cancelamentos", Now: string(told.By), Form: f,
		Head: views.Head{Title: "Cancelamentos", Facts: views.Date(told.From) + " a " + views.Date(told.To) + ", sem as migrações e as trocas de titularidade",
			Do: []views.Link{{Label: "Vendas", Href: "/relatorios/vendas"}, {Label: "Exportar CSV", Href: at("/relatorios/cancelamentos.csv", told.By)}}},
		Table: views.Table{Caption: "Cancelamentos por " + views.Word("reports.by", string(told.By)), Columns: []views.Column{{Label: views.Word("reports.by", string(told.By))}, {Label: "Cancelados", Right: true, Named: true},
			{Label: "Com oferta para ficar", Right: true, Named: true}, {Label: "Multa cobrada, R$", Right: true, Named: true}, {Label: "Multa não cobrada, R$", Right: true, Named: true}, {Label: "Por mês, R$", Right: true, Main: true}}},
		Empty: views.Empty{Title: "Nenhum cancelamento neste período", Why: "Escolha outros meses."},
		Note:  "Por mês, o preço dos que foram habilitados, com o desconto. O que foi desfeito não conta."}
	for _, by := range reports.CancelledBys {
		v.By = append(v.By, views.Link{Label: views.Word("reports.by", string(by)), Href: at("/relatorios/cancelamentos", by), Current: by == told.By})
	}
	for _, line := range told.Rows {
		v.Table.Rows = append(v.Table.Rows, cancelledRow(line, cancelledName(told.By, line)))
	}
	if len(told.Rows) > 0 {
		v.Table.Foot = cancelledRow(told.All, "Total")
	}
	return w.show(c, v)
}

// cancelledAsked reads the report that the address asks for, and the form that asks for it again.
func (w *Web) cancelledAsked(c *fiber.Ctx) (told reports.Cancelled, f views.Form, err error) {
	t, f := w.asked(c)
	isp, _ := tenants.From(c.UserContext())
	by, from, to := reports.ReadCancelled(t, isp.Today(w.DB.Now()))
	f.Typed.Set("de", from.String()[:7])
	f.Typed.Set("ate", to.String()[:7])
	told, err = reports.Desk{DB: w.DB}.Cancelled(c.UserContext(), by, from, to)
	return told, f, err
}

func cancelledName(by reports.SalesBy, line reports.CancelledLine) string {
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
	told, _, err := w.cancelledAsked(c)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	sheet, err := tenants.NewSheet(&out, views.Word("reports.by", string(told.By)), "Cancelados", "Com oferta para ficar", "Multa cobrada", "Multa não cobrada", "Por mês")
	if err != nil {
		return err
	}
	for _, line := range told.Rows {
		err := sheet.Row(cancelledName(told.By, line), strconv.Itoa(line.Services), strconv.Itoa(line.Offered), views.Figures(line.Penalty), views.Figures(line.Spared), views.Figures(line.Revenue))
		if err != nil {
			return err
		}
	}
	if err := sheet.Close(); err != nil {
		return err
	}
	asCSV(c, "cancelamentos-por-"+string(told.By)+".csv")
	return c.Send(out.Bytes())
}
