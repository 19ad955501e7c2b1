package handlers

import (
	"fmt"
	"net/url"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/staff"
	"enlace/views"
)

// eventFields are the fields of the form of a billing event, as they stand on the page.
var eventFields = []string{"servico", "efeito", "descricao", "valor", "partes", "mes", "motivo"}

// eventEffects are what an event does to the invoices.
var eventEffects = []views.Option{{Value: "acrescimo", Label: "Acréscimo", Memo: "soma nas faturas"}, {Value: "desconto", Label: "Desconto", Memo: "abate das faturas, sem passar da mensalidade"}}

// eventoNovo asks for a billing event and shows its parts; what is asked stands in the address.
func (w *Web) eventoNovo(c *fiber.Ctx) error {
	t, f := w.asked(c)
	return w.showNewEvent(c, t, f, nil)
}

// incluirEvento adds the event, or leads to the preview that was asked for.
func (w *Web) incluirEvento(c *fiber.Ctx) error {
	customer, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	if t["ver"] != "" {
		return w.redirect(c, c.Path()+"?"+eventAsked(t))
	}
	var wrong tenants.Fields
	in := billing.ReadNewEvent(t, customer, &wrong)
	if err := wrong.Err(); err != nil {
		return w.showNewEvent(c, t, f, err)
	}
	made, err := w.billing().AddEvent(c.UserContext(), in)
	if err != nil {
		return w.showNewEvent(c, t, f, err)
	}
	w.say(c, views.Toast{Said: "Evento incluído: vai nas próximas faturas do serviço."})
	return w.redirect(c, "/eventos/"+made.String())
}

func eventAsked(t tenants.Typed) string {
	asked := url.Values{}
	for _, name := range eventFields {
		asked.Set(name, t[name])
	}
	return asked.Encode()
}

func (w *Web) showNewEvent(c *fiber.Ctx, t tenants.Typed, f views.Form, refused error) error {
	customer, err := id(c, "id")
	if err != nil {
		return err
	}
	who, services, err := w.billing().OfferEvent(c.UserContext(), customer)
	if err != nil {
		return err
	}
	own := "/clientes/" + customer.String()
	v := views.EventoNovo{Action: own + "/eventos/novo", Effects: eventEffects, Button: "Incluir evento",
		Missing: views.Empty{Title: "Digite o valor", Why: "A prévia mostra cada parte antes de gravar."},
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: who.Name, Href: own}, {Label: "Financeiro", Href: own + "/financeiro"}},
			Here: "Evento de faturamento", Title: "Evento de faturamento", Facts: who.Name}}
	for _, one := range services {
		v.Services = append(v.Services, views.Option{Value: one.ID.String(), Label: fmt.Sprintf("%s, serviço %d", one.Plan.Name, one.Number)})
	}
	if _, typed := t["servico"]; !typed && len(services) > 0 {
		t["servico"] = services[0].ID.String()
	}
	return w.showEventForm(c, v, t, f, customer, refused)
}

// showEventForm fills in what nobody has typed and reckons the preview of what is.
func (w *Web) showEventForm(c *fiber.Ctx, v views.EventoNovo, t tenants.Typed, f views.Form, customer uuid.UUID, refused error) error {
	isp, _ := tenants.From(c.UserContext())
	for name, value := range map[string]string{"efeito": "acrescimo", "partes": "1", "mes": isp.Today(w.DB.Now()).Time().Format("01/2006")} {
		if _, typed := t[name]; !typed {
			t[name] = value
		}
	}
	for name := range t {
		f.Typed.Set(name, t[name])
	}
	f.Order = eventFields
	if t["valor"] == "" && refused == nil {
		v.Form = f
		return w.show(c, v)
	}
	var wrong tenants.Fields
	in := billing.ReadNewEvent(t, customer, &wrong)
	if !v.Reason && in.Subscription == uuid.Nil {
		wrong.Add("servico", "required")
	}
	err := wrong.Err()
	var preview *billing.EventPreview
	if err == nil {
		preview, err = w.billing().PreviewEvent(c.UserContext(), in)
	}
	if refused == nil {
		refused = err
	}
	if refused != nil && !w.wrong(c, &f, refused) {
		return refused
	}
	if v.Form = f; err != nil {
		v.Missing = missing(f)
	} else {
		v.Preview = eventPreview(preview)
		v.Button += " de " + views.Money(preview.Amount)
	}
	return w.show(c, v)
}

// eventPreview is every part of an event with the month that carries it.
func eventPreview(p *billing.EventPreview) *views.Preview {
	t := views.Table{Caption: "Partes", Tight: true, Columns: []views.Column{{Label: "Fatura que vence em"}, {Label: "Valor, R$", Right: true, Main: true}}}
	for _, part := range p.Parts {
		t.Rows = append(t.Rows, []views.Cell{{Text: views.Month(part.Month), Memo: part.Memo}, {Text: views.Signed(part.Amount), Minus: part.Amount < 0}})
	}
	t.Foot = []views.Cell{{Text: "Total"}, {Text: views.Signed(p.Amount)}}
	return &views.Preview{Title: p.Description, Tag: "prévia: nada foi gravado", Table: t,
		Next: "Cada parte vai na primeira fatura do serviço que vencer no mês dela ou depois. Faturas e carnês já emitidos não mudam."}
}

// evento is the page of one billing event.
func (w *Web) evento(c *fiber.Ctx) error {
	event, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showEvent(c, event, nil)
}

