package handlers

import (
	"cmp"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/staff"
	"enlace/tenants/support"
	"enlace/views"
)

func (w *Web) support() support.Desk {
	return support.Desk{DB: w.DB, Diagnose: w.subscriptions().Diagnose, Vault: w.Vault, Site: w.Site}
}

// atendimentos lists everybody's tickets.
func (w *Web) atendimentos(c *fiber.Ctx) error { return w.tickets(c, uuid.Nil) }

// atendimentosDoCliente lists the tickets of one customer.
func (w *Web) atendimentosDoCliente(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.tickets(c, of)
}

func (w *Web) tickets(c *fiber.Ctx, of uuid.UUID) error {
	t, f := w.asked(c)
	list, err := w.support().Tickets(c.UserContext(), support.ReadTicketFilter(t, of))
	if err != nil {
		return err
	}
	at, zone, now := c.Path(), zoneOf(c), w.DB.Now()
	v := views.Lista{Section: "/atendimentos", Head: views.Head{Title: "Atendimentos", Facts: plural(list.All, "protocolo", "protocolos"), Do: []views.Link{{Label: "Falhas", Href: outagesAt}, {Label: "Adicionar Atendimento", Href: "/atendimentos/novo", Go: true}}},
		Chips: ticketChips(list, at), More: ticketSwitches(list, at), Table: views.Table{Caption: "Atendimentos", Columns: []views.Column{{Label: "Protocolo"}, {Label: "Cliente", Named: true}, {Label: "Tipo", Named: true, Wide: true}, {Label: "Com", Named: true}, {Label: "Idade", Named: true}, {Label: "Situação"}}},
		Pager: pager(c, list.Filter.Page, support.PageSize, list.Total),
		Empty: views.Empty{Title: "Nenhum atendimento", Why: "O que o assinante escreve ao bot e o que a equipe abre aparece aqui, com protocolo."}}
	if list.Customer != nil {
		ofCustomer(&v, list.Customer, "/atendimentos", "Atendimentos")
		v.Head.Do = v.Head.Do[1:]
		v.Head.Do[0].Href += "?cliente=" + list.Customer.ID.String()
	} else {
		if session(c).Granted[staff.ReportSupport] {
			v.Head.Do = append([]views.Link{{Label: "Avaliações", Href: marksAt}}, v.Head.Do...)
		}
		v.Find = &views.Procura{Form: f, Action: at, Label: "Protocolo", Hidden: hiddenFilters(t, "situacao", "de", "atrasados", "esperando")}
	}
	for _, row := range list.Rows {
		s := views.StatusOf("tickets.status", string(row.Status))
		state := views.Cell{Status: &s}
		switch {
		case row.Rating != nil:
			state.Memo = "nota " + ratingSaid(row)
		case support.Talks(row, now):
			state.Memo = "em conversa no Telegram"
		}
		if row.WaitsSince != nil {
			state.Memo = "espera resposta há " + views.Lasted(now.Sub(*row.WaitsSince))
		}
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: row.Protocol, Href: "/atendimentos/" + row.ID.String(), Num: true, Memo: views.Excerpt(row.Opening)},
			{Text: support.Owner(row), Href: "/clientes/" + row.CustomerID.String()}, {Text: cmp.Or(support.Type(row), "–")}, {Text: cmp.Or(support.With(row), "–")}, ageOf(row, zone, now), state})
	}
	return w.show(c, v)
}

// hiddenFilters are the filters of an address that a form sends along.
func hiddenFilters(t tenants.Typed, names ...string) map[string]string {
	kept := map[string]string{}
	for _, name := range names {
		if t[name] != "" {
			kept[name] = t[name]
		}
	}
	return kept
}

// ageOf is how old a ticket is, and how it stands with the time its type promises.
func ageOf(row *ent.Ticket, zone *time.Location, now time.Time) views.Cell {
	if row.ClosedAt != nil {
		return views.Cell{Text: views.Moment(row.OpenedAt.In(zone)), Num: true, Memo: "resolvido em " + views.Lasted(row.ClosedAt.Sub(row.OpenedAt))}
	}
	cell := views.Cell{Text: "há " + views.Lasted(now.Sub(row.OpenedAt)), Num: true}
	switch {
	case support.Overdue(row, now):
		cell.Status = &views.Status{Word: "atrasado há " + views.Lasted(now.Sub(*row.DueAt)), Class: "bad", Bare: true}
	case row.DueAt != nil:
		cell.Memo = "prazo em " + views.Lasted(row.DueAt.Sub(now))
	}
	return cell
}

// ticketChips narrow the list down by state.
func ticketChips(list support.Tickets, at string) []views.Chip {
	to := func(s ticket.Status) string {
		f := list.Filter
		f.Status = s
		return withQuery(at, f.Address())
	}
	chips := []views.Chip{{Label: "Todos", Href: to(""), Count: counted(list.All, tenants.Exact), Current: list.Filter.Status == ""}}
	for _, s := range support.TicketStates {
		chips = append(chips, views.Chip{Label: views.Word("tickets.status", string(s)), Href: to(s), Count: counted(list.Counts[s], tenants.Exact), Current: list.Filter.Status == s})
	}
	return chips
}

// ticketSwitches narrow it down by whose they are, and to those that are late.
func ticketSwitches(list support.Tickets, at string) []views.Chip {
	turned := func(change func(*support.TicketFilter)) string {
		f := list.Filter
		change(&f)
		return withQuery(at, f.Address())
	}
	f := list.Filter
	chips := []views.Chip{{Label: "Comigo", Count: counted(list.OfMe, tenants.Exact), Current: f.Mine, Href: turned(func(f *support.TicketFilter) { f.Mine, f.Sector = !f.Mine, false })}}
	if list.Sector != nil {
		chips = append(chips, views.Chip{Label: "Meu setor", Count: counted(list.OfSector, tenants.Exact), Current: f.Sector, Href: turned(func(f *support.TicketFilter) { f.Sector, f.Mine = !f.Sector, false })})
	}
	chips = append(chips, views.Chip{Label: "Esperando resposta", Count: counted(list.Waiting, tenants.Exact), Current: f.Waiting, Href: turned(func(f *support.TicketFilter) { f.Waiting = !f.Waiting })})
	return append(chips, views.Chip{Label: "Atrasados", Count: counted(list.LateOnes, tenants.Exact), Current: f.Late, Href: turned(func(f *support.TicketFilter) { f.Late = !f.Late })})
}

// withQuery is an address with a query, where there is one.
func withQuery(at, query string) string {
	if query == "" {
		return at
	}
	return at + "?" + query
}

// ofCustomer makes a list one of the customer's menu: it stands under the customer, and does not repeat the name in each row.
func ofCustomer(v *views.Lista, who *ent.Customer, part, title string) {
	own := "/clientes/" + who.ID.String()
	v.Section, v.Tabs = "/clientes", views.CustomerTabs(who.ID.String(), own+part)
	v.Head.Crumbs = []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: who.Name, Href: own}}
	v.Head.Here, v.Head.Title = title, title+" de "+who.Name
}
