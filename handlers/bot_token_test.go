package handlers_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/handlers"
	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// telegramOf knows bots by their tokens.
type telegramOf map[string]string

func (t telegramOf) Who(_ context.Context, token string) (string, error) {
	switch name, known := t[token]; {
	case token == "1:away":
		return "", errors.New("out of reach")
	case !known:
		return "", bots.ErrToken
	default:
		return name, nil
	}
}

func (t telegramOf) Leave(context.Context, string) error { return nil }

func TestTheGerenteSaysWhichBotIsOurs(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := handlerstest.Open(t, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other}, func(office *handlers.Office) {
			office.Vault, office.Bots = o.Vault, telegramOf{"1:AAsecret": "fibranorte_bot"}
		})
		b := s.As("gerente")
		const at = "/configuracoes/bot/token"
		for token, says := range map[string]string{"": "Confira o token", "x y": "Confira o token", "2:AAsecret": "não reconhece este token", "1:away": "não respondeu"} {
			page := b.Get(at).Form("Salvar").Set("Token", token).Submit().Want(http.StatusUnprocessableEntity)
			if !strings.Contains(page.Text(".en-errsum"), says) || token != "" && strings.Contains(page.Body, token) {
				t.Errorf("%q: %s", token, page.Text(".en-errsum"))
			}
		}
		page := b.Get(at).Form("Salvar").Set("Token", "1:AAsecret").Submit().Want(http.StatusOK)
		if !strings.Contains(page.Text("main"), "@fibranorte_bot") || strings.Contains(page.Body, "AAsecret") {
			t.Error(page.Text("main"))
		}
		if home := b.Get("/"); strings.Contains(home.Body, "não responde") {
			t.Error("a bot that answers is said not to")
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TelegramBot.Update().SetFailure(bots.DeadToken).Exec(ctx)
		})
		if page := b.Get(at); !page.Has("O Telegram não reconhece o token deste bot") {
			t.Errorf("the gerente does not read why: %s", page.Text("main"))
		}
		for _, path := range []string{at, "/"} {
			if page := b.Get(path); !strings.Contains(page.Text("main"), "não responde") {
				t.Errorf("%s does not tell that the bot is dead", path)
			}
		}
		if page := s.As("comercial").Get("/"); strings.Contains(page.Body, "não responde") {
			t.Error("who may not change it reads of it")
		}
		s.As("comercial").Get(at).Want(http.StatusForbidden)
		if strings.Contains(s.Log.String(), "AAsecret") {
			t.Error("the log holds the token")
		}
	})
}

// Whoever calls without the secret hears nothing at all, whatever is wrong, and is counted.
func TestWhoCallsABotWithoutItsSecretHearsNothing(t *testing.T) {
	handlerstest.OnEachDemo(t, func(t *testing.T, s *handlerstest.Site, o *demotest.Office) {
		var heard []string
		s.Web.Telegram = func(ctx context.Context, secret string, update []byte) error {
			if isp, _ := tenants.From(ctx); isp.Slug != "fibranorte" || secret != "the secret" {
				return tenants.NotFound()
			}
			heard = append(heard, string(update))
			if bytes.Contains(update, []byte("broken")) {
				return errors.New("broken")
			}
			return nil
		}
		const header = "X-Telegram-Bot-Api-Secret-Token"
		call := func(slug, secret, body string) *handlerstest.Page {
			b := s.BrowserAt("telegram.example").Staying()
			if secret != "" {
				b = b.With(header, secret)
			}
			return b.Send("/webhooks/telegram/"+slug, "application/json", strings.NewReader(body))
		}
		for _, wrong := range [][2]string{{"fibranorte", ""}, {"fibranorte", "a secret"}, {"ondasul", "the secret"}, {"ninguem", "the secret"}, {"operador", "the secret"}} {
			if page := call(wrong[0], wrong[1], `{"update_id":1}`).Want(http.StatusNotFound); page.Body != "" {
				t.Errorf("%v hears %s", wrong, page.Body)
			}
		}
		for range 100 { // all bots of the world call from the same few addresses
			call("fibranorte", "a secret", "{}").Want(http.StatusNotFound)
		}
		call("fibranorte", "the secret", `{"update_id":2}`).Want(http.StatusOK)
		call("fibranorte", "the secret", `broken`).Want(http.StatusInternalServerError)
		var metrics bytes.Buffer
		s.Web.Metrics(&metrics)
		if len(heard) != 2 || !strings.Contains(metrics.String(), "enlace_telegram_webhook_refused_total 105\n") {
			t.Errorf("heard %q\n%s", heard, &metrics)
		}
		if strings.Contains(s.Log.String(), "the secret") {
			t.Error("the log tells the secret")
		}
		s.Web.Telegram = nil // bots are polled
		call("fibranorte", "the secret", `{"update_id":3}`).Want(http.StatusNotFound)
	})
}
