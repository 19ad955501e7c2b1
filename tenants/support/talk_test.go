package support_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/ticket"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/support"
)

// A chat is handed over, spoken in, and given back by either side, whole or not at all; of many who ask at once one ticket comes.
func TestAChatIsHandedOverAndBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		linked(o)
		d, maria, by, sub := desk(o), o.Subscriber(o.Maria), o.As("suporte"), o.Service(o.Maria).ID
		if _, err := d.TalkAnew(o.Subscriber(o.Joao), 101, sub); demotest.Fault(err) != "not_found" {
			t.Errorf("about another's service: %v", err)
		}
		if _, err := d.TalkAnew(by, 101, sub); demotest.Fault(err) != "not_found" {
			t.Errorf("staff: %v", err)
		}
		var row *ent.Ticket
		o.AllOrNothing(t, 8, func() (err error) { row, err = d.TalkAnew(maria, 101, sub); return err })
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if _, err := d.Talk(maria, 101, row.ID); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		of := func() (now *ent.Ticket) {
			now, err := d.Talking(o.Worker(), 101, []*ent.Customer{o.Maria, o.Joao})
			must(t, err)
			return now
		}
		if now := of(); now == nil || !support.Talks(now, o.DB.Now()) || now.WaitsSince == nil || !now.TalkUntil.Equal(o.DB.Now().Add(12*time.Hour)) {
			t.Fatalf("%+v", now)
		}
		if other, err := d.Talking(o.Worker(), 101, []*ent.Customer{o.Joao}); err != nil || other != nil {
			t.Errorf("a chat that no longer sees her talks in %v, %v", other, err)
		}
		o.Pass(11 * time.Hour)
		since := of().WaitsSince
		o.AllOrNothing(t, 5, func() error { _, err := d.Reply(maria, row.ID, "alô"); return err })
		if now := of(); !now.WaitsSince.Equal(*since) || !now.TalkUntil.Equal(o.DB.Now().Add(12*time.Hour)) {
			t.Errorf("after a word of hers: %+v", now)
		}
		o.AllOrNothing(t, 8, func() error { return d.Answer(by, support.Move{Ticket: row.ID, Text: "já vejo", Key: "1"}) })
		if now := of(); now.WaitsSince != nil {
			t.Errorf("after a word of the office: %+v", now)
		}
		if _, err := d.HandBack(o.Subscriber(o.Joao), row.ID); demotest.Fault(err) != "not_found" {
			t.Errorf("another gives it back: %v", err)
		}
		o.AllOrNothing(t, 4, func() error { _, err := d.HandBack(maria, row.ID); return err })
		if now := of(); now != nil {
			t.Errorf("given back: %+v", now)
		}
		_, err := d.Talk(maria, 101, row.ID)
		must(t, err)
		o.AllOrNothing(t, 8, func() error { return d.Release(by, support.Move{Ticket: row.ID, Key: "2"}) })
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Ticket.Query().Where(ticket.TalkChatNotNil()).CountX(ctx); n != 0 {
				t.Errorf("%d chats talk", n)
			}
			if n := c.Ticket.Query().CountX(ctx); n != 1 {
				t.Errorf("%d tickets", n)
			}
			return nil
		})
	})
}
