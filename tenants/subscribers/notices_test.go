package subscribers_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/telegramlink"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/messages"
	"enlace/tenants/subscribers"
)

// tell tells Maria something, and returns how, and how many messages are then waiting to be said.
func tell(o *demotest.Office, kind messages.Kind, text string) (how messages.How, waiting int) {
	o.Write(func(ctx context.Context, c *ent.Client) (err error) {
		how, err = messages.Tell(ctx, c, o.DB.Now(), messages.Message{Customer: o.Maria.ID, Kind: kind, About: "invoice", AboutID: uuid.New(), Text: text})
		waiting = c.TelegramMessage.Query().CountX(ctx)
		return err
	})
	return how, waiting
}

// A chat does without what it does not want, but not without what it is owed.
func TestAChatDoesWithout(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		if err := d.Want(here(o), 101, messages.Issued, false); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger's chat: %v", err)
		}
		link(t, o, d, 101, o.Maria)
		for _, must := range []messages.Kind{messages.Overdue, messages.Suspended, messages.Answered, "nothing"} {
			if err := d.Want(here(o), 101, must, false); demotest.Fault(err) != "wish_must" {
				t.Errorf("%s: %v", must, err)
			}
		}
		silence := func() error { return d.Want(here(o), 101, messages.Issued, false) }
		o.AllOrNothing(t, 4, silence)
		if err := silence(); err != nil {
			t.Fatal(err)
		}
		if how, waiting := tell(o, messages.Issued, "fatura"); how != messages.Silenced || waiting != 0 {
			t.Errorf("%q, %v", how, waiting)
		}
		if how, waiting := tell(o, messages.Overdue, "débito"); how != messages.Telegram || waiting != 1 {
			t.Errorf("%q, %v", how, waiting)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // a row that says so all the same
			return c.TelegramLink.Update().Where(telegramlink.ChatID(101)).SetSilenced([]string{"issued", "suspended"}).Exec(ctx)
		})
		if how, _ := tell(o, messages.Suspended, "suspenso"); how != messages.Telegram {
			t.Errorf("a suspension: %q", how)
		}
		if err := d.Want(here(o), 101, messages.Issued, true); err != nil {
			t.Fatal(err)
		}
		if how, _ := tell(o, messages.Issued, "fatura"); how != messages.Telegram {
			t.Errorf("wanted again: %q", how)
		}
	})
}
