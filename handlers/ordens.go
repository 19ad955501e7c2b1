package handlers

import (
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/brazil"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
	"enlace/tenants/support"
	"enlace/views"
)

// ordens lists the visits; a technician sees his own.
func (w *Web) ordens(c *fiber.Ctx) error { return w.visits(c, uuid.Nil) }

// ordensDoCliente lists the visits to one customer.
func (w *Web) ordensDoCliente(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.visits(c, of)
}

func (w *Web) visits(c *fiber.Ctx, of uuid.UUID) error {
	t, _ := w.asked(c)
	list, err := w.support().WorkOrders(c.UserContext(), support.ReadVisitFilter(t, of))
	if err != nil {
		return err
	}
	at, zone := c.Path(), zoneOf(c)
	v := views.Lista{Section: "/ordens-de-servico", Head: views.Head{Title: "Ordens de serviço", Facts: plural(list.All, "ordem", "ordens"), Do: []views.Link{{Label: "Agenda", Href: "/ordens-de-servico/agenda"}}},
		Chips: visitChips(list, at),
		Table: views.Table{Caption: "Ordens de serviço", Columns: []views.Column{{Label: "OS"}, {Label: "Cliente", Named: true}, {Label: "Início", Named: true}, {Label: "Técnico", Named: true}, {Label: "Situação"}}},
		Pager: pager(c, list.Filter.Page, support.PageSize, list.Total),
		Empty: views.Empty{Title: "Nenhuma ordem de serviço", Why: "As visitas abertas numa venda ou num atendimento aparecem aqui."}}
	if session(c).Granted[staff.Attend] {
		v.Head.Do = append(v.Head.Do, views.Link{Label: "Adicionar Ordem de Serviço", Href: "/ordens-de-servico/nova", Go: true})
	}
	if list.Customer != nil {
		ofCustomer(&v, list.Customer, "/ordens-de-servico", "Ordens de serviço")
		v.Head.Do[len(v.Head.Do)-1].Href += "?cliente=" + list.Customer.ID.String()
	}
	own := !session(c).Granted[staff.Attend] // of the one technician who reads it
	if own {
		v.Table.Columns = slices.DeleteFunc(v.Table.Columns, func(one views.Column) bool { return one.Label == "Técnico" })
	}
	for _, row := range list.Rows {
		s, starts := visitStatus(row, w.DB.Now()), "a agendar"
		if row.StartsAt != nil {
			starts = views.Moment(row.StartsAt.In(zone))
		}
		who := views.Cell{Text: support.Visited(row)}
		if session(c).Granted[staff.See] { // a technician's visit is all he sees of the customer
			who.Href = "/clientes/" + row.CustomerID.String()
		}
		cells := []views.Cell{{Text: fmt.Sprintf("%d, %s", row.Number, support.TypeOf(row)), Href: "/ordens-de-servico/" + row.ID.String(), Memo: views.Excerpt(row.Description)}, who, {Text: starts, Num: true}}
		if !own {
			cells = append(cells, views.Cell{Text: support.Technician(row)})
		}
		v.Table.Rows = append(v.Table.Rows, append(cells, views.Cell{Status: &s}))
	}
	return w.show(c, v)
}

// visitStatus is how a visit stands: one that should have begun is late.
func visitStatus(row *ent.WorkOrder, now time.Time) views.Status {
	if support.Late(row, now) {
		return views.StatusOf("visit", "late")
	}
	return views.StatusOf("work_orders.status", string(row.Status))
}

// visitChips narrow the list down by state.
func visitChips(list support.WorkOrders, at string) []views.Chip {
	to := func(s workorder.Status) string {
		f := list.Filter
		f.Status = s
		return withQuery(at, f.Address())
	}
	chips := []views.Chip{{Label: "Todas", Href: to(""), Count: counted(list.All, tenants.Exact), Current: list.Filter.Status == ""}}
	for _, s := range support.VisitStates {
		chips = append(chips, views.Chip{Label: views.Word("work_orders.status", string(s)), Href: to(s), Count: counted(list.Counts[s], tenants.Exact), Current: list.Filter.Status == s})
	}
	return chips
}

// agenda is a day of the technicians, one under the other: it is made for a phone too.
func (w *Web) agenda(c *fiber.Ctx) error {
	t, f := w.asked(c)
	today := calendar.Of(w.DB.Now().In(zoneOf(c)))
	day := dayAsked(t, "dia", today)
	a, err := w.support().Agenda(c.UserContext(), day, t.ID("tecnico"))
	if err != nil {
		return err
	}
	f.Typed.Set("dia", day.BR())
	to := func(day calendar.Date) string {
		q := url.Values{"dia": {day.String()}}
		if t["tecnico"] != "" {
			q.Set("tecnico", t["tecnico"])
		}
		return "/ordens-de-servico/agenda?" + q.Encode()
	}
	v := views.Agenda{Head: views.Head{Crumbs: []views.Link{{Label: "Ordens de serviço", Href: "/ordens-de-servico"}}, Here: "Agenda", Title: "Agenda", Facts: views.LongDate(day)}, Day: f,
		Before: views.Link{Label: "Dia anterior", Href: to(day.AddDays(-1))}, After: views.Link{Label: "Próximo dia", Href: to(day.AddDays(1))}}
	for _, one := range a.People {
		own := views.Dia{Name: one.Who.Name, Empty: "Nenhuma visita neste dia."}
		for _, row := range one.Visits {
			own.Visits = append(own.Visits, w.stop(c, row, a.Places[row.ID]))
		}
		v.Days = append(v.Days, own)
	}
	for _, row := range a.Without {
		v.Without = append(v.Without, visitEntry(c, row))
	}
	return w.show(c, v)
}

// stop is a visit of a day.
func (w *Web) stop(c *fiber.Ctx, row *ent.WorkOrder, where string) views.Parada {
	starts := row.StartsAt.In(zoneOf(c))
	p := views.Parada{When: views.Clock(starts) + " a " + views.Clock(starts.Add(time.Duration(row.Minutes)*time.Minute)), Title: fmt.Sprintf("OS %d, %s", row.Number, support.TypeOf(row)),
		Href: "/ordens-de-servico/" + row.ID.String(), Who: support.Visited(row), Where: where, Status: visitStatus(row, w.DB.Now())}
	if phone := support.Phone(row); phone != "" {
		p.Reach = append(p.Reach, callLink(phone))
	}
	if where != "" {
		p.Reach = append(p.Reach, mapLink(where))
	}
	return p
}

// callLink calls a telephone in E.164.
func callLink(phone string) views.Link {
	return views.Link{Label: "Ligar " + brazil.FormatPhone(phone), Href: "tel:" + phone}
}

// mapLink shows a place on a map.
func mapLink(place string) views.Link {
	return views.Link{Label: "Mapa", Href: "https://www.openstreetmap.org/search?" + url.Values{"query": {place}}.Encode()}
}
