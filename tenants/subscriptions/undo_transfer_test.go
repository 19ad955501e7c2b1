package subscriptions_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/outbox"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscriptions"
)

// both are the standings of two who hand a service over.
func both(o *demotest.Office) string {
	return "Maria\n" + standing(o, o.Maria.ID) + "\nJoão\n" + standing(o, o.Joao.ID)
}

func TestAnUndoneTransferBringsEverythingBackToBoth(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		boss, maria, joao := o.As("gerente"), o.Service(o.Maria).ID, o.Service(o.Joao).ID
		if _, err := desk(o).TrustUnblock(boss, subscriptions.Unblock{Subscription: joao, Until: o.DB.Today(boss).AddDays(5), Reason: "prometeu pagar"}); err != nil {
			t.Fatal(err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			for chat, who := range map[int64]*ent.Customer{101: o.Maria, 102: o.Joao} {
				c.TelegramLink.Create().SetChatID(chat).SetCustomerID(who.ID).SetLinkedAt(o.DB.Now().Add(-time.Hour)).ExecX(ctx)
			}
			return nil
		})
		otherwise := func(create *ent.TransferCreate) {
			create.SetDueDay(20).SetMode("antecipado").SetBooklet(false).SetSeparateInvoice(true)
		}
		for _, one := range []struct {
			name   string
			of     uuid.UUID
			to     *ent.Customer
			before func()
			terms  []func(*ent.TransferCreate)
		}{
			{"as it is", maria, o.Joao, nil, nil},
			{"by other terms", maria, o.Joao, nil, []func(*ent.TransferCreate){otherwise}},
			{"of a debtor who is trusted", joao, o.Maria, nil, nil},
			{"of one that is paused", maria, o.Joao, func() {
				if _, err := desk(o).Pause(boss, subscriptions.Pause{Subscription: maria, Until: o.DB.Today(boss).AddDays(30), Reason: "vai viajar"}); err != nil {
					t.Fatal(err)
				}
			}, nil},
		} {
			if one.before != nil {
				one.before()
			}
			before := both(o)
			handOver(o, one.of, one.to, one.terms...)
			if both(o) == before {
				t.Fatalf("%s: nothing was done", one.name)
			}
			o.Pass(time.Hour)
			if err := undo(o, one.of); err != nil {
				t.Fatalf("%s: %v", one.name, err)
			}
			if after := both(o); after != before {
				t.Errorf("%s: it stands otherwise:\n%s", one.name, unlike(before, after))
			}
			audited(t, o)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for event, who := range map[string]*ent.Customer{"transfer_undone": o.Maria, "transfer_undone_to": o.Joao} {
				if n := c.History.Query().Where(history.CustomerID(who.ID), history.SubjectID(maria), history.Event(event)).CountX(ctx); n != 3 {
					t.Errorf("the history of %s tells %d times of %s", who.Name, n, event)
				}
			}
			if n := c.Outbox.Query().Where(outbox.Kind(subscriptions.EndPause)).CountX(ctx); n != 2 {
				t.Errorf("%d jobs end the pause", n)
			}
			return nil
		})
		if err := undo(o, maria); demotest.Fault(err) != "undo_done" {
			t.Errorf("undone twice: %v", err)
		}
	})
}

// There and back again: the last is undone first, and then the one before it.
func TestTwoTransfersAreUndoneOneAfterTheOther(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		of, before := o.Service(o.Maria).ID, both(o)
		handOver(o, of, o.Joao)
		between := both(o)
		o.Pass(time.Hour)
		handOver(o, of, o.Maria)
		for _, want := range []string{between, before} {
			if err := undo(o, of); err != nil {
				t.Fatal(err)
			}
			if after := both(o); after != want {
				t.Errorf("it stands otherwise:\n%s", unlike(want, after))
			}
		}
		// A migration before a transfer waits for the transfer to be undone.
		to := migrate(o, of, "reprice")
		handOver(o, to.ID, o.Joao)
		if err := undo(o, of); demotest.Fault(err) != "undo_handed" {
			t.Errorf("a migration of what another holds since: %v", err)
		}
		for range 2 {
			if err := undo(o, to.ID); err != nil {
				t.Fatal(err)
			}
		}
		if after := both(o); after != before {
			t.Errorf("it stands otherwise:\n%s", unlike(before, after))
		}
		audited(t, o)
	})
}
