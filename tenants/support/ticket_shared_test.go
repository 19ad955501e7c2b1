package support_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/email"
	"enlace/ent/history"
	"enlace/ent/telegrammessage"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/support"
)

// linked ties a chat to Maria.
func linked(o *demotest.Office) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.TelegramLink.Create().SetChatID(101).SetCustomerID(o.Maria.ID).SetLinkedAt(o.DB.Now()).Exec(ctx)
	})
}

// The protocol goes to the subscriber: by the bot where a chat is linked, else by e-mail, else the thread says that nobody could be told.
func TestTheProtocolIsSentToTheSubscriber(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		told := func(key string) (event string) {
			id := opened(t, o, key)
			o.Read(func(ctx context.Context, c *ent.Client) error {
				card, err := desk(o).Ticket(o.As("suporte"), id)
				event = card.Entries[len(card.Entries)-1].Event
				return err
			})
			return event
		}
		if got := told("1"); got != "ticket_told_email" {
			t.Errorf("with an e-mail address: %s", got)
		}
		linked(o)
		if got := told("2"); got != "ticket_told_telegram" {
			t.Errorf("with a chat: %s", got)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			letter := c.Email.Query().Where(email.About("ticket")).OnlyX(ctx)
			said := c.TelegramMessage.Query().OnlyX(ctx)
			if !strings.Contains(letter.Text, "Protocolo 202600000001") || !strings.Contains(said.Text, "Protocolo 202600000002") || said.ChatID != 101 || said.Status != telegrammessage.StatusWaiting {
				t.Errorf("%v, %v", letter, said)
			}
			c.TelegramLink.Delete().ExecX(ctx)
			c.Contact.Delete().ExecX(ctx)
			return nil
		})
		if got := told("3"); got != "ticket_told_" {
			t.Errorf("with neither: %s", got)
		}
	})
}

// Both talk inside the ticket; it is nobody else's, and what was said is in the history.
func TestTheSubscriberTalksInsideATicketOfHis(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		linked(o)
		d, by, maria := desk(o), o.As("suporte"), o.Subscriber(o.Maria)
		id := opened(t, o, "1")
		in := support.Move{Ticket: id, Text: "Já reiniciou o modem?", Key: "2"}
		for want, bad := range map[string]error{
			"denied":             d.Answer(o.As("tecnico"), in),
			"not_found":          d.Answer(o.Stranger(), in),
			"resposta: required": d.Answer(by, support.Move{Ticket: id, Key: "3"}),
		} {
			if demotest.Fault(bad) != want {
				t.Errorf("%v, want %s", bad, want)
			}
		}
		o.AllOrNothing(t, 6, func() error { return d.Answer(by, in) })
		must(t, d.Answer(by, in))
		o.AllOrNothing(t, 4, func() error { _, err := d.Reply(maria, id, "já"); return err })
		for who, ctx := range map[string]context.Context{"João": o.Subscriber(o.Joao), "staff": by, "a stranger": o.Stranger(),
			"another ISP's subscriber": tenants.As(o.Stranger(), tenants.Actor{Kind: tenants.Subscriber, ID: o.Maria.ID, Channel: tenants.Telegram})} {
			if _, err := d.Reply(ctx, id, "x"); demotest.Fault(err) != "not_found" {
				t.Errorf("%s answers: %v", who, err)
			}
			if _, err := d.Follow(ctx, id); demotest.Fault(err) != "not_found" {
				t.Errorf("%s reads: %v", who, err)
			}
			if _, err := d.Rate(ctx, id, 5); demotest.Fault(err) != "not_found" {
				t.Errorf("%s rates: %v", who, err)
			}
		}
		f, err := d.Follow(maria, id)
		if err != nil || len(f.Said) != 2 || f.Said[0].Body != in.Text || f.Said[0].UserID == nil || f.Said[1].Body != "já" || f.Said[1].UserID != nil {
			t.Errorf("%+v, %v", f, err)
		}
		if rows, err := d.Followed(maria); err != nil || len(rows) != 1 || rows[0].ID != id {
			t.Errorf("%v, %v", rows, err)
		}
		if _, err := d.Rate(maria, id, 5); demotest.Fault(err) != "not_found" {
			t.Errorf("one that is not over is rated: %v", err)
		}
		must(t, d.Close(by, support.Move{Ticket: id, Text: "trocado o conector", Key: "4"}))
		if _, err := d.Rate(maria, id, 6); demotest.Fault(err) != "nota: range" {
			t.Errorf("%v", err)
		}
		o.AllOrNothing(t, 4, func() error { _, err := d.Rate(maria, id, 4); return err })
		o.AllOrNothing(t, 2, func() error { _, err := d.Comment(maria, id, "demorou"); return err })
		if row := ticketOf(o, id); *row.Rating != 4 || row.RatingText != "demorou" {
			t.Errorf("%+v", row)
		}
		o.AllOrNothing(t, 8, func() error { _, err := d.Reply(maria, id, "caiu de novo"); return err })
		if row := ticketOf(o, id); row.Status != ticket.StatusAguardandoAnalise || row.Rating != nil {
			t.Errorf("%+v", row)
		}
		must(t, d.Close(by, support.Move{Ticket: id, Text: "agora sim", Key: "5"}))
		o.Pass(8 * 24 * time.Hour)
		if _, err := d.Reply(maria, id, "e de novo"); demotest.Fault(err) != "ticket_old" {
			t.Errorf("%v", err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for event, n := range map[string]int{"ticket_answered": 1, "ticket_replied": 2, "ticket_rated": 1, "ticket_reopened": 1} {
				if got := c.History.Query().Where(history.SubjectID(id), history.Event(event)).CountX(ctx); got != n {
					t.Errorf("%s is told %d times", event, got)
				}
			}
			return nil
		})
	})
}

// Who cannot be reached is said to be so, and nothing stands in the thread.
func TestNobodyIsAnsweredWhoCannotBeReached(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		id := opened(t, o, "1")
		o.Write(func(ctx context.Context, c *ent.Client) error { c.Contact.Delete().ExecX(ctx); return nil })
		if err := desk(o).Answer(o.As("suporte"), support.Move{Ticket: id, Text: "x", Key: "2"}); demotest.Fault(err) != "resposta: ticket_unreachable" {
			t.Errorf("%v", err)
		}
	})
}
