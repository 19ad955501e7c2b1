package handlers

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/reports"
	"enlace/views"
)

// recebimentos is the report of what came in.
func (w *Web) recebimentos(c *fiber.Ctx) error {
	r, f, err := w.receiptsAsked(c)
	if err != nil {
		return err
	}
	at := func(path string, by reports.ReceiptsBy) string {
		return fmt.Sprintf("%s?por=%s&de=%s&ate=%s", path, by, r.From, r.To)
	}
	v := views.Relatorio{Action: "/relatorios/recebimentos", Now: string(r.By), Form: f, Days: true, Section: "/financeiro",
		Head: views.Head{Crumbs: []views.Link{{Label: "Financeiro", Href: "/financeiro"}}, Here: "Recebimentos", Title: "Recebimentos", Facts: views.Date(r.From) + " a " + views.Date(r.To),
			Do: []views.Link{{Label: "Doze meses", Href: "/relatorios/financeiro"}, {Label: "Exportar CSV", Href: at("/relatorios/recebimentos.csv", r.By)}}},
		Figures: []views.Figure{
			{Label: "Recebido", Value: views.Figures(r.All.Total()), Memo: plural(r.All.Count, "lançamento", "lançamentos"), Money: true},
			{Label: "De cobranças", Value: views.Figures(r.All.Principal), Memo: "o principal", Money: true},
			{Label: "Multa e juros", Value: views.Figures(r.All.Late), Memo: "de atraso", Money: true},
			{Label: "Viraram crédito", Value: views.Figures(r.All.Credit), Memo: "pago além do devido", Money: true}},
		Table: receiptsTable(r), Empty: views.Empty{Title: "Nada entrou neste período", Why: "Escolha outros dias."},
		Note: "Conta o dia em que a baixa foi lançada, como no caixa e no banco; estornos diminuem o dia em que foram feitos. O que se pagou com crédito não é dinheiro que entrou."}
	for _, by := range reports.ReceiptsBys {
		v.By = append(v.By, views.Link{Label: views.Word("receipts.by", string(by)), Href: at("/relatorios/recebimentos", by), Current: by == r.By})
	}
	return w.show(c, v)
}

// receiptsAsked reads the report that the address asks for, and the form that asks for it again.
func (w *Web) receiptsAsked(c *fiber.Ctx) (r reports.Receipts, f views.Form, err error) {
	t, f := w.asked(c)
	isp, _ := tenants.From(c.UserContext())
	by, from, to := reports.ReadReceipts(t, isp.Today(w.DB.Now()))
	f.Typed.Set("de", from.String())
	f.Typed.Set("ate", to.String())
	r, err = w.reports().Receipts(c.UserContext(), by, from, to)
	return r, f, err
}

func receiptsTable(r reports.Receipts) views.Table {
	t := views.Table{Caption: "Recebimentos por " + string(r.By), Columns: []views.Column{{Label: views.Word("receipts.by", string(r.By))}, {Label: "Lançamentos", Right: true, Named: true, Wide: true},
		{Label: "Dinheiro", Right: true, Named: true, Wide: true}, {Label: "Banco", Right: true, Named: true, Wide: true}, {Label: "Pix", Right: true, Named: true, Wide: true},
		{Label: "Principal", Right: true, Named: true}, {Label: "Multa e juros", Right: true, Named: true}, {Label: "Crédito", Right: true, Named: true}, {Label: "Total, R$", Right: true, Main: true}}}
	for _, line := range r.Rows {
		t.Rows = append(t.Rows, receiptsRow(line, receiptsName(r.By, line.Name)))
	}
	t.Foot = receiptsRow(r.All, "Total")
	return t
}

func receiptsRow(line reports.ReceiptsLine, name string) []views.Cell {
	row := []views.Cell{{Text: name, Strong: true}, {Text: strconv.Itoa(line.Count), Num: true}}
	for _, amount := range []money.Cents{line.Cash, line.Bank, line.Pix, line.Principal, line.Late, line.Credit, line.Total()} {
		row = append(row, views.Cell{Text: views.Figures(amount), Num: true, Muted: amount == 0})
	}
	return row
}

// receiptsName is what a row is called.
func receiptsName(by reports.ReceiptsBy, name string) string {
	switch by {
	case reports.ByDay:
		if day, err := calendar.Parse(name); err == nil {
			return day.BR()
		}
	case reports.BySource:
		return views.Word("payments.source", name)
	case reports.ByMethod:
		return cmp.Or(name, "Sem fatura, na loja")
	}
	return cmp.Or(name, "Automático")
}

// recebimentosCSV is the same report for a spreadsheet.
func (w *Web) recebimentosCSV(c *fiber.Ctx) error {
	r, _, err := w.receiptsAsked(c)
	if err != nil {
		return err
	}
	heads := []string{views.Word("receipts.by", string(r.By)), "Lançamentos", "Dinheiro", "Banco", "Pix", "Principal", "Multa e juros", "Crédito", "Total"}
	return sendSheet(c, "recebimentos-por-"+string(r.By)+".csv", heads, func(row func(...string) error) error {
		for _, line := range r.Rows {
			var cells []string
			for _, cell := range receiptsRow(line, receiptsName(r.By, line.Name)) {
				cells = append(cells, cell.Text)
			}
			if err := row(cells...); err != nil {
				return err
			}
		}
		return nil
	})
}
