package handlers

import (
	"cmp"
	"fmt"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/customers"
	"enlace/tenants/staff"
	"enlace/tenants/support"
	"enlace/views"
)

// visitFields are the fields of a visit's form, as they stand on the page.
var visitFields = []string{"os_tipo", "os_status", "os_tecnico", "os_auxiliar", "os_data", "os_hora", "os_minutos", "os_descricao", "os_mesmo_assim", "motivo"}

// visitChoices is what the form of a visit chooses from; a type that the service's state does not permit is shown, and why it cannot be chosen.
func visitChoices(f *views.Form, sub *ent.Subscription, choice support.VisitChoices) views.Visita {
	none := []views.Option{{Label: "Ninguém ainda"}}
	v := views.Visita{Kinds: []views.Option{{Label: "Escolha"}}, Technicians: append(none, choices(choice.Technicians)...), Helpers: append([]views.Option{{Label: "Ninguém"}}, choices(choice.Technicians)...),
		States: append([]views.Option{{Label: "Pelo que for preenchido"}}, words("work_orders.status", string(support.VisitStatuses[0]), string(support.VisitStatuses[1]))...), Agenda: "/ordens-de-servico/agenda"}
	for _, kind := range choice.Kinds {
		option := views.Option{Value: kind.ID.String(), Label: fmt.Sprintf("%s, %d minutos", kind.Name, kind.Minutes)}
		if !support.Permits(kind, sub) {
			option.Why = "não é permitida para um serviço " + views.Word("subscriptions.status", string(sub.Status))
			option.Label += " (" + option.Why + ")"
		}
		v.Kinds = append(v.Kinds, option)
	}
	views.Busied(&v, f)
	return v
}

// abrirOrdem asks for a visit of a service on its own.
func (w *Web) abrirOrdem(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showNewVisit(c, sub, uuid.Nil, w.form(c))
}

// abrirOrdemDoAtendimento asks for a visit of a ticket.
func (w *Web) abrirOrdemDoAtendimento(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showNewVisit(c, uuid.Nil, of, w.form(c))
}

func (w *Web) showNewVisit(c *fiber.Ctx, sub, of uuid.UUID, f views.Form) error {
	o, err := w.support().OfferVisit(c.UserContext(), sub, of)
	if err != nil {
		return err
	}
	f.Order = visitFields
	v := views.OrdemNova{Action: c.Path(), Button: "Salvar", Warning: visitsWarning(c, o.Open),
		Head: views.Head{Crumbs: []views.Link{{Label: "Ordens de serviço", Href: "/ordens-de-servico"}}, Here: "Abrir Ordem de Serviço", Title: "Abrir Ordem de Serviço", Facts: o.Customer.Name + " · " + support.Plan(o.Service)}}
	if o.Ticket != nil {
		v.Head.Crumbs = []views.Link{{Label: "Atendimentos", Href: "/atendimentos"}, {Label: o.Ticket.Protocol, Href: "/atendimentos/" + of.String()}}
	}
	v.Visit = visitChoices(&f, o.Service, o.VisitChoices)
	v.Form, v.Visit.Form = f, f
	return w.show(c, v)
}

// salvarOrdem opens a visit of a service on its own.
func (w *Web) salvarOrdem(c *fiber.Ctx) error {
	sub, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.openVisit(c, sub, uuid.Nil)
}

// salvarOrdemDoAtendimento opens a visit of a ticket, which is then pending on it.
func (w *Web) salvarOrdemDoAtendimento(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.openVisit(c, uuid.Nil, of)
}

