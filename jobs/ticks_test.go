package jobs

import (
	"context"
	"sync"
	"testing"
	"time"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/outbox"
	"enlace/tenants/tenanttest"
)

func TestTwoSchedulersAreOneRunADayOfEachISP(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		var mu sync.Mutex
		ran := map[string]int{}
		var mux Mux
		mux.Outside("billing", func(ctx context.Context, payload map[string]string) error {
			isp, _ := tenants.From(ctx)
			mu.Lock()
			defer mu.Unlock()
			ran[isp.Slug+" "+payload["day"]]++
			return nil
		})
		mux.Daily("billing", outbox.Bulk, 6*time.Hour)
		for range 3 {
			start(t, Options{DB: o.DB, Mux: &mux})
		}
		both := []context.Context{o.Ctx(), o.OtherCtx()}
		soon(t, "both ISPs have run", func() bool {
			return len(all(t, o.DB, both[0])) > 0 && len(all(t, o.DB, both[1])) > 0 && ended(t, o.DB, both[0]) && ended(t, o.DB, both[1])
		})
		for _, ctx := range both {
			var runs []*ent.TickRun
			if err := o.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
				runs, err = c.TickRun.Query().All(ctx)
				return err
			}); err != nil {
				t.Fatal(err)
			}
			if len(runs) != 1 || len(all(t, o.DB, ctx)) != 1 || runs[0].FinishedAt == nil {
				t.Errorf("runs %v, jobs %v", runs, all(t, o.DB, ctx))
			}
		}
		mu.Lock()
		defer mu.Unlock()
		if len(ran) != 2 || ran["fibranorte 2026-11-23"] != 1 || ran["ondasul 2026-11-23"] != 1 {
			t.Errorf("ran %v", ran)
		}
	})
}

func TestADaysJobComesAtTheHourOfTheISPsOwnClock(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		acre, err := time.LoadLocation("America/Rio_Branco") // two hours behind Brasília
		if err != nil {
			t.Fatal(err)
		}
		west, err := o.DB.Found(context.Background(), "acrenet", "Acre Net", acre, func(context.Context, *ent.Client) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		var mux Mux
		mux.Outside("billing", func(context.Context, map[string]string) error { return nil })
		mux.Daily("billing", outbox.Bulk, 10*time.Hour)
		w, done := &Workers{db: o.DB, mux: &mux}, map[entered]bool{}
		hour := 9
		for _, step := range []struct{ hours, here, west int }{{0, 0, 0}, {1, 1, 0}, {1, 1, 0}, {1, 1, 1}, {11, 1, 1}, {11, 2, 1}, {2, 2, 2}} {
			hour += step.hours
			o.Pass(time.Duration(step.hours) * time.Hour)
			for range 2 {
				if err := w.tick(context.Background(), done); err != nil {
					t.Fatal(err)
				}
			}
			here, there := len(all(t, o.DB, o.Ctx())), len(all(t, o.DB, tenants.With(context.Background(), west)))
			if here != step.here || there != step.west {
				t.Errorf("at %d h in Brasília there were %d and %d jobs, want %d and %d", hour, here, there, step.here, step.west)
			}
		}
	})
}
