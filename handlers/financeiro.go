package handlers

import (
	"fmt"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"enlace/ent/savedview"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
	"enlace/views"
)

// financeiro shows what is owed: by state, by age, by who owes it. Its filters are in the address.
func (w *Web) financeiro(c *fiber.Ctx) error {
	t, f := w.asked(c)
	return w.showReceivables(c, billing.ReadReceivableFilter(t), f, w.small(c))
}

func (w *Web) showReceivables(c *fiber.Ctx, filter billing.ReceivableFilter, f, save views.Form) error {
	list, err := w.billing().Receivables(c.UserContext(), filter)
	if err != nil {
		return err
	}
	v := views.Financeiro{
		Head:  views.Head{Title: "Financeiro", Facts: views.Month(list.Today) + ", até hoje às " + views.Clock(w.DB.Now().In(zoneOf(c)))},
		Chips: receivableChips(list.Aging, filter), Ages: agingTable(list.Aging, filter), Narrowed: filter.Narrows(),
		Form: f, Hidden: onlyOf(billing.ReceivableFilter{State: filter.State, Bucket: filter.Bucket, Descending: filter.Descending}.Address()), Save: save, Filters: filter.Address(),
		Methods: answers("Todas", list.Choices[0], views.Option{Value: "sem-fatura", Label: "Sem fatura, na loja"}),
		Groups:  answers("Todos", list.Choices[1]), Plans: answers("Todos", list.Choices[2]), Sellers: answers("Todos", list.Choices[3]),
		Table: receivablesTable(list, filter),
		Empty: views.Empty{Title: "Nada aqui", Why: "Nenhuma fatura ou cobrança está nesta lista com este filtro."},
	}
	if filter.Narrows() {
		v.Empty.Next = views.Link{Label: "Ver sem filtro", Href: "/financeiro?" + billing.ReceivableFilter{State: filter.State, Bucket: filter.Bucket}.Address()}
	} else {
		v.Figures = receivableFigures(list.Aging)
	}
	if session(c).Granted[staff.ReportFinance] {
		v.Head.Do = []views.Link{{Label: "Recebimentos", Href: "/relatorios/recebimentos"}, {Label: "Doze meses", Href: "/relatorios/financeiro"}}
	}
	if session(c).Granted[staff.Receive] {
		v.Head.More = &views.More{Label: "Cobrança e bancos", Can: []views.Link{{Label: "Régua de cobrança", Href: "/financeiro/regua"}, {Label: "Bancos", Href: banks}, {Label: "Pix recebidos", Href: pixReceived},
			{Label: "Contestações", Href: "/contestacoes"}, {Label: "Correspondentes", Href: "/correspondentes"}, {Label: "Caixas", Href: "/caixas"}}}
	}
	v.Head.Do = append(v.Head.Do, views.Link{Label: "Exportar CSV", Href: "/financeiro.csv?" + filter.Address()})
	button := w.small(c)
	for _, one := range list.Saved {
		v.Saved = append(v.Saved, views.Entry{Text: one.Name, Href: "/financeiro?" + one.Filters, Do: &views.Link{Label: "Esquecer", Href: "/financeiro/visoes/" + one.ID.String() + "/esquecer", Post: &button}})
	}
	v.Pager = pager(c, filter.Page, billing.PageSize, list.Total)
	return w.show(c, v)
}

// answers are those of a list, after the one that asks for all of them.
func answers(all string, rows []tenants.Choice, more ...views.Option) []views.Option {
	list := append([]views.Option{{Label: all}}, more...)
	for _, row := range rows {
		list = append(list, views.Option{Value: row.ID.String(), Label: row.Name})
	}
	return list
}

// onlyOf is an address as the hidden fields of a form.
func onlyOf(address string) map[string]string {
	asked, _ := url.ParseQuery(address)
	fields := map[string]string{}
	for name := range asked {
		fields[name] = asked.Get(name)
	}
	return fields
}

func receivableFigures(a billing.Aging) []views.Figure {
	late, papers := a.Late(), func(h billing.Heap) string { return plural(h.Count, "documento", "documentos") }
	return []views.Figure{
		{Label: "Recebido hoje", Value: views.Figures(a.Received), Memo: "em dinheiro, no banco e por Pix", Money: true},
		{Label: "Recebido no mês", Value: views.Figures(a.ReceivedMonth), Memo: "menos os estornos", Money: true},
		{Label: "A receber até " + a.Until.DayMonth(), Value: views.Figures(a.Soon.Sum), Memo: papers(a.Soon) + " no prazo", Money: true},
		{Label: "Em atraso, sem encargos", Value: views.Figures(late.Sum), Memo: papers(late), Money: true},
	}
}

// receivableChips choose the state and keep the other filters.
func receivableChips(a billing.Aging, now billing.ReceivableFilter) (chips []views.Chip) {
	all := a.Late()
	counts := map[billing.ReceivableState]int{billing.ReceivableOverdue: all.Count, billing.ReceivableDue: a.Due.Count, billing.ReceivableContested: a.Contested.Count,
		billing.ReceivableOpen: all.Count + a.Due.Count + a.Contested.Count}
	for _, state := range billing.ReceivableStates {
		other := now
		other.State, other.Bucket = state, ""
		chip := views.Chip{Label: views.Word("receivables.state", string(state)), Href: "/financeiro?" + other.Address(), Current: state == now.State}
		if n, counted := counts[state]; counted {
			chip.Count = views.Number(n)
		}
		chips = append(chips, chip)
	}
	return chips
}