func (w *Web) openVisit(c *fiber.Ctx, sub, of uuid.UUID) error {
	isp, _ := tenants.From(c.UserContext())
	t, f := w.typed(c)
	f.Order = visitFields
	var wrong tenants.Fields
	in := support.NewVisit{Subscription: sub, Visit: support.ReadVisit(t, isp.Today(w.DB.Now()), isp.Zone, &wrong), Key: t.Required(&wrong, "chave")}
	in.Visit.Ticket = of
	err := wrong.Err()
	var opened uuid.UUID
	if err == nil {
		opened, err = w.support().OpenVisit(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showNewVisit(c, sub, of, f)
		}
		return err
	}
	card, err := w.support().WorkOrder(c.UserContext(), opened)
	if err != nil {
		return err
	}
	w.say(c, views.Toast{Said: fmt.Sprintf("OS %d de %s aberta: %s.", card.Number, card.Customer.Name, views.Word("work_orders.status", string(card.Status)))})
	if of != uuid.Nil {
		return w.redirect(c, "/atendimentos")
	}
	return w.redirect(c, "/ordens-de-servico")
}

// ordem is the page of one visit.
func (w *Web) ordem(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showVisit(c, of, c.Query("abrir"), nil)
}

// showVisit shows a visit; act is the form that stands open, and refused what was sent of it and was not to be.
func (w *Web) showVisit(c *fiber.Ctx, of uuid.UUID, act string, refused *views.Form) error {
	card, err := w.support().WorkOrder(c.UserContext(), of)
	if err != nil {
		return err
	}
	tag, zone, own := visitStatus(card.WorkOrder, w.DB.Now()), zoneOf(c), "/ordens-de-servico/"+of.String()
	v := views.Ordem{Head: views.Head{Crumbs: []views.Link{{Label: "Ordens de serviço", Href: "/ordens-de-servico"}}, Here: fmt.Sprintf("OS %d", card.Number), Title: fmt.Sprintf("OS %d, %s", card.Number, card.Kind.Name),
		Facts: card.Customer.Name + " · " + card.Plan, Tag: &tag, Do: []views.Link{{Label: "Imprimir OS", Href: own + ".pdf"}}},
		Facts: visitFacts(card, zone, session(c).Granted), Said: card.Description, Photos: fileEntries(card.Files, zone), Acts: w.visitActs(c, card, own)}
	for _, phone := range card.Phones {
		v.Reach = append(v.Reach, callLink(phone))
	}
	if card.Place != nil {
		v.Reach = append(v.Reach, mapLink(customers.OneLine(card.Place)))
	}
	for _, e := range card.Entries {
		h := views.Happening{Sentence: e.Body, When: views.Moment(e.At.In(zone)), Who: cmp.Or(support.Writer(e), "sistema")}
		if e.Event != "" {
			h.Sentence, h.Reason = views.Event(e.Event+"_thread", nil), e.Body
		}
		v.Thread = append(v.Thread, h)
	}
	if len(v.Thread) == 0 {
		v.Thread = []views.Happening{{Sentence: "Aberta", When: views.Moment(card.OpenedAt.In(zone)), Who: "equipe"}}
	}
	v.Materials = w.materials(c, card, own)
	if card.MayEnable() {
		button := w.small(c)
		v.Enable = &views.Link{Label: "Habilitar", Href: own + "/habilitar", Post: &button, Go: true}
	}
	v.Opens(act, refused)
	if act == "agendar" && refused != nil {
		v.Acts.Visit.Form = *refused
		views.Busied(&v.Acts.Visit, refused)
	}
	return w.show(c, v)
}

// ordemPDF answers with the visit on paper.
func (w *Web) ordemPDF(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	name, content, err := w.support().VisitPDF(c.UserContext(), of, func(row *ent.WorkOrder) string { return views.Word("work_orders.status", string(row.Status)) })
	if err != nil {
		return err
	}
	return sendPDF(c, name, content)
}

