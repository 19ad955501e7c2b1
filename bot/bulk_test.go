package bot_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/bot"
	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/ent/telegramlink"
	"enlace/ent/telegrammessage"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/messages"
	"enlace/tenants/outbox"
)

// tell has a customer told something unasked, and answers how.
func (s *stage) tell(customer *ent.Customer, text string) (how messages.How) {
	s.Helper()
	s.Write(func(ctx context.Context, c *ent.Client) (err error) {
		how, err = messages.Tell(ctx, c, s.DB.Now(), messages.Message{Customer: customer.ID, About: "outage", AboutID: customer.ID, Subject: "Aviso", Text: text, Queue: outbox.Bulk})
		return err
	})
	return how
}

// waiting are the messages that wait to be said, the oldest first.
func (s *stage) waiting() (ids []uuid.UUID) {
	s.Read(func(ctx context.Context, c *ent.Client) error {
		ids = c.TelegramMessage.Query().Where(telegrammessage.StatusEQ(telegrammessage.StatusWaiting)).Order(telegrammessage.ByCreatedAt(), telegrammessage.ByID()).IDsX(ctx)
		return nil
	})
	return ids
}

func (s *stage) worker() bots.Desk {
	return bots.Desk{DB: s.DB, Vault: s.Vault, Door: bot.NewDoor(s.telegram.Endpoint)}
}

func TestAChatThatBlockedTheBotIsLeftAloneUntilItWrites(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, joao := s.maria(), s.joao()
		for _, refusal := range []bottest.Failure{{Code: 403, Why: "Forbidden: bot was blocked by the user"}, {Code: 403, Why: "Forbidden: user is deactivated"}, {Code: 400, Why: "Bad Request: chat not found"}} {
			if how := s.tell(s.Maria, "um aviso"); how != messages.Telegram {
				t.Fatalf("%s: she is told by %q", refusal.Why, how)
			}
			s.tell(s.Maria, "outro")
			s.telegram.Fail("sendMessage", refusal)
			asked := s.telegram.Calls("sendMessage")
			s.deliver()
			if n := s.telegram.Calls("sendMessage") - asked; n != 1 {
				t.Errorf("%s: Telegram was asked %d times", refusal.Why, n)
			}
			s.Read(func(ctx context.Context, c *ent.Client) error {
				if n := c.TelegramMessage.Query().Where(telegrammessage.StatusEQ(telegrammessage.StatusFailed), telegrammessage.ErrorNEQ("")).CountX(ctx); n == 0 || n%2 != 0 {
					t.Errorf("%s: %d have failed", refusal.Why, n)
				}
				if c.TelegramLink.Query().Where(telegramlink.ChatID(101), telegramlink.BlockedAtNotNil()).CountX(ctx) != 1 || c.TelegramLink.Query().Where(telegramlink.BlockedAtNotNil()).CountX(ctx) != 1 {
					t.Errorf("%s: it is not noted of her chat alone", refusal.Why)
				}
				return nil
			})
			if how := s.tell(s.Maria, "mais um"); how != messages.Email {
				t.Errorf("%s: she is told by %q", refusal.Why, how)
			}
			maria.Play(`
				Maria: /menu
				Bot: Olá, Maria!`)
		}
		blocked := func() (is bool) {
			return count(s, func(ctx context.Context, c *ent.Client) int {
				return c.TelegramLink.Query().Where(telegramlink.BlockedAtNotNil()).CountX(ctx)
			}) == 1
		}
		maria.Turns("kicked") // and is noted without anything being said to her
		s.await("it to be noted that she blocked the bot", blocked)
		if how := s.tell(s.Maria, "e agora?"); how != messages.Email {
			t.Errorf("who blocked the bot is told by %q", how)
		}
		maria.Turns("member")
		s.await("it to be noted that she takes messages again", func() bool { return !blocked() })
		s.tell(s.Maria, "ainda aqui?")
		s.deliver()
		maria.Play(`
			Bot: ainda aqui?`)
		// An answer that is refused so is one more way to know.
		s.telegram.Fail("sendMessage", bottest.Failure{Code: 403, Why: "Forbidden: bot was blocked by the user"})
		joao.Writes("/ajuda")
		s.await("the block to be noted", func() bool { return s.tell(s.Joao, "um aviso") != messages.Telegram })
	})
}

