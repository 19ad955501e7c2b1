package handlers

import (
	"encoding/base64"
	"html/template"

	"github.com/gofiber/fiber/v2"
	"rsc.io/qr"

	"enlace/tenants"
	"enlace/tenants/subscribers"
	"enlace/views"
)

func (w *Web) subscribers() subscribers.Desk {
	return subscribers.Desk{DB: w.DB, Vault: w.Vault}
}

// vincular mints the one-time link by which a customer comes into the bot, and shows it.
func (w *Web) vincular(c *fiber.Ctx) error {
	who, err := id(c, "id")
	if err != nil {
		return err
	}
	card, err := w.customers().Card(c.UserContext(), who)
	if err != nil {
		return err
	}
	link, err := w.subscribers().Invite(c.UserContext(), who)
	if fault := tenants.FaultOf(err); fault != nil && fault.Kind == tenants.KindConflict {
		c.Status(fiber.StatusConflict)
		return w.showContacts(c, &views.Verdict{Class: "warn", Said: views.FaultSentence(fault)})
	}
	if err != nil {
		return err
	}
	code, err := qr.Encode(link.URL, qr.M)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(c.UserContext())
	own := "/clientes/" + who.String()
	return w.show(c, views.Vinculo{
		Head: views.Head{Crumbs: []views.Link{{Label: "Clientes", Href: "/clientes"}, {Label: card.Customer.Name, Href: own}}, Here: "Telegram",
			Title: "Vincular Telegram", Facts: card.Customer.Name, Do: []views.Link{{Label: "Voltar ao cliente", Href: own}}},
		URL: link.URL, Until: views.Clock(link.Expires.In(isp.Zone)),
		QR: template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(code.PNG())), // the picture is made here, of our own link
	})
}
