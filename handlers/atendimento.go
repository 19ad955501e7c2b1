package handlers

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/staff"
	"enlace/tenants/support"
	"enlace/views"
)

func (w *Web) support() support.Desk { return support.Desk{DB: w.DB} }

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
	isp, _ := tenants.From(c.UserContext())
	page := max(1, c.QueryInt("pagina", 1))
	list, err := w.support().Tickets(c.UserContext(), of, page)
	if err != nil {
		return err
	}
	v := views.Lista{Section: "/atendimentos", Head: views.Head{Title: "Atendimentos", Facts: plural(list.Total, "protocolo", "protocolos")},
		Table: views.Table{Caption: "Atendimentos", Columns: []views.Column{{Label: "Protocolo"}, {Label: "Cliente", Named: true}, {Label: "Aberto em", Named: true}, {Label: "Situação"}}},
		Pager: pager(c, page, support.PageSize, list.Total),
		Empty: views.Empty{Title: "Nenhum atendimento", Why: "O que o assinante escreve ao bot e o que a equipe abre aparece aqui, com protocolo."}}
	if list.Customer != nil {
		ofCustomer(&v, list.Customer, "/atendimentos", "Atendimentos")
	}
	for _, row := range list.Rows {
		s := views.StatusOf("tickets.status", string(row.Status))
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: row.Protocol, Num: true, Memo: views.Excerpt(row.Opening)},
			{Text: list.Names[row.CustomerID], Href: "/clientes/" + row.CustomerID.String()}, {Text: views.Moment(row.OpenedAt.In(isp.Zone)), Num: true}, {Status: &s}})
	}
	return w.show(c, v)
}

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
	isp, _ := tenants.From(c.UserContext())
	page := max(1, c.QueryInt("pagina", 1))
	list, err := w.support().WorkOrders(c.UserContext(), of, page)
	if err != nil {
		return err
	}
	v := views.Lista{Section: "/ordens-de-servico", Head: views.Head{Title: "Ordens de serviço", Facts: plural(list.Total, "ordem", "ordens")},
		Table: views.Table{Caption: "Ordens de serviço", Columns: []views.Column{{Label: "OS"}, {Label: "Cliente", Named: true}, {Label: "Início", Named: true}, {Label: "Técnico", Named: true}, {Label: "Situação"}}},
		Pager: pager(c, page, support.PageSize, list.Total),
		Empty: views.Empty{Title: "Nenhuma ordem de serviço", Why: "As visitas abertas numa venda ou num atendimento aparecem aqui."}}
	if list.Customer != nil {
		ofCustomer(&v, list.Customer, "/ordens-de-servico", "Ordens de serviço")
	}
	for _, row := range list.Rows {
		s, starts := views.StatusOf("work_orders.status", string(row.Status)), "a agendar"
		if row.StartsAt != nil {
			starts = views.Moment(row.StartsAt.In(isp.Zone))
		}
		if support.Late(row, w.DB.Now()) {
			s = views.StatusOf("visit", "late")
		}
		who := views.Cell{Text: list.Names[row.CustomerID]}
		if session(c).Granted[staff.See] { // a technician's visit is all he sees of the customer
			who.Href = "/clientes/" + row.CustomerID.String()
		}
		v.Table.Rows = append(v.Table.Rows, []views.Cell{{Text: fmt.Sprintf("%d, %s", row.Number, list.Types[row.TypeID]), Memo: views.Excerpt(row.Description)},
			who, {Text: starts, Num: true}, {Text: support.Technician(row)}, {Status: &s}})
	}
	return w.show(c, v)
}

// ofCustomer makes a list one of the customer's menu: it stands under the customer, and does not repeat the name in each row.
func ofCustomer(v *views.Lista, who *ent.Customer, part, title string) {
	own := "/clientes/" + who.ID.String()
	v.Section, v.Tabs = "/clientes", views.CustomerTabs(who.ID.String(), own+part)
	v.Head.Crumbs = []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: who.Name, Href: own}}
	v.Head.Here, v.Head.Title = title, title+" de "+who.Name
}
