package bot_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"enlace/bot"
	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/ent/outbox"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
)

func TestTelegramCallsUs(t *testing.T) {
	called(t, func(s *stage) {
		address, secret := s.telegram.Webhook()
		if strings.Contains(address, "AAtoken") || len(secret) != 43 || strings.Contains(secret, "AAtoken") {
			t.Errorf("the webhook is %s with %q", address, secret)
		}
		maria, joao := s.maria(), s.joao()
		joao.Play(`
			João: /suporte
			Bot: Atendimento para`)
		raw := joao.Raw("sem internet")
		id := s.telegram.Update(raw)
		if said := joao.Next(); !strings.Contains(said.Text, "protocolo") {
			t.Fatal(said.Text)
		}
		for range 3 { // as Telegram does when it did not hear that it was taken
			s.telegram.Replay(id, raw)
		}
		s.telegram.Update(`{"no_number":{id}}`) // is taken, or it would come for ever
		maria.Play(`
			Maria: /menu
			Bot: Olá, Maria!
			Maria > Ajuda
			Bot edits: Posso fazer isto
			Maria: /carne
			Bot sends: Carn`)
		joao.Play(`
			João: /ajuda
			Bot: Posso fazer isto`)
		if n := tickets(s); n != 1 {
			t.Errorf("%d tickets", n)
		}
		if n := s.telegram.Calls("getUpdates"); n != 0 {
			t.Errorf("it is asked for updates %d times besides", n)
		}
		// One chat's words in their order, however many come at once.
		for _, words := range []string{"/menu", "/ajuda", "/menu", "/ajuda"} {
			maria.Writes(words)
		}
		for _, want := range []string{"Olá", "Posso", "Olá", "Posso"} {
			if said := maria.Next(); !strings.HasPrefix(said.Text, want) {
				t.Errorf("in the place of %s: %s", want, said.Text)
			}
		}
		s.await("all to be said", func() bool { return unsaid(s) == 0 })
	})
}

func TestWhoDoesNotKnowTheSecretOfABotIsNotHeard(t *testing.T) {
	called(t, func(s *stage) {
		_, secret := s.telegram.Webhook()
		hooks, err := bot.NewHooks(s.options())
		if err != nil {
			t.Fatal(err)
		}
		update := []byte(`{"update_id":7,"message":{"message_id":1,"date":1,"text":"/menu","from":{"id":101,"first_name":"M"},"chat":{"id":101,"type":"private"}}}`)
		before := s.telegram.Calls("sendMessage")
		for _, wrong := range []string{"", "x", secret[1:], secret + "x", strings.ToUpper(secret), token} {
			if err := hooks.Hear(tenants.With(context.Background(), s.Here), wrong, update); tenants.FaultOf(err) == nil || tenants.FaultOf(err).Kind != tenants.KindNotFound {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		if err := s.own.SetBot(s.Stranger(), "2:other", "other_bot"); err != nil {
			t.Fatal(err)
		}
		if err := hooks.Hear(tenants.With(context.Background(), s.Other), secret, update); tenants.FaultOf(err) == nil {
			t.Errorf("the secret of one ISP's bot opens another's: %v", err)
		}
		if n := s.telegram.Calls("sendMessage"); n != before {
			t.Errorf("%d things were said", n-before)
		}
		s.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.TelegramUpdate.Query().CountX(ctx); n != 0 {
				t.Errorf("%d updates were noted", n)
			}
			return nil
		})
	})
}

// From being asked to being called and back: nothing is lost on the way, and nothing done twice.
func TestABotGoesFromOneWayToTheOtherAndBack(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		maria.Play(`
			Maria: /menu
			Bot: Olá, Maria!`)
		s.stop()
		maria.Writes("/ajuda") // while nobody listens
		s.listen()
		s.start()
		maria.Play(`
			Bot: Posso fazer isto
			Maria: /menu
			Bot: Olá, Maria!`)
		s.stop()
		s.hooks.Close()
		maria.Writes("/ajuda")
		s.hooks = nil
		s.start()
		maria.Play(`
			Bot: Posso fazer isto
			Maria: /menu
			Bot: Olá, Maria!`)
		if s.telegram.Calls("deleteWebhook") != 1 {
			t.Error("the webhook stands, or was deleted for nothing")
		}
	})
}

