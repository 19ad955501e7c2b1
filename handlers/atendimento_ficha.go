package handlers

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/files"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
	"enlace/views"
)

// atendimento is the page of one ticket.
func (w *Web) atendimento(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	return w.showTicket(c, of, c.Query("abrir"), nil)
}

// showTicket shows a ticket; act is the form that stands open, and refused what was sent of it and was not to be.
func (w *Web) showTicket(c *fiber.Ctx, of uuid.UUID, act string, refused *views.Form) error {
	card, err := w.support().Ticket(c.UserContext(), of)
	if err != nil {
		return err
	}
	tag, zone, own := views.StatusOf("tickets.status", string(card.Status)), zoneOf(c), "/atendimentos/"+of.String()
	v := views.Atendimento{Head: views.Head{Crumbs: []views.Link{{Label: "Atendimentos", Href: "/atendimentos"}}, Here: card.Protocol, Title: "Protocolo " + card.Protocol, Tag: &tag,
		Facts: card.Customer.Name + " · " + card.Plan + " · aberto " + views.Lately(card.OpenedAt.In(zone), calendar.Of(w.DB.Now().In(zone))) + " por " + cmp.Or(card.By, "Telegram")},
		Warning: visitsWarning(c, card.Others)}
	if v.Diagnosis, err = w.ticketDiagnosis(c, card); err != nil {
		return err
	}
	if v.Diagnosis == nil {
		v.NoLook = views.Empty{Title: "Sem diagnóstico", Why: "Nenhum foi guardado com este atendimento."}
	}
	v.Facts = ticketFacts(card, zone)
	v.Down = outageWarning(card.Outage, zone)
	if card.Status == ticket.StatusRascunho {
		v.Head.Here = "rascunho salvo às " + views.Clock(card.TouchedAt.In(zone))
		v.Draft = w.draftForm(c, card, own, refused)
		return w.show(c, v)
	}
	v.Talk = w.conversation(c, card)
	for _, row := range card.Visits {
		v.Visits = append(v.Visits, visitEntry(c, row))
	}
	v.Acts = w.ticketActs(c, card, own)
	v.Opens(act, refused)
	return w.show(c, v)
}

// ticketDiagnosis is the diagnosis kept with a ticket; nil where none was. It is read anew as that of the service is.
func (w *Web) ticketDiagnosis(c *fiber.Ctx, card *support.TicketCard) (*views.Diagnosis, error) {
	kept, err := subscriptions.ReadSnapshot(card.Diagnosis)
	if err != nil || kept == nil {
		return nil, err
	}
	return w.diagnosisAt(c, kept.Service(), kept.At), nil
}

// talkOf says that the subscriber waits, or talks with the office, and how the bot comes back; nil for neither.
func (w *Web) talkOf(c *fiber.Ctx, card *support.TicketCard, own string) (said *views.Verdict, release *views.Link) {
	now := w.DB.Now()
	if card.WaitsSince != nil {
		said = &views.Verdict{Class: "warn", Said: "O assinante espera resposta há " + views.Lasted(now.Sub(*card.WaitsSince))}
	}
	if !support.Talks(card.Ticket, now) {
		return said, nil
	}
	if said == nil {
		said = &views.Verdict{Class: "warn", Said: "Em conversa pelo Telegram"}
	}
	said.Proof = []views.Link{{Label: "O que ele escreve vem para cá, e o bot se cala; sem mensagens, volta em " + views.Moment(card.TalkUntil.In(zoneOf(c))) + "."}}
	button := w.form(c)
	return said, &views.Link{Label: "Devolver ao bot", Href: own + "/devolver", Post: &button}
}