func visitFacts(card *support.VisitCard, zone *time.Location, may map[staff.Permission]bool) []views.Fact {
	who := views.Fact{Term: "Cliente", Text: card.Customer.Name}
	if may[staff.See] { // a technician's visit is all he sees of the customer
		who.Href = "/clientes/" + card.CustomerID.String()
	}
	facts := []views.Fact{who, {Term: "Serviço", Text: fmt.Sprintf("%s, serviço %d", card.Plan, card.Service.Number)}}
	if card.Login != "" {
		facts = append(facts, views.Fact{Term: "Login", Text: card.Login, Mono: true})
	}
	if card.Place != nil {
		facts = append(facts, views.Fact{Term: "Onde", Text: customers.OneLine(card.Place)})
	}
	if card.StartsAt != nil {
		facts = append(facts, views.Fact{Term: "Início", Text: views.Moment(card.StartsAt.In(zone)), Num: true})
	}
	facts = append(facts, views.Fact{Term: "Duração", Text: strconv.Itoa(card.Minutes) + " minutos", Num: true})
	if card.Technician != "" {
		facts = append(facts, views.Fact{Term: "Técnico", Text: card.Technician})
	}
	if card.Helper != "" {
		facts = append(facts, views.Fact{Term: "Auxiliar", Text: card.Helper})
	}
	if card.Protocol != "" {
		protocol := views.Fact{Term: "Atendimento", Text: card.Protocol, Num: true}
		if may[staff.Attend] {
			protocol.Href = "/atendimentos/" + card.TicketID.String()
		}
		facts = append(facts, protocol)
	}
	if card.OnWayAt != nil {
		facts = append(facts, views.Fact{Term: "A caminho", Text: views.Moment(card.OnWayAt.In(zone)), Num: true})
	}
	if card.BeganAt != nil {
		facts = append(facts, views.Fact{Term: "Começou", Text: views.Moment(card.BeganAt.In(zone)), Num: true})
	}
	if card.FinishedAt != nil {
		facts = append(facts, views.Fact{Term: "Terminou", Text: views.Moment(card.FinishedAt.In(zone)), Num: true}, views.Fact{Term: "Feito", Text: card.Done})
	}
	if card.SignedBy != "" {
		facts = append(facts, views.Fact{Term: "Assinado por", Text: card.SignedBy})
	}
	return facts
}

