package handlers

import (
	"fmt"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/support"
	"enlace/views"
)

// atendimentoNovo looks for the customer, and then shows the services a ticket can be about.
func (w *Web) atendimentoNovo(c *fiber.Ctx) error {
	return w.offer(c, views.AtendimentoNovo{Own: "/atendimentos/novo", Section: "/atendimentos", Head: views.Head{Crumbs: []views.Link{{Label: "Atendimentos", Href: "/atendimentos"}}, Here: "Abrir Atendimento", Title: "Abrir Atendimento"}},
		func(choice *views.Escolha, sub *ent.Subscription) {
			button := w.small(c)
			choice.Href, choice.Post, choice.Value = "/atendimentos/novo", &button, sub.ID.String()
		})
}

// ordemNova is the same for a visit on its own.
func (w *Web) ordemNova(c *fiber.Ctx) error {
	return w.offer(c, views.AtendimentoNovo{Own: "/ordens-de-servico/nova", Section: "/ordens-de-servico", Head: views.Head{Crumbs: []views.Link{{Label: "Ordens de serviço", Href: "/ordens-de-servico"}}, Here: "Abrir Ordem de Serviço", Title: "Abrir Ordem de Serviço"}},
		func(choice *views.Escolha, sub *ent.Subscription) {
			choice.Href = "/servicos/" + sub.ID.String() + "/ordens-de-servico/nova"
		})
}

// offer shows whom and which service; pick says what choosing a service does.
func (w *Web) offer(c *fiber.Ctx, v views.AtendimentoNovo, pick func(*views.Escolha, *ent.Subscription)) error {
	t, f := w.asked(c)
	v.Form = f
	of := t.ID("cliente")
	if of == uuid.Nil {
		return w.offerCustomers(c, v, t["q"])
	}
	cancelled := t.Yes("cancelados")
	o, err := w.support().Offer(c.UserContext(), of, cancelled)
	if err != nil {
		return err
	}
	own := v.Own + "?cliente=" + of.String()
	v.Head.Crumbs = append(v.Head.Crumbs, views.Link{Label: o.Customer.Name, Href: "/clientes/" + of.String()})
	v.Head.Facts = o.Customer.Name + " · escolha o serviço"
	v.Warning = visitsWarning(c, o.Visits)
	for _, sub := range o.Services {
		if down := o.Down[sub.ID]; down != nil && v.Down == nil {
			v.Down = outageWarning(down, zoneOf(c))
		}
	}
	v.NoneHere = views.Empty{Title: "Nenhum serviço ativo", Why: "Este cliente não tem um serviço em andamento."}
	switch {
	case cancelled:
		v.Switch = &views.Link{Label: "Ocultar Cancelados", Href: own}
	case o.Cancelled > 0:
		v.Switch = &views.Link{Label: "Exibir Cancelados", Href: own + "&cancelados=sim"}
	}
	for _, sub := range o.Services {
		choice := views.Escolha{Label: fmt.Sprintf("%s, serviço %d", support.Plan(sub), sub.Number), Memo: "desde " + views.Moment(sub.StatusSince.In(zoneOf(c))), Status: views.StatusOf("subscriptions.status", string(sub.Status))}
		pick(&choice, sub)
		if draft := o.Drafts[sub.ID]; draft != nil && choice.Post != nil {
			choice.Draft = "continua o rascunho " + draft.Protocol
		}
		v.Services = append(v.Services, choice)
	}
	return w.show(c, v)
}

// offerCustomers finds the customer.
func (w *Web) offerCustomers(c *fiber.Ctx, v views.AtendimentoNovo, query string) error {
	found, _, err := w.customers().Find(c.UserContext(), query, mostFound)
	if err != nil {
		return err
	}
	v.Searched = query != ""
	v.Empty = views.Empty{Title: "Nada encontrado", Why: "Confira o que digitou, ou procure por outra palavra: nome, CPF, telefone, login ou rua."}
	for _, row := range found {
		e := views.Entry{Text: row.Customer.Name, Href: v.Own + "?cliente=" + row.Customer.ID.String(), Memo: fmt.Sprintf("%d · %s", row.Customer.Number, maskedDocument(row.Customer))}
		if row.Status != "" {
			s := views.StatusOf("subscriptions.status", string(row.Status))
			e.Status = &s
		}
		v.Found = append(v.Found, e)
	}
	return w.show(c, v)
}

// iniciarAtendimento picks a service: it mints the protocol, or resumes one's own rascunho.
func (w *Web) iniciarAtendimento(c *fiber.Ctx) error {
	t, _ := w.typed(c)
	var wrong tenants.Fields
	sub := t.RequiredID(&wrong, "servico")
	if err := wrong.Err(); err != nil {
		return err
	}
	picked, err := w.support().Pick(c.UserContext(), sub)
	if err != nil {
		return err
	}
	return w.redirect(c, "/atendimentos/"+picked.ID.String())
}

// visitsWarning names every visit of the customer that is open, with its link; nil for none.
func visitsWarning(c *fiber.Ctx, open []*ent.WorkOrder) *views.Verdict {
	if len(open) == 0 {
		return nil
	}
	v := &views.Verdict{Class: "warn", Said: "Este cliente já tem uma OS aberta"}
	if len(open) > 1 {
		v.Said = fmt.Sprintf("Este cliente já tem %d OS abertas", len(open))
	}
	for i, row := range open {
		end := ". "
		if i == len(open)-1 {
			end = ""
		}
		v.Proof = append(v.Proof, views.Link{Label: fmt.Sprintf("OS %d, %s", row.Number, support.TypeOf(row)), Href: "/ordens-de-servico/" + row.ID.String()}, views.Link{Label: ", " + visitWhen(c, row) + end})
	}
	return v
}

// visitWhen says when somebody comes, and who.
func visitWhen(c *fiber.Ctx, row *ent.WorkOrder) string {
	said := views.Lower(views.Word("work_orders.status", string(row.Status)))
	if row.StartsAt != nil {
		said = views.Moment(row.StartsAt.In(zoneOf(c)))
	}
	if who := support.Technician(row); who != "" {
		said += ", " + who
	}
	return said
}

// outageWarning says that there is an outage under way; nil for none, or for one that is over.
func outageWarning(down *ent.Outage, zone *time.Location) *views.Verdict {
	if down == nil || down.EndedAt != nil {
		return nil
	}
	return &views.Verdict{Class: "bad", Said: "Há uma falha em andamento", Proof: []views.Link{{Label: fmt.Sprintf("Falha %d, %s", down.Number, down.Title), Href: outageAt(down.ID)}, {Label: ", desde " + views.Moment(down.BeganAt.In(zone))}}}
}