func ticketFacts(card *support.TicketCard, zone *time.Location) []views.Fact {
	facts := []views.Fact{{Term: "Cliente", Text: card.Customer.Name, Href: "/clientes/" + card.CustomerID.String()},
		{Term: "Serviço", Text: fmt.Sprintf("%s, serviço %d", card.Plan, card.Service.Number), Href: "/servicos/" + card.SubscriptionID.String()}}
	if card.Type != "" {
		facts = append(facts, views.Fact{Term: "Tipo", Text: card.Type})
	}
	if card.With != "" {
		facts = append(facts, views.Fact{Term: "Com", Text: card.With})
	}
	facts = append(facts, views.Fact{Term: "Chegou por", Text: views.Word("tickets.channel", string(card.Channel))})
	if card.Outage != nil {
		facts = append(facts, views.Fact{Term: "Falha", Text: fmt.Sprintf("%d, %s", card.Outage.Number, card.Outage.Title), Href: outageAt(card.Outage.ID)})
	}
	if card.DueAt != nil {
		facts = append(facts, views.Fact{Term: "Prazo", Text: views.Moment(card.DueAt.In(zone)), Num: true})
	}
	if card.ClosedAt != nil {
		facts = append(facts, views.Fact{Term: "Resolvido", Text: views.Moment(card.ClosedAt.In(zone)), Num: true})
	}
	if card.Rating != nil {
		facts = append(facts, views.Fact{Term: "Nota do assinante", Text: ratingSaid(card.Ticket), Num: true, Memo: card.RatingText})
	}
	return facts
}

// ratingSaid is the subscriber's mark of a ticket; "" for none.
func ratingSaid(row *ent.Ticket) string {
	if row.Rating == nil {
		return ""
	}
	return fmt.Sprintf("%d de %d", *row.Rating, support.BestRating)
}

// ticketThread is what was said and done, in its order.
func ticketThread(card *support.TicketCard, zone *time.Location) (all []views.Happening) {
	for _, e := range card.Entries {
		subscriber := card.Customer.Name
		if card.MovedAt != nil && e.At.Before(*card.MovedAt) {
			subscriber = "titular anterior"
		}
		h := views.Happening{Sentence: e.Body, When: views.Moment(e.At.In(zone)), Who: cmp.Or(support.Speaker(e), subscriber+", assinante")}
		if e.Event != "" {
			h.Sentence, h.Reason = views.Event(e.Event+"_thread", nil), e.Body
		}
		switch {
		case e.UserID == nil && e.Event != "" && !strings.HasPrefix(e.Event, "ticket_reopened"):
			h.Who = "sistema"
		case e.UserID != nil && e.Shared:
			h.Who += ", ao assinante"
		}
		all = append(all, h)
	}
	return all
}

func visitEntry(c *fiber.Ctx, row *ent.WorkOrder) views.Entry {
	s := views.StatusOf("work_orders.status", string(row.Status))
	return views.Entry{Text: fmt.Sprintf("OS %d, %s", row.Number, support.TypeOf(row)), Href: "/ordens-de-servico/" + row.ID.String(), Memo: visitWhen(c, row), Status: &s}
}

func fileEntries(rows []*ent.Attachment, zone *time.Location) (all []views.Entry) {
	for _, row := range rows {
		what := views.Word("attachments.kind", string(row.Kind))
		if support.Spoken(row) {
			what = "Áudio"
		}
		all = append(all, views.Entry{Text: support.FileName(row), Href: "/anexos/" + row.ID.String(), Memo: what + ", " + views.Moment(row.At.In(zone))})
	}
	return all
}

// ticketActs are the forms of what can be done with a ticket that was opened.
func (w *Web) ticketActs(c *fiber.Ctx, card *support.TicketCard, own string) views.AcoesAtendimento {
	act := func(name, button, said string) *views.Acao {
		return &views.Acao{Form: w.form(c), Action: own + "/" + name, Button: button, Said: said}
	}
	v := views.AcoesAtendimento{Targets: targets(card), Note: act("nota", "Anotar", ""), Answer: act("responder", "Enviar ao assinante", ""), Attach: act("anexos", "Anexar", attachedSaid)}
	if card.Status == ticket.StatusFinalizado {
		if support.Reopens(card.Ticket, w.DB.Now()) {
			v.Reopen = act("reabrir", "Reabrir", "Volta a Aguardando Análise. Pode ser reaberto até 7 dias depois de resolvido.")
		}
		return v
	}
	v.Forward = act("encaminhar", "Encaminhar", "Fica em Aguardando Análise com quem for escolhido.")
	v.Forward.Form.Typed.Set("destino", support.Destination{User: idOf(card.AssigneeID), Sector: idOf(card.SectorID)}.Value())
	v.Types = append([]views.Option{{Label: cmp.Or(card.Type, "Nenhum ainda")}}, slices.DeleteFunc(choices(card.Choices.Types), func(o views.Option) bool { return card.TypeID != nil && o.Value == card.TypeID.String() })...)
	v.Answer.Open = card.WaitsSince != nil
	v.Close, v.Visit = act("resolver", "Resolver atendimento", ""), own+"/ordem-de-servico"
	for _, row := range card.Visits {
		v.Pending = v.Pending || row.Status != workorder.StatusFinalizada && row.Status != workorder.StatusCancelada
	}
	return v
}

