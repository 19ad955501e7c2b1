package support_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/staff"
	"enlace/tenants/support"
)

// The gerente says where somebody works; the tickets of that sector are then shown as theirs.
func TestTheGerenteSaysWhereSomebodyWorks(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		people, boss, l := &staff.Desk{DB: o.DB}, o.As("gerente"), choicesOf(o)
		opened(t, o, "1")
		who, at := l.people["comercial"], l.sectors["Financeiro"]
		if err := people.Place(o.As("suporte"), who, at); demotest.Fault(err) != "denied" {
			t.Errorf("%v", err)
		}
		if err := people.Place(o.Stranger(), who, at); demotest.Fault(err) != "not_found" {
			t.Errorf("%v", err)
		}
		if err := people.Place(boss, who, demotest.Nobody); demotest.Fault(err) != "not_found" {
			t.Errorf("%v", err)
		}
		if err := people.Assign(boss, who, "suporte", demotest.Nobody); demotest.Fault(err) != "not_found" {
			t.Errorf("to a sector of nobody: %v", err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.User.GetX(ctx, who); row.Role != "comercial" {
				t.Errorf("half of the form was saved: %s", row.Role)
			}
			return nil
		})
		o.AllOrNothing(t, 3, func() error { return people.Assign(boss, who, "comercial", at) })
		list, err := desk(o).Tickets(o.As("comercial"), support.ReadTicketFilter(tenants.Typed{"de": "setor"}, uuid.Nil))
		if err != nil || list.Total != 1 || list.Sector == nil {
			t.Errorf("%+v, %v", list, err)
		}
		must(t, people.Place(boss, who, uuid.Nil))
		if list, err = desk(o).Tickets(o.As("comercial"), support.ReadTicketFilter(nil, uuid.Nil)); err != nil || list.Sector != nil {
			t.Errorf("%+v, %v", list, err)
		}
	})
}

// What a subscriber opens is of the type that the ISP has for it, with its promise, and calls the sector of that type; what has neither calls everybody.
func TestWhatASubscriberOpensCallsItsSector(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		people, d, l, maria, sub := &staff.Desk{DB: o.DB}, desk(o), choicesOf(o), o.Subscriber(o.Maria), o.Service(o.Maria).ID
		must(t, people.Place(o.As("gerente"), l.people["suporte"], l.sectors["Suporte"]))
		must(t, people.Place(o.As("gerente"), l.people["financeiro"], l.sectors["Financeiro"]))
		tokens := map[string]string{}
		for _, role := range []string{"suporte", "financeiro", "comercial"} {
			token, err := people.SignIn(o.Worker(), role+"@fibranorte.example", demotest.Password, "127.0.0.1", "test")
			must(t, err)
			tokens[role] = token
		}
		waiting := func(role string, want int) {
			t.Helper()
			if s, err := people.Session(o.Worker(), tokens[role]); err != nil || s.Waiting != want {
				t.Errorf("%d wait for %s, want %d (%v)", s.Waiting, role, want, err)
			}
		}
		waiting("suporte", 0)
		row, err := d.OpenFromSubscriber(maria, sub, "sem internet")
		must(t, err)
		if row.TypeID == nil || *row.TypeID != l.types["Aberto pelo assinante"] || row.SectorID == nil || *row.SectorID != l.sectors["Suporte"] || row.DueAt == nil || !row.DueAt.Equal(o.DB.Now().Add(24*time.Hour)) {
			t.Errorf("it is opened as %+v", row)
		}
		waiting("suporte", 1)
		waiting("financeiro", 0)
		waiting("comercial", 1) // who works nowhere in particular
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Sector.UpdateOneID(l.sectors["Suporte"]).SetActive(false).Exec(ctx)
		})
		if row, err = d.OpenFromSubscriber(maria, sub, "sem sinal"); err != nil || row.SectorID != nil || row.TypeID == nil {
			t.Errorf("with a sector that is gone it is opened as %+v, %v", row, err)
		}
		waiting("financeiro", 1)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TicketType.UpdateOneID(l.types["Aberto pelo assinante"]).SetActive(false).Exec(ctx)
		})
		if row, err = d.OpenFromSubscriber(maria, sub, "nada"); err != nil || row.TypeID != nil || row.DueAt != nil {
			t.Errorf("without such a type it is opened as %+v, %v", row, err)
		}
		waiting("suporte", 3)
		must(t, d.Forward(o.As("suporte"), support.Move{Ticket: row.ID, To: support.Destination{User: l.people["financeiro"]}, Type: l.types["Lentidão"], Key: "1"}))
		if now := ticketOf(o, row.ID); now.TypeID == nil || *now.TypeID != l.types["Lentidão"] || !now.DueAt.Equal(row.OpenedAt.Add(48*time.Hour)) {
			t.Errorf("as another type it is %+v", now)
		}
		if err := d.Forward(o.As("suporte"), support.Move{Ticket: row.ID, To: support.Destination{User: l.people["financeiro"]}, Type: l.types["Aberto pelo assinante"], Key: "3"}); demotest.Fault(err) != "tipo: choice" {
			t.Errorf("as a type that is gone: %v", err)
		}
		waiting("suporte", 2)
		waiting("financeiro", 2)
		must(t, d.Close(o.As("suporte"), support.Move{Ticket: row.ID, Text: "voltou", Key: "2"}))
		waiting("financeiro", 1)
	})
}
