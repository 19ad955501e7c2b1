package subscriptions_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/planchange"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

func TestAHundredEqualUndosAreOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		of, before := o.Service(o.Maria).ID, standing(o, o.Maria.ID)
		cancelWithVisit(o)
		in := subscriptions.Undo{Subscription: of, Reason: "foi engano", Key: "u"}
		together(t, func() (any, error) { return nil, desk(o).Undo(o.As("gerente"), in) })
		if after := standing(o, o.Maria.ID); after != before {
			t.Errorf("she stands otherwise:\n%s", unlike(before, after))
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.History.Query().Where(history.Event("cancellation_undone")).CountX(ctx); n != 1 {
				t.Errorf("it was undone %d times", n)
			}
			return nil
		})
		audited(t, o)
	})
}

// Fifty undo while fifty pay the final invoice: either the money is in and the service stays cancelled, or it runs and nothing was paid.
func TestWhoUndoesAndWhoPaysAtOnceDoNotBothWin(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		of, boss, till, final := o.Service(o.Maria).ID, o.As("gerente"), o.As("financeiro"), uuid.Nil
		cancelWithVisit(o)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			final = *c.Cancellation.Query().OnlyX(ctx).InvoiceID
			return nil
		})
		account, err := (billing.Desk{DB: o.DB}).Account(till, o.Maria.ID)
		if err != nil {
			t.Fatal(err)
		}
		owed := money.Cents(0)
		for _, s := range account.Invoices {
			if s.Invoice.ID == final {
				owed = s.Owed()
			}
		}
		var undone, paid atomic.Int32
		var wg sync.WaitGroup
		for i := range 100 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				var err error
				won := &undone
				if i%2 == 0 {
					err = desk(o).Undo(boss, subscriptions.Undo{Subscription: of, Reason: "foi engano"})
				} else {
					won = &paid
					_, err = (billing.Desk{DB: o.DB}).ReceiveAtCounter(till, billing.Receipt{Invoice: final, Amount: owed, PaidOn: o.DB.Today(boss)})
				}
				if err == nil {
					won.Add(1)
				} else if tenants.FaultOf(err) == nil {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		if undone.Load()+paid.Load() != 1 {
			t.Errorf("%d undid it and %d paid", undone.Load(), paid.Load())
		}
		if is := o.Service(o.Maria).Status; (is == status.Enabled) != (undone.Load() == 1) {
			t.Errorf("she is %s", is)
		}
		audited(t, o)
	})
}

func TestAnUndoHappensWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, boss, before := o.Service(o.Maria), o.As("gerente"), standing(o, o.Maria.ID)
		cancelWithVisit(o)
		o.AllOrNothing(t, 40, func() error {
			return desk(o).Undo(boss, subscriptions.Undo{Subscription: maria.ID, Reason: "foi engano"})
		})
		migrate(o, maria.ID, planchange.OpenBookletReissue)
		o.AllOrNothing(t, 60, func() error {
			return desk(o).Undo(boss, subscriptions.Undo{Subscription: maria.ID, Reason: "foi engano"})
		})
		handOver(o, maria.ID, o.Joao)
		o.AllOrNothing(t, 60, func() error {
			return desk(o).Undo(boss, subscriptions.Undo{Subscription: maria.ID, Reason: "foi engano"})
		})
		if after := standing(o, o.Maria.ID); after != before {
			t.Errorf("she stands otherwise:\n%s", unlike(before, after))
		}
		audited(t, o)
	})
}
