package handlers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"enlace/ent"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
	"enlace/views"
)

// accountPiles are the chips of a customer's invoices, in order, with the statuses that lie under each.
var accountPiles = []struct {
	code, label string
	statuses    []billing.InvoiceStatus
}{
	{"abertas", "Em aberto", []billing.InvoiceStatus{billing.InvoiceOpen, billing.InvoicePartly, billing.InvoiceOverdue, billing.InvoiceContested}},
	{"pagas", "Pagas", []billing.InvoiceStatus{billing.InvoicePaid}},
	{"canceladas", "Canceladas", []billing.InvoiceStatus{billing.InvoiceCancelled}},
}

// clienteFinanceiro is all that a customer owes and has paid, on one page.
func (w *Web) clienteFinanceiro(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	received := max(1, c.QueryInt("recebidos", 1))
	a, err := w.billing().AccountPage(c.UserContext(), of, received)
	if err != nil {
		return err
	}
	today := calendar.Of(w.DB.Now().In(zoneOf(c)))
	own := "/clientes/" + of.String()
	v := views.ClienteFinanceiro{Head: w.customerHead(c, a.Customer), Tabs: views.CustomerTabs(of.String(), own+"/financeiro"), Figures: accountFigures(a, today),
		Empty: views.Empty{Title: "Nenhuma fatura aqui", Why: "Faturas vêm do carnê, da cobrança mensal ou de uma cobrança."}}
	v.Head.Crumbs = append(v.Head.Crumbs, views.Link{Label: a.Customer.Name, Href: own})
	v.Head.Here, v.Head.Title = "Financeiro", "Financeiro de "+a.Customer.Name
	v.Head.Do = []views.Link{{Label: "Extrato", Href: own + "/extrato"}}
	if session(c).Granted[staff.Charge] {
		v.Head.Do = append([]views.Link{{Label: "+ Carnê Bancário", Href: own + "/carnes/novo", Go: true}, {Label: "+ Cobrança", Href: own + "/cobrancas/nova"}, {Label: "+ Evento", Href: own + "/eventos/novo"}}, v.Head.Do...)
	}
	v.Arranged = []views.Entry{{Text: "Acordos e eventos de faturamento", Href: own + "/acordos"}}
	if a.Overdue > 0 && session(c).Granted[staff.Receive] {
		v.Arranged = append(v.Arranged, views.Entry{Text: "Fazer acordo", Href: own + "/acordos/novo", Memo: "parcela o que está em atraso"})
	}
	if session(c).Granted[staff.Receive] {
		v.Head.Do = append(v.Head.Do, views.Link{Label: "Receber", Href: own + "/baixa"})
	}
	for _, one := range a.Declared {
		v.Arranged = append(v.Arranged, views.Entry{Text: fmt.Sprintf("Quitação anual de débitos de %d", one.Year), Href: fmt.Sprintf("%s/quitacao/%d", own, one.Year), Memo: "declarada em " + one.Day.BR()})
	}
	chosen := accountPiles[0]
	for _, pile := range accountPiles {
		if pile.code == c.Query("situacao") {
			chosen = pile
		}
	}
	var rows []*billing.Standing
	for _, pile := range accountPiles {
		within := slices.DeleteFunc(slices.Clone(a.Invoices), func(s *billing.Standing) bool { return !slices.Contains(pile.statuses, s.Status) })
		if pile.code == chosen.code {
			rows = within
		}
		count := len(within)
		for _, row := range append(slices.Clone(a.Loose), a.Closed...) {
			if slices.Contains(pile.statuses, billing.ChargeStatus(row, today)) {
				count++
			}
		}
		v.Chips = append(v.Chips, views.Chip{Label: pile.label, Href: own + "/financeiro?situacao=" + pile.code, Count: fmt.Sprint(count), Current: pile.code == chosen.code})
	}
	if chosen.code == "abertas" { // what is due first is asked for first
		slices.Reverse(rows)
	}
	page := max(1, c.QueryInt("pagina", 1))
	v.Pager = pager(c, page, billing.PageSize, len(rows))
	first := min((page-1)*billing.PageSize, len(rows))
	v.Table = accountTable(rows[first:min(first+billing.PageSize, len(rows))], chosen.code == "pagas")
	for _, row := range append(slices.Clone(a.Loose), a.Closed...) {
		if slices.Contains(chosen.statuses, billing.ChargeStatus(row, today)) {
			v.Loose = append(v.Loose, looseEntry(row, today))
		}
	}
	showAccount(c, &v, a)
	v.Older = sectionPager(c, "recebidos", received, len(a.Payments), billing.PaymentsPage, a.More)
	return w.show(c, v)
}

