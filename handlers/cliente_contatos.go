package handlers

import (
	"fmt"
	"strings"

	"github.com/gofiber/fiber/v2"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/tenants/brazil"
	"enlace/tenants/staff"
	"enlace/tenants/subscribers"
	"enlace/views"
)

// contatos are the ways to reach a customer, and the chats of Telegram that may see him.
func (w *Web) contatos(c *fiber.Ctx) error { return w.showContacts(c, nil) }

// showContacts shows them; alert is what could not be done there.
func (w *Web) showContacts(c *fiber.Ctx, alert *views.Verdict) error {
	who, err := id(c, "id")
	if err != nil {
		return err
	}
	card, err := w.customers().Card(c.UserContext(), who)
	if err != nil {
		return err
	}
	links, err := w.subscribers().LinksOf(c.UserContext(), who)
	if err != nil {
		return err
	}
	printed, err := w.subscribers().HasPrinted(c.UserContext(), card.Customer)
	if err != nil {
		return err
	}
	own := "/clientes/" + who.String()
	v := views.Contatos{Head: w.customerHead(c, card.Customer), Tabs: views.CustomerTabs(who.String(), own+"/contatos"), Alert: alert,
		NoContact: views.Empty{Title: "Nenhum contato", Why: "Telefones e e-mails são do cadastro."},
		NoChat:    views.Empty{Title: "Nenhuma conversa vinculada", Why: fmt.Sprintf("Vincular Telegram mostra um link que vale %d minutos e uma só vez.", int(subscribers.LifeOfLink.Minutes()))}}
	v.Head.Crumbs = append(v.Head.Crumbs, views.Link{Label: card.Customer.Name, Href: own})
	v.Head.Here, v.Head.Title = "Contatos", "Contatos de "+card.Customer.Name
	button, sells := w.small(c), session(c).Granted[staff.Sell]
	for _, one := range card.Contacts {
		e := views.Entry{Text: one.Value, Href: "mailto:" + one.Value, Memo: views.Word("contacts.kind", string(one.Kind))}
		if one.Kind == contact.KindPhone {
			e.Text, e.Href = brazil.FormatPhone(one.Value), "tel:"+one.Value
		}
		v.Contacts = append(v.Contacts, e)
	}
	for _, link := range links {
		e := views.Entry{Text: "Conversa do Telegram", Memo: "vinculada em " + views.Moment(link.LinkedAt.In(zoneOf(c))) + ", " + views.Word("telegram_links.way", string(link.Way))}
		if link.Person != "" {
			e.Text += " com " + link.Person
		}
		if link.BlockedAt != nil {
			e.Memo += "; não recebe avisos desde " + views.Moment(link.BlockedAt.In(zoneOf(c))) + ": o bot foi bloqueado nela"
		}
		if unwanted := silencedBy(link); unwanted != "" {
			e.Memo += "; não quer: " + unwanted
		}
		if sells {
			e.Do = &views.Link{Label: "Desvincular", Href: own + "/telegram/" + link.ID.String() + "/desvincular", Post: &button}
		}
		v.Chats = append(v.Chats, e)
	}
	if printed {
		e := views.Entry{Text: "Link impresso", Memo: "no contrato e no carnê; serve uma vez, e o bot pede a data de nascimento ou o telefone do cadastro"}
		if sells {
			e.Do = &views.Link{Label: "Cancelar link", Href: own + "/telegram-impresso/cancelar", Post: &button}
		}
		v.Printed = []views.Entry{e}
	}
	if sells {
		v.Head.Do = []views.Link{{Label: "Editar", Href: own + "/editar"}, {Label: "Vincular Telegram", Href: own + "/telegram", Post: &button}}
	}
	return w.show(c, v)
}

// silencedBy names what a chat does not want to be told of.
func silencedBy(link *ent.TelegramLink) string {
	names := make([]string, len(link.Silenced))
	for i, kind := range link.Silenced {
		names[i] = strings.ToLower(views.Word("telegram_messages.kind", kind))
	}
	return strings.Join(names, ", ")
}

// desvincular ends what a chat may see of a customer.
func (w *Web) desvincular(c *fiber.Ctx) error {
	who, err := id(c, "id")
	if err != nil {
		return err
	}
	link, err := id(c, "vinculo")
	if err != nil {
		return err
	}
	if err := w.subscribers().Unlink(c.UserContext(), who, link); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "A conversa do Telegram não vê mais este cliente."})
	return w.redirect(c, "/clientes/"+who.String()+"/contatos")
}

// cancelarLinkImpresso takes back the link that a customer's papers have.
func (w *Web) cancelarLinkImpresso(c *fiber.Ctx) error {
	who, err := id(c, "id")
	if err != nil {
		return err
	}
	if err := w.subscribers().Revoke(c.UserContext(), who); err != nil {
		return err
	}
	w.say(c, views.Toast{Said: "O link dos papéis feitos até agora não vale mais. Um contrato ou carnê novo traz outro."})
	return w.redirect(c, "/clientes/"+who.String()+"/contatos")
}