// attachedSaid is what may be attached.
var attachedSaid = fmt.Sprintf("JPEG, PNG ou PDF, até %d MB", support.MostAttached>>20)

func idOf(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}

// targets are those a ticket can go on with: sectors, then people.
func targets(card *support.TicketCard) (all []views.Option) {
	for _, one := range card.Choices.Sectors {
		all = append(all, views.Option{Value: support.Destination{Sector: one.ID}.Value(), Label: "Setor " + one.Name})
	}
	for _, one := range card.Choices.Users {
		all = append(all, views.Option{Value: support.Destination{User: one.ID}.Value(), Label: one.Name})
	}
	return all
}

// draftFields are the fields of a rascunho's form, as they stand on the page.
var draftFields = []string{"tipo", "abertura", "situacao", "destino", "fechamento", "os_tipo", "os_status", "os_tecnico", "os_auxiliar", "os_data", "os_hora", "os_minutos", "os_descricao", "os_mesmo_assim"}

// draftForm is the form of a rascunho; refused is one that was sent and was not to be.
func (w *Web) draftForm(c *fiber.Ctx, card *support.TicketCard, own string, refused *views.Form) *views.Rascunho {
	f := w.form(c)
	if refused != nil {
		f = *refused
	} else {
		f.Typed.Set("abertura", card.Opening)
		f.Typed.Set("fechamento", card.Closing)
		f.Typed.Set("situacao", string(ticket.StatusAguardandoAnalise))
		f.Typed.Set("destino", support.Destination{User: idOf(card.AssigneeID), Sector: idOf(card.SectorID)}.Value())
		if card.TypeID != nil {
			f.Typed.Set("tipo", card.TypeID.String())
		}
	}
	f.Order = draftFields
	v := &views.Rascunho{Form: f, Action: own, Types: append([]views.Option{{Label: "Escolha"}}, choices(card.Choices.Types)...), Targets: append([]views.Option{{Label: "Escolha"}}, targets(card)...)}
	for _, end := range support.Ends {
		v.Ends = append(v.Ends, views.Option{Value: string(end), Label: views.Word("ticket.end", string(end)), Memo: views.Word("ticket.end_memo", string(end))})
	}
	v.Visit = visitChoices(&v.Form, card.Service, card.Choices.VisitChoices)
	v.Visit.Form = v.Form
	return v
}

// abrirAtendimento saves a rascunho as a ticket.
func (w *Web) abrirAtendimento(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	isp, _ := tenants.From(c.UserContext())
	var wrong tenants.Fields
	in := support.ReadOpening(t, of, isp.Today(w.DB.Now()), isp.Zone, &wrong)
	f.Order = draftFields
	if err = wrong.Err(); err == nil {
		err = w.support().Open(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showTicket(c, of, "", &f)
		}
		return err
	}
	card, err := w.support().Ticket(c.UserContext(), of)
	if err != nil {
		return err
	}
	said := fmt.Sprintf("Atendimento %s de %s salvo: %s.", card.Protocol, card.Customer.Name, views.Word("tickets.status", string(card.Status)))
	for _, row := range card.Visits {
		said += fmt.Sprintf(" OS %d aberta.", row.Number)
	}
	w.say(c, views.Toast{Said: said})
	return w.redirect(c, "/atendimentos")
}

// guardarRascunho keeps what stands in the form of a rascunho, and leaves it.
func (w *Web) guardarRascunho(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	t, f := w.typed(c)
	f.Order = draftFields
	var wrong tenants.Fields
	in := support.ReadSketch(t, of, &wrong)
	if err = wrong.Err(); err == nil {
		err = w.support().Keep(c.UserContext(), in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showTicket(c, of, "", &f)
		}
		return err
	}
	if partial(c) { // kept while somebody types
		return c.SendStatus(fiber.StatusNoContent)
	}
	w.say(c, views.Toast{Said: "Rascunho guardado."})
	return w.redirect(c, "/atendimentos")
}

