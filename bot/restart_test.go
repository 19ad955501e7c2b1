package bot_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"enlace/bot"
	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/ent/telegramupdate"
	"enlace/tenants"
	"enlace/tenants/bots"
)

func TestARestartInTheMiddleGoesOn(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		maria.Play(`
			Maria: /suporte
			Bot: Atendimento para Fibra 500 Mega.`)
		s.stop()
		maria.Writes("caiu tudo aqui") // while nobody listens
		s.start()
		maria.Play(`
			Bot: Atendimento aberto. Seu protocolo é
			Maria: /menu
			Bot: Olá, Maria!`)
		if tickets(s) != 1 {
			t.Errorf("%d tickets", tickets(s))
		}
	})
}

// A token that does not open, as of an ISP that came under another key, is said once, however often it is looked at, and the gerente reads why.
func TestATokenThatDoesNotOpenIsSaidOnce(t *testing.T) {
	onEachStore(t, func(s *stage) {
		s.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TelegramBot.Update().SetToken("v1.x").Exec(ctx)
		})
		s.await("the word for the gerente", func() bool {
			bot, err := s.own.Standing(s.As("gerente"))
			return err == nil && bot.Failure == bots.SealedToken
		})
		for i, other := range []string{"2:unknown", "3:unknown"} { // of another ISP, each of which is seen at a later look
			if err := s.own.SetBot(tenants.With(context.Background(), s.Other), other, ""); err != nil {
				t.Fatal(err)
			}
			s.await("another look", func() bool { return strings.Count(s.log.String(), "the shift is over") > i })
		}
		if n := strings.Count(s.log.String(), "cannot be read"); n != 1 {
			t.Errorf("it is said %d times", n)
		}
	})
}

// A process is killed: at one instant its statements reach the database no more, and what it says reaches nobody.
func TestAKilledProcessNeitherLosesNorRepeats(t *testing.T) {
	onEachStore(t, func(s *stage) {
		joao := s.joao()
		dead := func() error { return errors.New("killed") }
		for _, kill := range []struct {
			when string
			how  func(before int)
		}{
			{"before it notes the update", func(int) {
				s.Break(dead)
				joao.Writes("sem internet")
				time.Sleep(50 * time.Millisecond)
			}},
			{"while it notes the update", func(int) {
				var statements atomic.Int64
				s.Break(func() error {
					if statements.Add(1) > 12 {
						return dead()
					}
					return nil
				})
				joao.Writes("sem internet")
				s.await("the middle", func() bool { return statements.Load() > 12 })
			}},
			{"before it says it", func(before int) {
				s.telegram.Fail("sendMessage", bottest.Failure{Code: 500, Why: "killed"})
				joao.Writes("sem internet")
				s.await("the ticket", func() bool { return tickets(s) == before+1 })
				s.Break(dead)
			}},
			{"after it said it, but before it knew: it says it again rather than not at all", func(int) {
				s.telegram.Fail("sendMessage", bottest.Failure{Code: 500, Why: "killed", After: true})
				joao.Writes("sem internet")
				if said := joao.Next(); !strings.Contains(said.Text, "protocolo") {
					t.Fatal(said.Text)
				}
				s.Break(dead)
			}},
		} {
			joao.Play(`
				João: /suporte
				Bot: Atendimento para`)
			s.await("all to be said", func() bool { return unsaid(s) == 0 })
			before := tickets(s)
			kill.how(before)
			atOnce, cancel := context.WithTimeout(context.Background(), time.Millisecond)
			_ = s.bots.Stop(atOnce) // it cannot come to a good end
			cancel()
			s.Break(nil)
			s.pass(bots.Lease) // the next process waits for the lease of the dead one
			s.start()
			said := joao.Next()
			if !strings.Contains(said.Text, "Seu protocolo é") || tickets(s) != before+1 {
				t.Errorf("%s: %d tickets, and he is told %s", kill.when, tickets(s)-before, said.Text)
			}
		}
		joao.Play(`
			João: /menu
			Bot: Olá, João!`)
		s.await("all to be said", func() bool { return unsaid(s) == 0 })
	})
}

func TestTwoProcessesPollOneBotInTurn(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		second, err := bot.Start(context.Background(), s.options())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = second.Stop(context.Background()) }()
		maria.Play(`
			Maria: /menu
			Bot: Olá, Maria!
			Maria: /ajuda
			Bot: Posso fazer isto`)
		s.stop() // the first lets go; the second takes over
		maria.Play(`
			Maria: /menu
			Bot: Olá, Maria!`)
		s.bots = second
	})
}

func TestABrokenDatabaseIsOwnedUpTo(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria := s.maria()
		began := s.telegram.Calls("sendMessage")
		s.Break(func() error { return errors.New("the disk is full") })
		maria.Writes("/faturas")
		time.Sleep(400 * time.Millisecond)
		if s.telegram.Calls("sendMessage") != began {
			t.Error("it speaks of what it cannot know")
		}
		s.Break(nil)
		said := maria.Next()
		if !strings.Contains(said.Text, "Você tem 7 faturas abertas") && !strings.Contains(said.Text, "Algo falhou do nosso lado") {
			t.Error(said.Text)
		}
	})
}

func TestAnEndpointThatIsNone(t *testing.T) {
	for _, endpoint := range []string{"https://api.telegram.org", "https://x/bot%s", "%s%s", "https://x/bot%s/%s/%d"} {
		if bots, err := bot.Start(context.Background(), bot.Options{Endpoint: endpoint}); err == nil {
			_ = bots.Stop(context.Background())
			t.Errorf("%s is taken", endpoint)
		}
	}
}

func tickets(s *stage) (n int) {
	s.Read(func(ctx context.Context, c *ent.Client) error { n = c.Ticket.Query().CountX(ctx); return nil })
	return n
}

func unsaid(s *stage) (n int) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.TelegramUpdate.Query().Where(telegramupdate.AnsweredAtIsNil()).CountX(ctx)
		return nil
	})
	return n
}
