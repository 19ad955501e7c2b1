package handlers

import (
	"fmt"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/network"
	"enlace/views"
)

// extrato is the connection log of a service (Extrato de Conexões); its days are in the address.
func (w *Web) extrato(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.asked(c)
	span := network.ReadSpan(t, w.DB.Today(c.UserContext()))
	f.Typed.Set("de", span.From.BR())
	f.Typed.Set("ate", span.To.BR())
	page, err := w.network().Statement(c.UserContext(), sub, span)
	if err != nil {
		return err
	}
	own := "/servicos/" + sub.String() + "/conexoes"
	v := views.Conexoes{Head: serviceHead(page.About, "Extrato de Conexões"), Action: own, Form: f, Pager: pager(c, span.Page, network.StatementSize, page.Total),
		Table: views.Table{Caption: "Conexões de " + views.Date(span.From) + " a " + views.Date(span.To), Columns: []views.Column{{Label: "Início"}, {Label: "Fim", Named: true}, {Label: "Endereço", Named: true},
			{Label: "Equipamento", Named: true, Wide: true}, {Label: "Download", Right: true, Named: true}, {Label: "Upload", Right: true, Named: true}}},
		Empty: views.Empty{Title: "Nenhuma conexão nestes dias", Why: "O registro de conexões é guardado por um ano."}}
	for _, one := range page.Rows {
		v.Table.Rows = append(v.Table.Rows, sessionRow(one, page.NAS[one.NasID], zoneOf(c)))
	}
	return w.show(c, v)
}

// serviceHead is the head of a page about a service.
func serviceHead(s network.About, title string) views.Head {
	return views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: s.Customer.Name, Href: "/clientes/" + s.Customer.ID.String()},
		{Label: s.Plan.Name, Href: "/servicos/" + s.Subscription.ID.String()}}, Here: title, Title: title, Facts: s.Plan.Name + " de " + s.Customer.Name}
}

func sessionRow(one *ent.Connection, at string, zone *time.Location) []views.Cell {
	end := views.Cell{Text: "conectado", Strong: true}
	if one.EndedAt != nil {
		end = views.Cell{Text: views.Moment(one.EndedAt.In(zone)), Num: true, Memo: views.Ending(one.Cause)}
	}
	return []views.Cell{{Text: views.Moment(one.StartedAt.In(zone)), Num: true, Memo: views.Lasted(lasted(one))}, end,
		{Lines: addresses(one), Num: true}, {Text: one.CallingStation, Memo: strings.TrimSpace(at + " " + one.NasPort)},
		{Text: views.Bytes(one.BytesDown), Num: true}, {Text: views.Bytes(one.BytesUp), Num: true}}
}

func lasted(one *ent.Connection) time.Duration {
	if one.EndedAt != nil {
		return one.EndedAt.Sub(one.StartedAt)
	}
	return one.UpdatedAt.Sub(one.StartedAt)
}

// addresses are those a session has, the public one with its ports behind the private one.
func addresses(one *ent.Connection) (all []string) {
	for _, address := range []*string{one.Ipv4, one.Ipv6, one.Ipv6Delegated} {
		if address != nil {
			all = append(all, *address)
		}
	}
	if one.PublicIP != nil {
		all = append(all, fmt.Sprintf("%s, portas %d a %d", *one.PublicIP, one.PortFrom, one.PortTo))
	}
	return all
}

// quemUsou asks who had an address at an instant.
func (w *Web) quemUsou(c *fiber.Ctx) error {
	f := w.form(c)
	f.Typed.Set("data", w.DB.Today(c.UserContext()).BR())
	return w.showTrace(c, f, nil, false)
}

func (w *Web) procurarQuemUsou(c *fiber.Ctx) error {
	t, f := w.typed(c)
	var wrong tenants.Fields
	in := network.ReadTrace(t, zoneOf(c), &wrong)
	err := wrong.Err()
	var holders []network.Holder
	if err == nil {
		holders, err = w.network().WhoHad(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showTrace(c, f, nil, false)
		}
		return err
	}
	return w.showTrace(c, f, holders, true)
}

func (w *Web) showTrace(c *fiber.Ctx, f views.Form, holders []network.Holder, asked bool) error {
	if err := w.network().MayTrace(c.UserContext()); err != nil {
		return err
	}
	v := views.QuemUsou{Head: settingsHead("Quem usava este endereço", "o registro de conexões é guardado por um ano"), Form: f, Own: "/configuracoes/quem-usou", Asked: asked,
		Said: views.Verdict{Said: "Cada consulta fica no histórico do cliente", Proof: []views.Link{{Label: "Com quem a fez e o motivo. Entregue estes dados só com ordem judicial."}}},
		Table: views.Table{Caption: "Quem usava o endereço", Columns: []views.Column{{Label: "Cliente"}, {Label: "Serviço", Named: true}, {Label: "Conectado", Named: true}, {Label: "Endereço", Named: true},
			{Label: "Equipamento", Named: true, Wide: true}}}}
	zone := zoneOf(c)
	for _, h := range holders {
		row := sessionRow(h.Session, h.NAS, zone)
		who, what := views.Cell{Text: "de ninguém: " + h.Session.Login, Muted: true}, views.Cell{Text: "–"}
		if h.Customer != nil && h.Subscription != nil {
			who = views.Cell{Text: h.Customer.Name, Href: "/clientes/" + h.Customer.ID.String(), Who: true, Memo: h.Session.Login}
			what = views.Cell{Text: fmt.Sprintf("serviço %d", h.Subscription.Number), Href: "/servicos/" + h.Subscription.ID.String()}
		}
		until := "ainda conectado"
		switch {
		case h.Perhaps:
			until = "talvez: último relato " + views.Moment(h.Session.EndedAt.In(zone)) + ", o fim não foi relatado"
		case h.Session.EndedAt != nil:
			until = "até " + views.Moment(h.Session.EndedAt.In(zone))
		}
		v.Table.Rows = append(v.Table.Rows, []views.Cell{who, what, {Text: views.Moment(h.Session.StartedAt.In(zone)), Num: true, Memo: until}, row[2], row[3]})
	}
	return w.show(c, v)
}

// connectionFacts tell of a running session, or of the last one.
func connectionFacts(line *network.Line, zone *time.Location) (facts []views.Fact) {
	if line == nil {
		return nil
	}
	s := line.Session
	state := "desconectado"
	switch {
	case line.Silent:
		state = "sem sinal"
	case line.Running():
		state = "conectado"
	}
	add := func(term, text string) {
		if text != "" {
			facts = append(facts, views.Fact{Term: term, Text: text, Num: true})
		}
	}
	add("Agora", state)
	for i, address := range addresses(s) {
		add([]string{"Endereço", "Outro endereço"}[min(i, 1)], address)
	}
	add("Desde", views.Moment(s.StartedAt.In(zone)))
	if s.EndedAt != nil {
		add("Até", views.Moment(s.EndedAt.In(zone)))
		add("Fim", views.Ending(s.Cause))
	} else {
		add("Último relato", views.Moment(s.UpdatedAt.In(zone)))
	}
	add("MAC", s.CallingStation)
	add("Concentrador", strings.TrimSpace(line.NAS.Name+" "+s.NasPort))
	add("Download", views.Bytes(s.BytesDown))
	add("Upload", views.Bytes(s.BytesUp))
	return facts
}