// agingTable is how old what is owed is, each age a filter of its own.
func agingTable(a billing.Aging, now billing.ReceivableFilter) views.Table {
	t := views.Table{Caption: "Por idade, sem encargos", Tight: true, Columns: []views.Column{{Label: "Idade"}, {Label: "Docs.", Right: true, Named: true}, {Label: "Em aberto, R$", Right: true, Main: true}}}
	row := func(label string, h billing.Heap, state billing.ReceivableState, bucket billing.Bucket) []views.Cell {
		other := now
		other.State, other.Bucket, other.Page = state, bucket, 1
		return []views.Cell{{Text: label, Href: "/financeiro?" + other.Address(), Who: state == now.State && bucket == now.Bucket}, {Text: views.Number(h.Count), Num: true}, {Text: views.Figures(h.Sum), Num: true, Muted: h.Sum == 0}}
	}
	all := a.Due
	t.Rows = append(t.Rows, row("A vencer", a.Due, billing.ReceivableDue, ""))
	for _, bucket := range billing.Buckets {
		h := a.Overdue[bucket]
		all.Count, all.Sum = all.Count+h.Count, all.Sum+h.Sum
		t.Rows = append(t.Rows, row(views.Word("receivables.bucket", string(bucket)), h, billing.ReceivableOverdue, bucket))
	}
	t.Foot = []views.Cell{{Text: "Total"}, {Text: views.Number(all.Count)}, {Text: views.Figures(all.Sum)}}
	return t
}

func receivablesTable(list billing.Receivables, filter billing.ReceivableFilter) views.Table {
	other := filter
	other.Descending, other.Page = !filter.Descending, 1
	due := views.Column{Label: "Vencimento", Named: true, Href: "/financeiro?" + other.Address(), Sorted: map[bool]string{true: "descending", false: "ascending"}[filter.Descending]}
	last := views.Column{Label: "Hoje, R$", Right: true, Main: true}
	if filter.State == billing.ReceivablePaid { // they stand as they were paid
		due.Href, due.Sorted, last.Label = "", "", "Pago, R$"
	}
	t := views.Table{Caption: views.Word("receivables.state", string(filter.State)), Columns: []views.Column{{Label: "Cliente"}, {Label: "Documento", Named: true}, due, {Label: "Situação"}, {Label: "Valor, R$", Right: true, Named: true, Wide: true}, last}}
	if filter.Bucket != "" {
		t.Caption += ", " + views.Word("receivables.bucket", string(filter.Bucket))
	}
	for _, one := range list.Rows {
		state := views.StatusOf("invoice", string(one.StatusOn(list.Today)))
		who := views.Cell{Text: one.Customer.Name, Href: "/clientes/" + one.Customer.ID.String() + "/financeiro", Who: true}
		if one.Loose != nil {
			t.Rows = append(t.Rows, []views.Cell{who, {Text: fmt.Sprintf("Cobrança %d", one.Loose.Number), Href: "/cobrancas/" + one.Loose.ID.String(), Memo: one.Loose.Description},
				dueOn(one.Due()), {Status: &state}, {Text: views.Figures(one.Loose.Amount)}, {Text: views.Figures(one.Owed()), Strong: true}})
			continue
		}
		today := views.Cell{Text: views.Figures(one.Owed()), Strong: true}
		if filter.State == billing.ReceivablePaid {
			today = views.Cell{Text: views.Figures(one.Debt.Paid)}
		}
		t.Rows = append(t.Rows, []views.Cell{who, {Text: fmt.Sprintf("Fatura %d", one.Invoice.Number), Href: "/faturas/" + one.Invoice.ID.String(), Memo: whatFor(one.Standing)}, dueOn(one.Due()), {Status: &state}, {Text: views.Figures(one.Total)}, today})
	}
	return t
}

// dueOn is a due date, with the day until which it is paid without late charges where that is another.
func dueOn(due calendar.Date) views.Cell {
	cell := views.Cell{Text: due.BR(), Num: true}
	if last := calendar.EffectiveLastDay(due); last != due {
		cell.Memo = "paga-se até " + last.DayMonth()
	}
	return cell
}

// exportarFinanceiro sends the list as a CSV while it is read.
func (w *Web) exportarFinanceiro(c *fiber.Ctx) error {
	t, _ := w.asked(c)
	write, err := w.billing().ExportReceivables(c.UserContext(), billing.ReadReceivableFilter(t), func(s billing.InvoiceStatus) string { return views.StatusOf("invoice", string(s)).Word })
	if err != nil {
		return err
	}
	return w.sendCSV(c, "financeiro.csv", write)
}

// salvarVisaoFinanceira gives the list in "filtros" a name.
func (w *Web) salvarVisaoFinanceira(c *fiber.Ctx) error {
	t, f := w.typed(c)
	asked := tenants.Typed(onlyOf(t["filtros"]))
	filter := billing.ReadReceivableFilter(asked)
	err := w.customers().SaveView(c.UserContext(), t, savedview.ListReceivables, filter.Address())
	if err == nil {
		w.say(c, views.Toast{Said: "Visão " + t["nome"] + " salva."})
		return w.redirect(c, "/financeiro?"+filter.Address())
	}
	if !w.wrong(c, &f, err) {
		return err
	}
	return w.showReceivables(c, filter, views.Form{CSRF: f.CSRF, Typed: valuesOf(asked)}, f)
}

func (w *Web) esquecerVisaoFinanceira(c *fiber.Ctx) error {
	saved, err := id(c, "id")
	if err != nil {
		return err
	}
	if err := w.customers().Forget(c.UserContext(), saved); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "Visão esquecida."})
	return w.redirect(c, "/financeiro")
}
