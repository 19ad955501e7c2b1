package outages_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/outage"
	"enlace/ent/outageservice"
	"enlace/ent/outbox"
	"enlace/ent/ticket"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/outages"
)

// However many press at once, one outage is opened, and it ends once.
func TestAnOutagePressedByManyIsOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		by := o.As("suporte")
		many := func(do func() error) {
			var wg sync.WaitGroup
			for range 20 {
				wg.Go(func() {
					if err := do(); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		in := hers(o)
		many(func() error { _, err := desk(o).Open(by, in); return err })
		id, err := desk(o).Open(by, in)
		must(t, err)
		many(func() error { return desk(o).GoOn(o.Worker(), id) })
		end := outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: "1"}
		many(func() error { return desk(o).End(by, end) })
		many(func() error { return desk(o).GoOn(o.Worker(), id) })
		if row := rowOf(o, id); row.Number != 1 || row.Done != 1 || row.Credited != 1 || row.Credit != 3_00 {
			t.Errorf("%+v", row)
		}
		balanced(t, o)
	})
}

var errBroken = errors.New("broken by the test")

// A big outage whose workers die over and over ends as one left alone.
func TestABigOutageWhoseWorkersBreakEndsAsOneLeftAlone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		const n = 60
		by := o.As("suporte")
		id, err := desk(o).Open(by, outages.NewOutage{Kind: outage.KindList, List: clones(o, n), Title: "Queda geral", Began: o.DB.Now().Add(-time.Hour), Key: "1"})
		must(t, err)
		random, broken := rand.New(rand.NewPCG(4, 2)), 0
		through := func() {
			for {
				left := random.IntN(200)
				o.Break(func() error {
					if left--; left < 0 {
						return errBroken
					}
					return nil
				})
				err := desk(o).GoOn(o.Worker(), id)
				o.Break(nil)
				if err == nil {
					return
				}
				broken++
			}
		}
		through()
		if row := rowOf(o, id); row.State != outage.StateOpen || row.Done != n || row.Told != n/5 {
			t.Fatalf("%+v", row)
		}
		must(t, desk(o).End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Close: true, Key: "2"}))
		through()
		row := rowOf(o, id)
		if row.State != outage.StateOver || row.Done != n || row.Failed != 0 || row.Credited != n || row.Credit != n*3_00 {
			t.Fatalf("%+v", row)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			events := c.BillingEvent.Query().AllX(ctx)
			if len(events) != n {
				t.Errorf("%d events", len(events))
			}
			for _, one := range events {
				if one.Amount != -3_00 {
					t.Errorf("%+v", one)
				}
			}
			if said := c.TelegramMessage.Query().CountX(ctx); said != 2*n/5 {
				t.Errorf("the bot says %d things", said)
			}
			if up := c.OutageService.Query().Where(outageservice.StateEQ(outageservice.StateUp), outageservice.Credit(3_00)).CountX(ctx); up != n {
				t.Errorf("%d are up", up)
			}
			if jobs := c.Outbox.Query().Where(outbox.Kind("messages.say")).CountX(ctx); jobs != 2*n/5 {
				t.Errorf("%d jobs", jobs)
			}
			return nil
		})
		t.Logf("broken %d times", broken)
		balanced(t, o)
	})
}

// What cannot be given back is kept with the reason, everything else is done, and it can be tried again.
func TestWhatCannotBeGivenBackIsKeptAndTriedAgain(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, mine := desk(o), o.As("suporte"), asks(t, o)
		id, err := d.Open(by, hers(o))
		must(t, err)
		work(t, o, id)
		must(t, d.End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Close: true, Key: "1"}))
		if err := d.Retry(by, id); demotest.Fault(err) != "outage_busy" {
			t.Errorf("%v", err)
		}
		last := map[uuid.UUID]int64{}
		o.Write(func(ctx context.Context, c *ent.Client) error { // her next slip has no number left
			for _, row := range c.BankAgreement.Query().AllX(ctx) {
				last[row.ID] = row.LastNumber
				c.BankAgreement.UpdateOne(row).SetLastNumber(1 << 50).ExecX(ctx)
			}
			return nil
		})
		work(t, o, id)
		row := rowOf(o, id)
		if row.State != outage.StateOver || row.Failed != 1 || row.Credited != 0 || row.Done != 0 || ticketOf(o, mine).Status != ticket.StatusFinalizado {
			t.Fatalf("%+v", row)
		}
		card, err := d.Card(by, id, 1)
		if err != nil || card.Services[0].Code != "numbers_exhausted" {
			t.Errorf("%+v, %v", card.Services[0], err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			for id, n := range last {
				c.BankAgreement.UpdateOneID(id).SetLastNumber(n).ExecX(ctx)
			}
			return nil
		})
		must(t, d.Retry(by, id))
		work(t, o, id)
		if row = rowOf(o, id); row.Credited != 1 || row.Failed != 0 || row.State != outage.StateOver {
			t.Errorf("%+v", row)
		}
		if err := d.Retry(by, id); demotest.Fault(err) != "outage_nothing" {
			t.Errorf("%v", err)
		}
		balanced(t, o)
	})
}