func accountFigures(a *billing.Account, today calendar.Date) []views.Figure {
	next := views.Figure{Label: "Próximo vencimento", Value: "–"}
	late := 0
	for _, s := range slices.Backward(a.Invoices) { // the oldest first
		switch s.Status {
		case billing.InvoiceOverdue:
			late++
		case billing.InvoiceOpen, billing.InvoicePartly:
			if next.Memo == "" && !s.Invoice.Due.Before(today) {
				next.Value, next.Memo = s.Invoice.Due.DayMonth(), views.Money(s.Owed())
			}
		}
	}
	overdue := "nada em atraso"
	if a.Overdue > 0 {
		overdue = plural(late, "fatura vencida", "faturas vencidas") + ", com encargos"
	}
	return []views.Figure{
		{Label: "Em atraso hoje", Value: views.Figures(a.Overdue), Memo: overdue, Money: true},
		{Label: "A vencer", Value: views.Figures(a.Open), Memo: "faturas e cobranças no prazo", Money: true},
		{Label: "Crédito", Value: views.Figures(a.Credit), Memo: "abate as próximas faturas", Money: true},
		next,
	}
}

// accountTable lists invoices with what each one is for.
func accountTable(rows []*billing.Standing, paid bool) views.Table {
	t := views.Table{Caption: "Faturas", Columns: []views.Column{{Label: "Fatura"}, {Label: "Vencimento", Named: true}, {Label: "Situação"},
		{Label: "Valor, R$", Right: true, Named: true, Wide: true}, {Label: "Hoje, R$", Right: true, Main: true}}}
	if paid {
		t.Columns[4].Label = "Pago, R$"
	}
	for _, s := range rows {
		state := invoiceStatus(s)
		today := views.Cell{Text: views.Figures(s.Owed()), Strong: true}
		if paid {
			today = views.Cell{Text: views.Figures(s.Debt.Paid)}
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: fmt.Sprint(s.Invoice.Number), Href: "/faturas/" + s.Invoice.ID.String(), Memo: whatForWhole(s)}, dueCell(s), {Status: &state}, {Text: views.Figures(s.Total)}, today})
	}
	return t
}

// nearestTable lists the invoices one asks for first, by what each was issued for, and by today's amount where that is another.
func nearestTable(rows []*billing.Standing) views.Table {
	t := views.Table{Caption: "Próximas e últimas faturas", Columns: []views.Column{{Label: "Fatura"}, {Label: "Vencimento", Named: true}, {Label: "Situação"}, {Label: "Valor, R$", Right: true, Main: true}}}
	for _, s := range rows {
		state, amount := invoiceStatus(s), views.Cell{Text: views.Figures(s.Total)}
		if s.Status != billing.InvoicePaid && s.Owed() != s.Total {
			amount.Memo = "hoje\u00a0" + views.Figures(s.Owed())
		}
		t.Rows = append(t.Rows, []views.Cell{{Text: fmt.Sprint(s.Invoice.Number), Href: "/faturas/" + s.Invoice.ID.String(), Memo: whatFor(s)}, dueCell(s), {Status: &state}, amount})
	}
	return t
}

// whatFor names the charges of an invoice.
func whatFor(s *billing.Standing) (said string) {
	for i, row := range s.Charges {
		if i > 0 {
			said += " · "
		}
		said += row.Description
	}
	return said
}