// ticketMoves are what is done with a ticket that was opened: from the last part of the address to the field of its text, and what is said.
var ticketMoves = map[string]struct {
	text, said string
	do         func(support.Desk, *fiber.Ctx, support.Move) error
}{
	"encaminhar": {"recado", "Atendimento encaminhado.", func(d support.Desk, c *fiber.Ctx, in support.Move) error { return d.Forward(c.UserContext(), in) }},
	"resolver":   {"fechamento", "Atendimento resolvido.", func(d support.Desk, c *fiber.Ctx, in support.Move) error { return d.Close(c.UserContext(), in) }},
	"reabrir":    {"motivo", "Atendimento reaberto.", func(d support.Desk, c *fiber.Ctx, in support.Move) error { return d.Reopen(c.UserContext(), in) }},
	"responder":  {"resposta", "Enviado ao assinante.", func(d support.Desk, c *fiber.Ctx, in support.Move) error { return d.Answer(c.UserContext(), in) }},
	"devolver":   {"motivo", "Conversa devolvida ao bot.", func(d support.Desk, c *fiber.Ctx, in support.Move) error { return d.Release(c.UserContext(), in) }},
	"nota":       {"nota", "Anotado.", func(d support.Desk, c *fiber.Ctx, in support.Move) error { return d.Say(c.UserContext(), in) }},
}

// moverAtendimento is the handler of one of them.
func (w *Web) moverAtendimento(name string) fiber.Handler {
	move := ticketMoves[name]
	return func(c *fiber.Ctx) error {
		of, err := id(c, "id")
		if err != nil {
			return err
		}
		t, f := w.typed(c)
		var wrong tenants.Fields
		in := support.Move{Ticket: of, To: support.ReadDestination(t, "destino"), Type: t.ID("tipo"), Text: t.Lines(&wrong, move.text), Despite: t.Yes("mesmo_assim"), Key: t.Required(&wrong, "chave")}
		if err = wrong.Err(); err == nil {
			err = move.do(w.support(), c, in)
		}
		if err != nil {
			if w.wrong(c, &f, err) {
				return w.showTicket(c, of, name, &f)
			}
			return err
		}
		w.say(c, views.Toast{Said: move.said})
		return w.redirect(c, "/atendimentos/"+of.String())
	}
}

// anexarAtendimento keeps a file with a ticket.
func (w *Web) anexarAtendimento(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	_, f := w.typed(c)
	in, err := attached(c)
	if err == nil {
		in.Ticket, in.Key = of, f.Key
		ctx, done := w.after(c)
		defer done()
		err = w.support().Attach(ctx, in)
	}
	if err != nil {
		if w.wrong(c, &f, err) {
			return w.showTicket(c, of, "anexos", &f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Anexado: " + in.Name + "."})
	return w.redirect(c, "/atendimentos/"+of.String())
}

// attached reads the file of a form.
func attached(c *fiber.Ctx) (in support.Attached, err error) {
	file, err := sentFile(c, "arquivo")
	if err != nil {
		return in, err
	}
	content, err := io.ReadAll(file)
	return support.Attached{Name: file.name, Content: content}, errors.Join(err, file.Close())
}

// anexo answers with an attached file. A browser shows it by the type that its content has, and runs nothing of it.
func (w *Web) anexo(c *fiber.Ctx) error {
	of, err := id(c, "id")
	if err != nil {
		return err
	}
	file, err := w.support().Attachment(c.UserContext(), of)
	if err != nil {
		return err
	}
	return sendFile(c, file)
}

// sendFile shows a file that somebody sent, by the type its content was found to have.
func sendFile(c *fiber.Ctx, file *ent.File) error {
	if file.ContentType == files.PDF {
		return sendPDF(c, file.Name, file.Content)
	}
	c.Set(fiber.HeaderContentType, file.ContentType)
	c.Set(fiber.HeaderContentDisposition, "inline; filename*=UTF-8''"+url.PathEscape(file.Name))
	return c.Send(file.Content)
}
