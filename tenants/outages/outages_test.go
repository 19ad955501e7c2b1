package outages_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/history"
	"enlace/ent/outage"
	"enlace/ent/telegrammessage"
	"enlace/ent/ticket"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/outages"
	"enlace/tenants/support"
)

// One event, one message: found, tickets under it, told by the bot, given back, told again, and all of it in the customer's history.
func TestAnOutageIsOpenedAndEnded(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, before := desk(o), o.As("suporte"), asks(t, o)
		link(o, o.Maria, 101)
		earlier := asks(t, o) // of something else, days ago
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Ticket.UpdateOneID(earlier).SetOpenedAt(o.DB.Now().Add(-72 * time.Hour)).Exec(ctx)
		})
		in := hers(o)
		in.Shown = "2/2"
		if _, err := d.Open(by, in); demotest.Fault(err) != "outage_unseen" {
			t.Errorf("%v", err)
		}
		in.Shown = "1/1"
		if _, err := d.Open(o.As("comercial"), in); demotest.Fault(err) != "denied" {
			t.Errorf("comercial: %v", err)
		}
		o.AllOrNothing(t, 8, func() error { _, err := d.Open(by, in); return err })
		id, err := d.Open(by, in)
		must(t, err)
		if again, err := d.Preview(by, hers(o)); demotest.Fault(err) != "lista: outage_nobody" {
			t.Errorf("what is under an outage is found again: %+v, %v", again, err)
		}
		row, next, err := d.Next(o.Worker(), id)
		must(t, err)
		o.AllOrNothing(t, 10, func() error { return d.Begin(o.Worker(), row, next) })
		work(t, o, id)
		after := asks(t, o)
		row = rowOf(o, id)
		if row.State != outage.StateOpen || row.Done != 1 || row.Told != 1 || row.Tickets != 2 {
			t.Fatalf("%+v", row)
		}
		for _, one := range []uuid.UUID{before, after} {
			card, err := support.Desk{DB: o.DB}.Ticket(by, one)
			if err != nil || card.Outage == nil || card.Outage.ID != id {
				t.Errorf("ticket %+v, %v", card, err)
			}
		}
		offer, err := support.Desk{DB: o.DB}.Offer(by, o.Maria.ID, false)
		if err != nil || offer.Down[o.Service(o.Maria).ID] == nil {
			t.Errorf("a new ticket is not warned: %v, %v", offer.Down, err)
		}
		o.Pass(26 * time.Hour)
		end := outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "Cabo refeito na Travessa", Close: true, Key: "2"}
		r, err := d.PreviewEnd(by, end)
		if err != nil || !r.Credits || len(r.Rows) != 1 || r.Total != 6_00 || r.Tickets != 2 || r.Days.Days() != 2 {
			t.Fatalf("%+v, %v", r, err)
		}
		for want, bad := range map[string]outages.Ending{
			"hora: outage_backwards": {Outage: id, Ended: row.BeganAt.Add(-time.Second), Text: "x"},
			"final_unseen":           {Outage: id, Ended: end.Ended, Text: "x", Shown: "nothing"},
			"not_found":              {Outage: demotest.Nobody, Ended: end.Ended, Text: "x"},
		} {
			if err := d.End(by, bad); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if err := d.End(o.Stranger(), end); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		end.Shown = r.Seen()
		o.AllOrNothing(t, 6, func() error { return d.End(by, end) })
		must(t, d.End(by, end))
		if err := d.End(by, outages.Ending{Outage: id, Ended: end.Ended, Text: "x", Key: "3"}); demotest.Fault(err) != "outage_over" {
			t.Errorf("ended twice: %v", err)
		}
		row, next, err = d.Next(o.Worker(), id)
		must(t, err)
		o.AllOrNothing(t, 30, func() error { return d.Finish(o.Worker(), row, next) })
		work(t, o, id)
		work(t, o, id)
		if row = rowOf(o, id); row.State != outage.StateOver || row.Credited != 1 || row.Credit != r.Total || row.Failed != 0 {
			t.Fatalf("%+v", row)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, one := range []uuid.UUID{before, after} {
				if row := c.Ticket.GetX(ctx, one); row.Status != ticket.StatusFinalizado || row.Closing != end.Text {
					t.Errorf("%+v", row)
				}
			}
			if row := c.Ticket.GetX(ctx, earlier); row.Status != ticket.StatusAguardandoAnalise || row.OutageID != nil {
				t.Errorf("what was asked before it began is %+v", row)
			}
			lowered := c.Charge.Query().Where(charge.CustomerID(o.Maria.ID), charge.KindEQ(charge.KindCredit)).OnlyX(ctx)
			if lowered.Amount != -6_00 || !strings.Contains(lowered.Memo, "2 de 30 dias sem serviço × R$ 89,90") || !strings.HasPrefix(lowered.Description, "Desconto: Falha de 23/11") {
				t.Errorf("%+v", lowered)
			}
			for event, n := range map[string]int{"outage_began": 1, "outage_ended": 1} {
				if got := c.History.Query().Where(history.CustomerID(o.Maria.ID), history.Event(event)).CountX(ctx); got != n {
					t.Errorf("%s is told %d times", event, got)
				}
			}
			said := c.TelegramMessage.Query().Where(telegrammessage.AboutID(id)).Order(telegrammessage.ByCreatedAt()).AllX(ctx)
			if len(said) != 2 || !strings.Contains(said[0].Text, "há uma falha") || !strings.Contains(said[1].Text, "A falha terminou") || !strings.Contains(said[1].Text, "6,00") {
				t.Errorf("the bot says %v", said)
			}
			return nil
		})
		balanced(t, o)
	})
}
