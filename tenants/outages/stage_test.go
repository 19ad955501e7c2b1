package outages_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/outage"
	"enlace/ent/ticket"
	"enlace/ent/tickettype"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/outages"
	"enlace/tenants/support"
)

func desk(o *demotest.Office) outages.Desk { return outages.Desk{DB: o.DB} }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// nazare is an outage of the district where the demonstration's customers live, since an hour ago.
func nazare(o *demotest.Office) outages.NewOutage {
	return outages.NewOutage{Kind: outage.KindPlace, City: "belem", District: "NAZARE", Title: "Fibra rompida em Nazaré", Began: o.DB.Now().Add(-time.Hour), Key: "1"}
}

// hers is an outage of Maria alone, since an hour ago.
func hers(o *demotest.Office) outages.NewOutage {
	in := nazare(o)
	in.Kind, in.City, in.District, in.List = outage.KindList, "", "", fmt.Sprint(o.Maria.Number)
	return in
}

// work does what the outbox asks for of an outage.
func work(t *testing.T, o *demotest.Office, id uuid.UUID) {
	t.Helper()
	must(t, desk(o).GoOn(o.Worker(), id))
}

func rowOf(o *demotest.Office, id uuid.UUID) (row *ent.Outage) {
	o.Read(func(ctx context.Context, c *ent.Client) error { row = c.Outage.GetX(ctx, id); return nil })
	return row
}

func ticketOf(o *demotest.Office, id uuid.UUID) (row *ent.Ticket) {
	o.Read(func(ctx context.Context, c *ent.Client) error { row = c.Ticket.GetX(ctx, id); return nil })
	return row
}

func link(o *demotest.Office, who *ent.Customer, chat int64) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.TelegramLink.Create().SetChatID(chat).SetCustomerID(who.ID).SetLinkedAt(o.DB.Now()).Exec(ctx)
	})
}

// asks is an open ticket of Maria's.
func asks(t *testing.T, o *demotest.Office) uuid.UUID {
	t.Helper()
	d := support.Desk{DB: o.DB}
	picked, err := d.Pick(o.As("suporte"), o.Service(o.Maria).ID)
	must(t, err)
	var kind, sector uuid.UUID
	o.Read(func(ctx context.Context, c *ent.Client) error {
		kind, sector = c.TicketType.Query().Where(tickettype.Active(true)).FirstIDX(ctx), c.Sector.Query().FirstIDX(ctx)
		return nil
	})
	must(t, d.Open(o.As("suporte"), support.Opening{Ticket: picked.ID, Type: kind, Text: "sem sinal", Status: ticket.StatusAguardandoAnalise, To: support.Destination{Sector: sector}, Key: picked.ID.String()}))
	return picked.ID
}

func balanced(t *testing.T, o *demotest.Office) {
	t.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		wrong, err := billing.Audit(ctx, c, o.DB.Today(ctx))
		for _, said := range wrong {
			t.Error(said)
		}
		return err
	})
}

// clones are n services like Maria's, each of a customer of its own, every fifth of whom has a chat, by their numbers line by line.
func clones(o *demotest.Office, n int) (list string) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		if err := demotest.Clone(ctx, c, o.Service(o.Maria), calendar.MustParse("2027-01-10"), n); err != nil {
			return err
		}
		for i, who := range c.Customer.Query().Where(customer.NameHasPrefix("Cliente ")).Order(customer.ByNumber()).AllX(ctx) {
			list += fmt.Sprintln(who.Number)
			if i%5 == 0 {
				c.TelegramLink.Create().SetChatID(int64(1000 + i)).SetCustomerID(who.ID).SetLinkedAt(o.DB.Now()).ExecX(ctx)
			}
		}
		return nil
	})
	return list
}
