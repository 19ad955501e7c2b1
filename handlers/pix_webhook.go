package handlers

import (
	"encoding/json"
	"time"

	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/tenants/collection"
)

func (w *Web) incoming() collection.Desk {
	return collection.Desk{DB: w.DB, Vault: w.Vault, PSPs: w.PSPs, Site: w.Site}
}

// webhooks is where programs of others call us. The ISP is named in the address, so that they may be let in at a host of their own, where a
// proxy asks them for their certificate; none of them has a session.
const webhooks = "/webhooks/"

// mostTold is how many Pix a call may name.
const mostTold = 1000

// pixWebhook takes what a PSP tells of Pix that came in, and answers once each has its row in the outbox: whether it came in is asked at the PSP.
// An ISP that does not exist and a secret that is not its own are answered alike, as a page that does not exist; whoever tries many has to wait.
func (w *Web) pixWebhook(c *fiber.Ctx) error {
	from, now := w.address(c), time.Now()
	if wait := w.told.left(from, now); wait > 0 {
		return &tooMany{wait}
	}
	var said struct {
		Pix []struct {
			EndToEnd string `json:"endToEndId"`
			TxID     string `json:"txid"`
		} `json:"pix"`
	}
	switch err := json.Unmarshal(c.Body(), &said); {
	case err != nil:
		return fiber.ErrBadRequest
	case len(said.Pix) > mostTold:
		return fiber.ErrRequestEntityTooLarge
	}
	all := make([]collection.Told, len(said.Pix))
	for i, one := range said.Pix {
		all[i] = collection.Told{EndToEnd: one.EndToEnd, TxID: one.TxID}
	}
	isp, known, err := w.hosts.find(c.UserContext(), w.DB, c.Params("slug"))
	if err != nil {
		return err
	}
	if !known {
		err = tenants.NotFound()
	} else {
		err = w.incoming().PixTold(tenants.With(c.UserContext(), isp), c.Params("secret"), all)
	}
	if tenants.FaultOf(err) != nil {
		w.told.wait(from, now)
	}
	if err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusOK)
}