// The process that heard an update is killed before it said the answer, or Telegram is out of reach for longer than a call takes: whoever looks after
// the bots says it.
func TestWhatACallCouldNotSayIsSaid(t *testing.T) {
	called(t, func(s *stage) {
		joao := s.joao()
		joao.Play(`
			João: /suporte
			Bot: Atendimento para`)
		s.telegram.Fail("sendMessage", bottest.Failure{Code: 429, Why: "Too Many Requests", RetryAfter: 5}) // the call does not wait for so long
		joao.Writes("sem internet")
		s.await("the ticket", func() bool { return tickets(s) == 1 && unsaid(s) == 1 })
		s.await("the call to end", func() bool { return s.telegram.Pending() == 0 })
		if _, said := joao.Hears(0); said {
			t.Fatal("it is said too early")
		}
		s.stop()
		s.pass(15 * time.Second)
		s.start()
		if said := joao.Next(); !strings.Contains(said.Text, "Seu protocolo é") {
			t.Error(said.Text)
		}
		s.await("all to be said", func() bool { return unsaid(s) == 0 })
	})
}

// Another token of the same bot, then another bot: the old one's webhook goes, the links stay.
func TestAnotherTokenMovesEverything(t *testing.T) {
	onEachStore(t, func(s *stage) {
		s.stop()
		const second, third = "123456789:AAtokenAfterRevoke", "987654321:AAtokenOfAnotherBot"
		again, other := bottest.New(t, second), bottest.New(t, third)
		both := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for _, one := range []*bottest.Server{again, other} {
				if strings.HasPrefix(r.URL.Path, "/bot"+one.Token+"/") {
					one.ServeHTTP(w, r)
					return
				}
			}
			s.telegram.ServeHTTP(w, r)
		}))
		t.Cleanup(both.Close)
		first := s.telegram.Endpoint
		s.telegram.Endpoint = both.URL + "/bot%s/%s"
		defer func() { s.telegram.Endpoint = first }()
		s.listen()
		s.start()
		maria := s.maria()
		maria.Play(`
			Maria: /menu
			Bot: Olá, Maria!`)
		d := s.own
		d.Registry = bot.NewDoor(s.telegram.Endpoint)
		for _, c := range []struct{ role, token, want string }{
			{"comercial", third, "denied"},
			{"gerente", "x y", "token: bot_token"},
			{"gerente", "1:AAtokenOfNoBot", "token: bot_token_unknown"},
		} {
			if err := d.ChangeBot(s.As(c.role), c.token); demotest.Fault(err) != c.want {
				t.Errorf("%s: %v", c.token, err)
			}
		}
		_, secret := s.telegram.Webhook()
		if err := d.ChangeBot(s.As("gerente"), second); err != nil {
			t.Fatal(err)
		}
		s.await("the webhook of the second token", func() bool { _, now := again.Webhook(); return now != "" && now != secret })
		if n := noted(s); n == 0 {
			t.Error("the updates of the same bot are forgotten")
		}
		if err := d.ChangeBot(s.As("gerente"), third); err != nil {
			t.Fatal(err)
		}
		s.await("the webhook of the other bot", func() bool { _, now := other.Webhook(); return now != "" })
		var sealed string
		s.Read(func(ctx context.Context, c *ent.Client) error {
			sealed = c.Outbox.Query().Where(outbox.Kind(bots.LeaveBot)).OnlyX(ctx).Payload["sealed"]
			return nil
		})
		if strings.Contains(sealed, "AAtoken") {
			t.Error("the old token lies open")
		}
		for range 2 { // a worker may be killed in between
			if err := d.LeaveOld(s.Worker(), sealed); err != nil {
				t.Fatal(err)
			}
		}
		if address, _ := again.Webhook(); address != "" {
			t.Error("the old bot is still told of to us")
		}
		if address, _ := other.Webhook(); address == "" {
			t.Error("the new bot is not told of to us")
		}
		s.maria2(other).Play(`
			Maria: /menu
			Bot: Olá, Maria!`)
		// Telegram cannot be reached: nothing is changed.
		d.Registry = bot.NewDoor("http://127.0.0.1:1/bot%s/%s")
		if err := d.ChangeBot(s.As("gerente"), second); demotest.Fault(err) != "token: bot_unreachable" {
			t.Errorf("out of reach: %v", err)
		}
	})
}

// noted counts the updates that are remembered.
func noted(s *stage) (n int) {
	s.Read(func(ctx context.Context, c *ent.Client) error { n = c.TelegramUpdate.Query().CountX(ctx); return nil })
	return n
}

// maria2 is Maria in the chat she has with another bot, of the same number.
func (s *stage) maria2(at *bottest.Server) *bottest.Person { return at.Person("Maria", 101) }