func TestADeadTokenIsTriedAgainInItsOwnTime(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, d := s.maria(), s.worker()
		s.tell(s.Maria, "um aviso")
		s.telegram.Fail("sendMessage", bottest.Failure{Code: 401, Why: "Unauthorized"})
		id, asked := s.waiting()[0], s.telegram.Calls("sendMessage")
		for range 3 {
			var later *outbox.Later
			if err := d.Say(s.Worker(), id); !errors.As(err, &later) || later.At.Sub(s.DB.Now()) < time.Minute || strings.Contains(err.Error(), token) {
				t.Fatalf("it is put off by %v", err)
			}
		}
		if n := s.telegram.Calls("sendMessage") - asked; n != 1 {
			t.Errorf("Telegram was asked %d times", n)
		}
		if bot, err := s.own.Bot(s.Worker()); err != nil || bot.Failure != bots.DeadToken {
			t.Errorf("the gerente reads %+v, %v", bot, err)
		}
		s.Write(func(ctx context.Context, c *ent.Client) error { return c.TelegramBot.Update().ClearFailure().Exec(ctx) }) // as the next look at the bot does
		if err := d.Say(s.Worker(), id); err != nil {
			t.Fatal(err)
		}
		maria.Play(`
			Bot: um aviso`)
		// What cannot be said for a day has failed.
		s.tell(s.Maria, "outro")
		s.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TelegramBot.Update().SetFailure(bots.DeadToken).Exec(ctx)
		})
		s.pass(25 * time.Hour)
		if err := d.Say(s.Worker(), s.waiting()[0]); err != nil || len(s.waiting()) != 0 {
			t.Errorf("%v, and %d wait", err, len(s.waiting()))
		}
	})
}

func TestTelegramWantsToBeLeftInPeace(t *testing.T) {
	onEachStore(t, func(s *stage) {
		maria, d := s.maria(), s.worker()
		s.tell(s.Maria, "um aviso")
		id := s.waiting()[0]
		s.telegram.Fail("sendMessage", bottest.Failure{Code: 429, Why: "Too Many Requests: retry after 40", RetryAfter: 40})
		var later *outbox.Later
		if err := d.Say(s.Worker(), id); !errors.As(err, &later) || !later.At.Equal(s.DB.Now().Add(40*time.Second)) {
			t.Fatalf("it is put off by %v", err)
		}
		asked := s.telegram.Calls("sendMessage")
		for _, passed := range []time.Duration{0, 30 * time.Second} { // by any worker
			s.pass(passed)
			if err := s.worker().Say(s.Worker(), id); !errors.As(err, &later) || !later.At.After(s.DB.Now()) {
				t.Fatalf("after %s: %v", passed, err)
			}
		}
		if s.telegram.Calls("sendMessage") != asked {
			t.Error("it is not left in peace")
		}
		s.pass(10 * time.Second)
		if err := s.worker().Say(s.Worker(), id); err != nil {
			t.Fatal(err)
		}
		maria.Play(`
			Bot: um aviso`)
	})
}

// Notices wait by the dozen, workers say them at the bot's pace, and an answer overtakes them.
func TestAnAnswerOvertakesTheNoticesThatWait(t *testing.T) {
	onEachStore(t, func(s *stage) {
		const many, hands = 30, 5
		maria := s.maria()
		for chat := range int64(many) {
			s.linked("Maria", 1000+chat%(many/2), []*ent.Customer{s.Maria, s.Joao}[chat%2])
		}
		s.tell(s.Maria, "aviso")
		s.tell(s.Joao, "aviso")
		ctx, end := context.WithCancel(context.Background())
		var all sync.WaitGroup
		defer func() { end(); all.Wait() }()
		all.Go(func() { // the clock goes
			for last := time.Now(); ctx.Err() == nil; time.Sleep(5 * time.Millisecond) {
				now := time.Now()
				s.pass(now.Sub(last))
				last = now
			}
		})
		waiting, before := make(chan uuid.UUID, 2*many), s.telegram.Calls("sendMessage")
		for _, id := range s.waiting() {
			waiting <- id
		}
		notices := len(waiting)
		for range hands { // as workers do
			d := s.worker()
			all.Go(func() {
				for ctx.Err() == nil {
					select {
					case id := <-waiting:
						var later *outbox.Later
						if err := d.Say(tenants.With(ctx, s.Here), id); errors.As(err, &later) {
							waiting <- id
							time.Sleep(20 * time.Millisecond)
						} else if err != nil && ctx.Err() == nil {
							t.Error(err)
						}
					default:
						return
					}
				}
			})
		}
		s.await("the first notice", func() bool { return s.telegram.Calls("sendMessage") > before })
		maria.Writes("/ajuda")
		for said := maria.Next(); !strings.HasPrefix(said.Text, "Posso"); said = maria.Next() {
			if said.Text != "aviso" {
				t.Fatal(said.Text)
			}
		}
		if n := s.telegram.Calls("sendMessage") - before; n > notices {
			t.Errorf("it is answered after all %d notices", notices)
		}
		s.await("all notices to be said", func() bool { return len(s.waiting()) == 0 })
		s.Read(func(ctx context.Context, c *ent.Client) error {
			last := map[int64]time.Time{}
			rows := c.TelegramMessage.Query().Order(telegrammessage.ByTurnAt()).AllX(ctx)
			for i, row := range rows {
				if again, told := last[row.ChatID]; told && row.TurnAt.Sub(again) < time.Second {
					t.Errorf("chat %d is told again after %s", row.ChatID, row.TurnAt.Sub(again))
				}
				last[row.ChatID] = *row.TurnAt
				if i >= 20 && row.TurnAt.Sub(*rows[i-20].TurnAt) < time.Second/2 {
					t.Errorf("20 are said within %s", row.TurnAt.Sub(*rows[i-20].TurnAt))
				}
			}
			return nil
		})
	})
}
