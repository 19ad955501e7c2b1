package handlers

import (
	"github.com/gofiber/fiber/v2"

	"enlace/tenants"
	"enlace/views"
)

// tokenAt is where the ISP says which bot is its own.
const tokenAt = botAt + "/token"

// botToken shows how the ISP's bot stands, and takes another token for it. The one there is is never shown.
func (w *Web) botToken(c *fiber.Ctx) error { return w.showToken(c, w.form(c)) }

func (w *Web) showToken(c *fiber.Ctx, f views.Form) error {
	bot, err := w.bots().Standing(c.UserContext())
	fault := tenants.FaultOf(err)
	if err != nil && (fault == nil || fault.Kind != tenants.KindNotFound) {
		return err
	}
	f.Typed.Del("token") // what was typed is not shown again
	v := views.TelegramToken{Head: settingsHead("Token do bot", "", botCrumb), Form: f, Own: tokenAt}
	if bot != nil && bot.Username != "" {
		v.Head.Facts = "@" + bot.Username
	}
	if bot != nil && bot.Failure != "" {
		v.Ails = &views.Verdict{Class: "bad", Said: "O bot não responde", Proof: []views.Link{{Label: views.BotFailure(bot.Failure)}}}
	}
	return w.show(c, v)
}

// salvarToken gives the ISP the bot of a token that Telegram knows.
func (w *Web) salvarToken(c *fiber.Ctx) error {
	t, f := w.typed(c)
	if err := w.bots().ChangeBot(c.UserContext(), t["token"]); err != nil {
		if w.wrong(c, &f, err) {
			return w.showToken(c, f)
		}
		return err
	}
	w.say(c, views.Toast{Said: "Bot salvo. Em segundos ele responde."})
	return w.redirect(c, tokenAt)
}