func (w *Web) showEvent(c *fiber.Ctx, event uuid.UUID, refused *views.Form) error {
	e, err := w.billing().Event(c.UserContext(), event)
	if err != nil {
		return err
	}
	tag, customer := views.StatusOf("event", string(e.Status)), "/clientes/"+e.CustomerID.String()
	v := views.Evento{Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: e.Customer.Name, Href: customer}, {Label: "Financeiro", Href: customer + "/financeiro"}},
		Here: "Evento de faturamento", Title: e.Description, Facts: e.Customer.Name, Tag: &tag},
		Facts: []views.Fact{{Term: "Serviço", Text: e.Plan.Name, Href: "/servicos/" + e.SubscriptionID.String()}, {Term: "Total", Text: views.Signed(e.Amount), Num: true},
			{Term: "Ainda por cobrar", Text: views.Signed(e.Left), Num: true}, {Term: "Incluído em", Text: views.Moment(e.CreatedAt.In(zoneOf(c))), Num: true}},
		Table: views.Table{Caption: "Partes", Columns: []views.Column{{Label: "Parte"}, {Label: "Fatura que vence em", Named: true}, {Label: "Situação"}, {Label: "Valor, R$", Right: true, Main: true}}}}
	for _, part := range e.Parts {
		state, what := views.StatusOf("event", string(billing.EventOpen)), views.Cell{Text: fmt.Sprintf("%d de %d", part.Place, len(e.Parts))}
		switch {
		case part.ChargeID != nil:
			state, what.Href = views.StatusOf("event", string(billing.EventBilled)), "/cobrancas/"+part.ChargeID.String()
		case part.CancelledAt != nil:
			state = views.StatusOf("event", string(billing.EventCancelled))
		}
		v.Table.Rows = append(v.Table.Rows, []views.Cell{what, {Text: views.Month(part.Month)}, {Status: &state}, {Text: views.Signed(part.Amount), Minus: part.Amount < 0}})
	}
	if e.CancelledAt != nil {
		v.Facts = append(v.Facts, views.Fact{Term: "Cancelado", Text: e.CancelReason})
	}
	if charges := session(c).Granted[staff.Charge]; refused != nil || charges && e.Status == billing.EventOpen {
		v.Head.Do = []views.Link{{Label: "Editar", Href: "/eventos/" + event.String() + "/editar"}}
		v.Cancel = &views.Acao{Action: "/eventos/" + event.String() + "/cancelar", Open: refused != nil, Said: "As partes que nenhuma fatura leva ainda deixam de existir; o que já foi cobrado fica.", Button: "Cancelar evento"}
		if v.Cancel.Form = w.form(c); refused != nil {
			v.Cancel.Form = *refused
		}
	}
	return w.show(c, v)
}

func (w *Web) cancelarEvento(c *fiber.Ctx) error {
	event, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = []string{"motivo"}
	var wrong tenants.Fields
	in := billing.ReadCancelling(t, event, &wrong)
	if err = wrong.Err(); err == nil {
		err = w.billing().CancelEvent(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showEvent(c, event, &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Evento cancelado: o que já foi cobrado fica."})
	return w.redirect(c, "/eventos/"+event.String())
}

// editarEvento asks for what an event is to be instead, filled with what of it is still to come.
func (w *Web) editarEvento(c *fiber.Ctx) error {
	t, f := w.asked(c)
	return w.showEventEdit(c, t, f, nil)
}

func (w *Web) salvarEvento(c *fiber.Ctx) error {
	event, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	if t["ver"] != "" {
		return w.redirect(c, c.Path()+"?"+eventAsked(t))
	}
	e, err := w.billing().Event(c.UserContext(), event)
	if err != nil {
		return err
	}
	var wrong tenants.Fields
	t["servico"] = e.SubscriptionID.String()
	in := billing.EventEdit{Event: event, Reason: t.Lines(&wrong, "motivo"), Instead: billing.ReadNewEvent(t, e.CustomerID, &wrong)}
	if err := wrong.Err(); err != nil {
		return w.showEventEdit(c, t, f, err)
	}
	made, err := w.billing().EditEvent(c.UserContext(), in)
	if err != nil {
		return w.showEventEdit(c, t, f, err)
	}
	w.say(c, views.Toast{Said: "Evento mudado: vale para as próximas faturas do serviço."})
	return w.redirect(c, "/eventos/"+made.String())
}

func (w *Web) showEventEdit(c *fiber.Ctx, t tenants.Typed, f views.Form, refused error) error {
	event, err := id(c, "id")
	if err != nil {
		return err
	}
	e, err := w.billing().Event(c.UserContext(), event)
	if err != nil {
		return err
	}
	customer := "/clientes/" + e.CustomerID.String()
	v := views.EventoNovo{Action: "/eventos/" + event.String() + "/editar", Effects: eventEffects, Reason: true, Button: "Trocar por evento",
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: e.Customer.Name, Href: customer}, {Label: e.Description, Href: "/eventos/" + event.String()}},
			Here: "Editar", Title: "Editar evento", Facts: "O que ainda não foi cobrado é cancelado, e este fica no lugar."}}
	left := map[string]string{"descricao": e.Description, "valor": views.Figures(max(e.Left, -e.Left)), "partes": fmt.Sprint(max(1, e.LeftParts()))}
	if e.Amount < 0 {
		left["efeito"] = "desconto"
	}
	for name, value := range left {
		if _, typed := t[name]; !typed {
			t[name] = value
		}
	}
	t["servico"] = e.SubscriptionID.String()
	return w.showEventForm(c, v, t, f, e.CustomerID, refused)
}
