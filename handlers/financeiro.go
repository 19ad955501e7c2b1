package handlers

import (
	"fmt"
	"slices"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/staff"
	"enlace/views"
)

// financeiro shows what is late, what comes and what came.
func (w *Web) financeiro(c *fiber.Ctx) error {
	isp, _ := tenants.From(c.UserContext())
	pile, page := billing.Pile(c.Query("situacao")), max(1, c.QueryInt("pagina", 1))
	if !slices.Contains(billing.Piles, pile) {
		pile = billing.PileOverdue
	}
	list, err := w.billing().Invoices(c.UserContext(), pile, page)
	if err != nil {
		return err
	}
	now := w.DB.Now().In(isp.Zone)
	month := views.Month(isp.Today(w.DB.Now()))
	v := views.Financeiro{
		Head:    views.Head{Title: "Financeiro", Facts: month + ", até hoje às " + views.Clock(now)},
		Figures: moneyFigures(list.Piled),
		Empty:   views.Empty{Title: "Nenhuma fatura aqui", Why: "Quando houver, ela aparece nesta lista."},
	}
	if session(c).Granted[staff.Receive] {
		v.Head.Do = []views.Link{{Label: "Contestações", Href: "/contestacoes"}}
	}
	for _, one := range billing.Piles {
		v.Chips = append(v.Chips, views.Chip{Label: views.Pile(string(one)), Href: "/financeiro?situacao=" + string(one), Count: fmt.Sprint(list.Counts[one]), Current: one == pile})
	}
	v.Table = pileTable(list)
	v.Pager = pager(c, page, billing.PageSize, list.Counts[pile])
	return w.show(c, v)
}

func moneyFigures(all billing.Piled) []views.Figure {
	return []views.Figure{
		figure("Recebido no mês", all, billing.PilePaid, plural(all.Counts[billing.PilePaid], "fatura paga", "faturas pagas")),
		figure("A receber até "+all.Until.DayMonth(), all, billing.PileDue, plural(all.Counts[billing.PileDue], "fatura ainda no prazo", "faturas ainda no prazo")),
		figure("Em atraso, sem encargos", all, billing.PileOverdue, plural(all.Counts[billing.PileOverdue], "fatura vencida", "faturas vencidas")),
		{Label: "Suspensos por débito", Value: fmt.Sprint(all.Suspended), Memo: "pagando, voltam em segundos"},
	}
}

func figure(label string, all billing.Piled, pile billing.Pile, memo string) views.Figure {
	return views.Figure{Label: label, Value: views.Figures(all.Sums[pile]), Memo: memo, Money: true}
}

func pileTable(list billing.Invoices) views.Table {
	t := views.Table{Caption: views.Pile(string(list.Pile)), Columns: []views.Column{{Label: "Cliente"}, {Label: "Fatura", Named: true}, {Label: "Vencimento", Named: true},
		{Label: "Situação"}, {Label: "Valor, R$", Right: true, Named: true, Wide: true}, {Label: "Hoje, R$", Right: true, Main: true}}}
	for _, one := range list.Rows {
		state := invoiceStatus(one.Standing)
		today := views.Cell{Text: views.Figures(one.Owed()), Strong: true}
		if list.Pile == billing.PilePaid {
			today = views.Cell{Text: views.Figures(one.Debt.Paid)}
		}
		t.Rows = append(t.Rows, []views.Cell{
			{Text: one.Customer.Name, Href: "/clientes/" + one.Customer.ID.String(), Who: true},
			{Text: fmt.Sprint(one.Invoice.Number), Href: "/faturas/" + one.Invoice.ID.String()},
			dueCell(one.Standing), {Status: &state}, {Text: views.Figures(one.Total)}, today,
		})
	}
	if list.Pile == billing.PilePaid {
		t.Columns[5].Label = "Pago, R$"
	}
	return t
}
