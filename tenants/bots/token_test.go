package bots_test

import (
	"context"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscribers"
)

func TestTheBotIsTheGerentesToSet(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d := bots.Desk{DB: o.DB, Vault: o.Vault}
		if _, err := (subscribers.Desk{DB: o.DB}).Invite(o.As("gerente"), o.Maria.ID); demotest.Fault(err) != "no_bot" {
			t.Errorf("a link without a bot: %v", err)
		}
		if _, err := d.Bot(here(o)); demotest.Fault(err) != "not_found" {
			t.Errorf("no bot: %v", err)
		}
		for _, c := range []struct{ role, token, username, want string }{
			{"comercial", "1:x1", "", "denied"},
			{"gerente", "", "", "token: bot_token"},
			{"gerente", "1:x/../getMe", "", "token: bot_token"},
			{"gerente", "1:x1", "bot/../x", "usuario: bot_username"},
			{"gerente", " 1:the-only-token ", "@fibranorte_bot", ""},
		} {
			if err := d.SetBot(o.As(c.role), c.token, c.username); demotest.Fault(err) != c.want {
				t.Errorf("%+v: %v", c, err)
			}
		}
		bot, err := d.Bot(here(o))
		if err != nil || bot.Token != "1:the-only-token" || bot.Username != "fibranorte_bot" || bot.Offset != 0 || bot.Failure != "" || bot.Overdue || len(bot.Face.Off) > 0 {
			t.Errorf("the bot is %+v, %v", bot, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.TelegramBot.Query().OnlyX(ctx); strings.Contains(row.Token, "the-only-token") {
				t.Error("the token lies open")
			}
			return nil
		})
		if _, err := d.Bot(o.Stranger()); demotest.Fault(err) != "not_found" {
			t.Errorf("the other ISP: %v", err)
		}
	})
}