// showAccount puts beside the invoices what else there is: payments, credits with what they were used for, carnês.
func showAccount(c *fiber.Ctx, v *views.ClienteFinanceiro, a *billing.Account) {
	for _, p := range a.Payments {
		v.Payments = append(v.Payments, paymentEntry(c, p, false))
	}
	for _, one := range a.Credits {
		e := views.Entry{Text: "crédito de " + views.Money(one.Amount), Memo: one.Memo + " · " + views.Moment(one.CreatedAt.In(zoneOf(c)))}
		if one.Left != one.Amount {
			e.Memo += " · resta " + views.Money(one.Left)
		}
		v.Credits = append(v.Credits, e)
		for _, use := range one.Uses {
			e := views.Entry{Text: "usado: " + views.Money(use.Amount), Memo: "em " + views.Moment(use.At.In(zoneOf(c)))}
			if use.ChargeID != nil {
				e.Href = "/cobrancas/" + use.ChargeID.String()
			} else {
				e.Text = "devolvido: " + views.Money(use.Amount)
			}
			v.Credits = append(v.Credits, e)
		}
	}
	for _, one := range a.Booklets {
		e := views.Entry{Text: fmt.Sprintf("Carnê %d", one.Number), Href: "/carnes/" + one.ID.String(), Memo: plural(one.Instalments, "parcela", "parcelas")}
		if one.CancelledAt != nil {
			state := views.StatusOf("invoice", string(billing.InvoiceCancelled))
			e.Status = &state
		}
		v.Booklets = append(v.Booklets, e)
	}
}

// whatForWhole are the charges of an invoice, each with how it came about.
func whatForWhole(s *billing.Standing) string {
	var said []string
	for _, row := range s.Charges {
		said = append(said, row.Description+", "+row.Memo)
	}
	return strings.Join(said, " · ")
}

// looseEntry is a charge without an invoice in a list.
func looseEntry(row *ent.Charge, today calendar.Date) views.Entry {
	state := views.StatusOf("invoice", string(billing.ChargeStatus(row, today)))
	amount := row.Amount - row.Settled
	if row.ClosedAt != nil || row.CancelledAt != nil {
		amount = row.Amount
	}
	return views.Entry{Text: row.Description + ", " + views.Money(amount), Href: "/cobrancas/" + row.ID.String(),
		Memo: "vencimento " + row.Due.BR() + " · " + row.Memo, Status: &state}
}

// owesVerdict says what a customer is late with; nil where there is nothing.
func owesVerdict(a *billing.Account, today calendar.Date) *views.Verdict {
	if a.Overdue == 0 {
		return nil
	}
	v := &views.Verdict{Class: "bad", Said: "Deve " + views.Money(a.Overdue)}
	invoices, loose := a.Late(), a.LateLoose(today)
	late := func(what string, due calendar.Date) string { return what + ", vencida em " + due.DayMonth() }
	switch {
	case len(invoices) == 1 && len(loose) == 0:
		v.Said += ": " + late(fmt.Sprintf("fatura %d", invoices[0].Invoice.Number), invoices[0].Invoice.Due)
		v.Proof = []views.Link{{Label: "Ver a fatura", Href: "/faturas/" + invoices[0].Invoice.ID.String()}}
	case len(invoices) == 0 && len(loose) == 1:
		v.Said += ": " + late(loose[0].Description, loose[0].Due)
		v.Proof = []views.Link{{Label: "Ver a cobrança", Href: "/cobrancas/" + loose[0].ID.String()}}
	case len(loose) == 0:
		v.Said += ": " + late(fmt.Sprintf("%d faturas, a mais antiga", len(invoices)), invoices[0].Invoice.Due)
	default:
		v.Said += ": " + plural(len(invoices), "fatura", "faturas") + " e " + plural(len(loose), "cobrança", "cobranças") + " em atraso"
	}
	if v.Proof == nil {
		v.Proof = []views.Link{{Label: "Ver o Financeiro", Href: "/clientes/" + a.Customer.ID.String() + "/financeiro"}}
	}
	return v
}

// creditVerdict says what a customer has to the credit; nil where there is nothing.
func creditVerdict(a *billing.Account) *views.Verdict {
	if a.Credit == 0 {
		return nil
	}
	return &views.Verdict{Class: "ok", Said: "Tem um crédito de " + views.Money(a.Credit), Proof: []views.Link{{Label: "Abate as próximas faturas."}}}
}