// materials is what was used, each with the way to take it off while the visit is not over.
func (w *Web) materials(c *fiber.Ctx, card *support.VisitCard, own string) views.Table {
	t := views.Table{Caption: "Materiais usados", Tight: true, Columns: []views.Column{{Label: "Material"}, {Label: "Quantidade", Right: true, Named: true}, {}}}
	for _, m := range card.Materials {
		cells := []views.Cell{{Text: m.Name}, {Text: fmt.Sprintf("%d %s", m.Quantity, m.Unit), Num: true}, {}}
		if card.Status == workorder.StatusAgendada || card.Status == workorder.StatusEmExecucao {
			button := w.small(c)
			cells[2].Do = &views.Link{Label: "Retirar", Href: own + "/materiais/" + m.ID.String() + "/retirar", Post: &button}
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// visitActs are the forms of what can be done with a visit, and by this person.
func (w *Web) visitActs(c *fiber.Ctx, card *support.VisitCard, own string) views.AcoesOrdem {
	act := func(name, button, said string) *views.Acao {
		return &views.Acao{Form: w.form(c), Action: own + "/" + name, Button: button, Said: said}
	}
	v := views.AcoesOrdem{Note: act("nota", "Anotar", ""), Ticket: card.TicketOpen, Again: card.Status == workorder.StatusAgendada}
	for _, unit := range support.Units {
		v.Units = append(v.Units, views.Option{Value: unit, Label: views.Word("material.unit", unit)})
	}
	for _, kind := range support.AttachedKinds {
		v.Kinds = append(v.Kinds, views.Option{Value: string(kind), Label: views.Word("attachments.kind", string(kind))})
	}
	office := session(c).Granted[staff.Attend]
	begun := card.Status == workorder.StatusEmExecucao
	if card.Status == workorder.StatusAgendada {
		button := w.small(c)
		v.Begin = &views.Link{Label: "Iniciar", Href: own + "/iniciar", Post: &button, Go: true}
		if card.OnWayAt == nil {
			v.SetOut = &views.Link{Label: "Estou a caminho", Href: own + "/a-caminho", Post: &button}
		}
	}
	if v.Again || begun {
		v.Finish = act("finalizar", "Finalizar OS", "")
		v.Finish.Open = begun
		if card.TicketOpen {
			v.Finish.Form.Typed.Set("resolver", "true")
		}
	}
	if v.Again || begun || card.Status == workorder.StatusFinalizada {
		v.Use, v.Attach = act("materiais", "Incluir", ""), act("anexos", "Incluir", fmt.Sprintf("%s cada; até %d de uma vez", attachedSaid, support.MostAtOnce))
		v.Attach.Form.Typed.Set("o_que", string(attachment.KindPhoto))
		v.Sign = act("assinatura", "Guardar assinatura", "")
	}
	if office && !begun && card.Status != workorder.StatusFinalizada && card.Status != workorder.StatusCancelada {
		v.Schedule = act("agendar", "Salvar horário", "")
		v.Visit = w.plannedForm(c, card, &v.Schedule.Form)
	}
	if office && card.Status != workorder.StatusFinalizada && card.Status != workorder.StatusCancelada {
		v.CallOff = act("cancelar", fmt.Sprintf("Cancelar a OS %d", card.Number), "")
	}
	return v
}

// plannedForm asks who comes when, and begins with what is agreed upon.
func (w *Web) plannedForm(c *fiber.Ctx, card *support.VisitCard, f *views.Form) views.Visita {
	if card.TechnicianID != nil {
		f.Typed.Set("os_tecnico", card.TechnicianID.String())
	}
	if card.HelperID != nil {
		f.Typed.Set("os_auxiliar", card.HelperID.String())
	}
	if card.StartsAt != nil {
		at := card.StartsAt.In(zoneOf(c))
		f.Typed.Set("os_data", at.Format("02/01/2006"))
		f.Typed.Set("os_hora", views.Clock(at))
	}
	f.Typed.Set("os_minutos", strconv.Itoa(card.Minutes))
	return views.Visita{Form: *f, Planned: true, Technicians: choices(card.Colleagues), Helpers: append([]views.Option{{Label: "Ninguém"}}, choices(card.Colleagues)...), Agenda: "/ordens-de-servico/agenda"}
}

// visitMoves are what is done with a visit: from the last part of the address to the field of its text, and what is said.
var visitMoves = map[string]struct {
	text, said string
	do         func(support.Desk, *fiber.Ctx, support.VisitMove) error
}{
	"a-caminho": {"", "O cliente foi avisado: a caminho.", func(d support.Desk, c *fiber.Ctx, in support.VisitMove) error { return d.SetOut(c.UserContext(), in) }},
	"iniciar":   {"", "Visita iniciada.", func(d support.Desk, c *fiber.Ctx, in support.VisitMove) error { return d.Begin(c.UserContext(), in) }},
	"finalizar": {"feito", "OS finalizada.", func(d support.Desk, c *fiber.Ctx, in support.VisitMove) error { return d.Finish(c.UserContext(), in) }},
	"cancelar":  {"cancelamento", "OS cancelada.", func(d support.Desk, c *fiber.Ctx, in support.VisitMove) error { return d.CallOff(c.UserContext(), in) }},
	"nota":      {"nota", "Anotado.", func(d support.Desk, c *fiber.Ctx, in support.VisitMove) error { return d.SayVisit(c.UserContext(), in) }},
}

// moverOrdem is the handler of one of them.
func (w *Web) moverOrdem(name string) fiber.Handler {
	move := visitMoves[name]
	return w.visitForm(name, func(c *fiber.Ctx, of uuid.UUID, t tenants.Typed, wrong *tenants.Fields) (string, func() error) {
		in := support.VisitMove{WorkOrder: of, CloseTicket: t.Yes("resolver"), Key: t["chave"]}
		if move.text != "" {
			in.Text = t.Lines(wrong, move.text)
		}
		return move.said, func() error { return move.do(w.support(), c, in) }
	})
}

// agendarOrdem agrees upon an hour, or upon another one.
func (w *Web) agendarOrdem() fiber.Handler {
	return w.visitForm("agendar", func(c *fiber.Ctx, of uuid.UUID, t tenants.Typed, wrong *tenants.Fields) (string, func() error) {
		isp, _ := tenants.From(c.UserContext())
		in := support.ReadRescheduling(t, of, isp.Today(w.DB.Now()), isp.Zone, wrong)
		return "OS agendada.", func() error { return w.support().Schedule(c.UserContext(), in) }
	})
}

// usarMaterial notes a material.
func (w *Web) usarMaterial() fiber.Handler {
	return w.visitForm("materiais", func(c *fiber.Ctx, of uuid.UUID, t tenants.Typed, wrong *tenants.Fields) (string, func() error) {
		in := support.ReadMaterial(t, of, wrong)
		return "Material incluído.", func() error { return w.support().Use(c.UserContext(), in) }
	})
}

// assinarOrdem keeps the customer's signature.
func (w *Web) assinarOrdem() fiber.Handler {
	return w.visitForm("assinatura", func(c *fiber.Ctx, of uuid.UUID, t tenants.Typed, wrong *tenants.Fields) (string, func() error) {
		in := support.ReadSigning(t, of, wrong)
		return "Assinatura guardada.", func() error { return w.support().Sign(c.UserContext(), in) }
	})
}

// anexarOrdem keeps photos, signatures or documents with a visit, as many as were chosen.
func (w *Web) anexarOrdem() fiber.Handler {
	return w.visitForm("anexos", func(c *fiber.Ctx, of uuid.UUID, t tenants.Typed, wrong *tenants.Fields) (string, func() error) {
		in := support.Attached{WorkOrder: of, Kind: attachment.Kind(t["o_que"]), SignedBy: t.Printed(wrong, "assinado_por"), Key: t["chave"]}
		return "Incluído.", func() error {
			ctx, done := w.after(c)
			defer done()
			kept, refused, err := w.support().AttachEach(ctx, in, sentFiles(c, "arquivo"))
			if err != nil || len(refused) == 0 {
				return err
			}
			return tenants.Invalid("arquivo", "files_refused").With("files", views.RefusedFiles(refused)).With("kept", views.KeptFiles(kept))
		}
	})
}

// visitForm is the handler of a form of a visit's page: read reads it and says what it does, and what is said when that is done.
func (w *Web) visitForm(name string, read func(*fiber.Ctx, uuid.UUID, tenants.Typed, *tenants.Fields) (string, func() error)) fiber.Handler {
	return func(c *fiber.Ctx) error {
		of, err := id(c, "id")
		if err != nil {
			return err
		}
		t, f := w.typed(c)
		var wrong tenants.Fields
		said, do := read(c, of, t, &wrong)
		if err = wrong.Err(); err == nil {
			err = do()
		}
		if err != nil {
			if w.wrong(c, &f, err) {
				return w.showVisit(c, of, name, &f)
			}
			return err
		}
		w.say(c, views.Toast{Said: said})
		return w.redirect(c, "/ordens-de-servico/"+of.String())
	}
}

// retirarMaterial takes a material off again.
func (w *Web) retirarMaterial(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	material, err := id(c, "material")
	if err != nil {
		return err
	}
	if err := w.support().Unuse(c.UserContext(), of, material); err != nil {
		return err
	}
	return w.redirect(c, "/ordens-de-servico/"+of.String())
}

// habilitarPelaOrdem habilitates the service whose installation is finished.
func (w *Web) habilitarPelaOrdem(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	card, err := w.support().WorkOrder(c.UserContext(), of)
	if err != nil {
		return err
	}
	if _, err := w.subscriptions().Enable(c.UserContext(), card.SubscriptionID); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "Serviço habilitado."})
	return w.redirect(c, "/ordens-de-servico/"+of.String())
}
