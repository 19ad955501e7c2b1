package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
)

// telegramSecret is the header in which Telegram shows what we gave it with our address.
const telegramSecret = "X-Telegram-Bot-Api-Secret-Token"

// telegramWebhook takes an update of an ISP's bot, and answers once it is done and, as a rule, answered. An ISP that does not exist, one without a
// bot and a secret that is not its own are answered alike, with nothing, and counted. Nobody has to wait for having been wrong: all bots of the
// world call from Telegram's few addresses, and whoever has one could have it call us wrongly until the others had to wait.
func (w *Web) telegramWebhook(c *fiber.Ctx) error {
	err := w.hearTelegram(c)
	if f := tenants.FaultOf(err); f != nil && f.Kind == tenants.KindNotFound {
		w.counted.strangers.Add(1)
		c.Status(fiber.StatusNotFound)
		return nil
	}
	return err
}

func (w *Web) hearTelegram(c *fiber.Ctx) error {
	secret := c.Get(telegramSecret)
	if w.Telegram == nil || secret == "" {
		return tenants.NotFound()
	}
	isp, known, err := w.hosts.find(c.UserContext(), w.DB, c.Params("slug"))
	if err != nil {
		return err
	}
	if !known {
		return tenants.NotFound()
	}
	return w.Telegram(tenants.With(c.UserContext(), isp), secret, c.Body())
}
