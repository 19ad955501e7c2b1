package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/tenant"
	"enlace/tenants"
	"enlace/tenants/outbox"
	"enlace/tenants/tenanttest"
)

var plenty = outbox.Limits{Critical: 10_000, Default: 10_000, Bulk: 10_000, Tenant: 10_000}

func add(t *testing.T, o *tenanttest.Office, ctx context.Context, jobs ...outbox.Job) {
	t.Helper()
	err := o.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		for _, j := range jobs {
			if err := outbox.Add(ctx, c, o.DB.Now(), j); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func many(n int, j outbox.Job) []outbox.Job {
	all := make([]outbox.Job, n)
	for i := range all {
		all[i] = j
	}
	return all
}

func claim(t *testing.T, o *tenanttest.Office, l outbox.Limits) []outbox.Delivery {
	t.Helper()
	taken, err := outbox.Claim(context.Background(), o.DB, l)
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

// one claims the single row that must be due.
func one(t *testing.T, o *tenanttest.Office) outbox.Delivery {
	t.Helper()
	taken := claim(t, o, plenty)
	if len(taken) != 1 {
		t.Fatalf("%d rows were due, want one", len(taken))
	}
	return taken[0]
}

func row(t *testing.T, o *tenanttest.Office, ctx context.Context, id uuid.UUID) *ent.Outbox {
	t.Helper()
	var found *ent.Outbox
	err := o.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		found, err = c.Outbox.Get(ctx, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// effect is something that must happen once: a group with a name of its own.
func effect(ctx context.Context, c *ent.Client) error {
	return c.Group.Create().SetName(uuid.NewString()).Exec(ctx)
}

func effects(t *testing.T, o *tenanttest.Office, ctx context.Context) (n int) {
	t.Helper()
	err := o.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		n, err = c.Group.Query().Count(ctx)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAJobExistsOnlyWhenItsTransactionIsKeptAndThenRings(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		var rung sync.WaitGroup
		rung.Add(1)
		forget := outbox.OnAdd(sync.OnceFunc(rung.Done))
		defer forget()
		broken := errors.New("broken")
		err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			return errors.Join(outbox.Add(ctx, c, o.DB.Now(), outbox.Job{Kind: "x"}), broken)
		})
		if taken := claim(t, o, plenty); !errors.Is(err, broken) || len(taken) != 0 {
			t.Errorf("an undone transaction left %d rows, %v", len(taken), err)
		}
		add(t, o, o.Ctx(), outbox.Job{Kind: "x", Payload: map[string]string{"customer": "42"}})
		rung.Wait()
		d := one(t, o)
		opened, ok, err := outbox.Open(o.Ctx(), o.DB, d)
		if err != nil || !ok || d.Tenant != o.Here.ID || d.Attempt != 1 || opened.Kind != "x" || opened.Queue != outbox.Default || opened.Payload["customer"] != "42" {
			t.Errorf("taken as %+v, opened as %v, %v, %v", d, opened, ok, err)
		}
		if taken := claim(t, o, plenty); len(taken) != 0 {
			t.Error("a row in flight was taken again")
		}
	})
}

func TestWhatIsDoneOnceIsDoneOnce(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		add(t, o, o.Ctx(), outbox.Job{Kind: "x"})
		d := one(t, o)
		if err := outbox.Once(o.OtherCtx(), o.DB, d.ID, effect); err != nil || effects(t, o, o.OtherCtx()) != 0 {
			t.Errorf("another ISP did it, %v", err)
		}
		if _, ok, err := outbox.Open(o.OtherCtx(), o.DB, d); ok || err != nil {
			t.Errorf("another ISP opened it: %v, %v", ok, err)
		}
		broken := errors.New("broken")
		err := outbox.Once(o.Ctx(), o.DB, d.ID, func(ctx context.Context, c *ent.Client) error { return errors.Join(effect(ctx, c), broken) })
		if n := effects(t, o, o.Ctx()); !errors.Is(err, broken) || n != 0 {
			t.Errorf("a failed handler left %d effects, %v", n, err)
		}
		var all sync.WaitGroup
		for range 20 {
			all.Add(1)
			go func() {
				defer all.Done()
				if err := outbox.Once(o.Ctx(), o.DB, d.ID, effect); err != nil {
					t.Error(err)
				}
			}()
		}
		all.Wait()
		if n := effects(t, o, o.Ctx()); n != 1 {
			t.Errorf("20 deliveries had %d effects", n)
		}
		if _, ok, err := outbox.Open(o.Ctx(), o.DB, d); ok || err != nil {
			t.Errorf("a row that is done was opened: %v, %v", ok, err)
		}
		o.Pass(24 * time.Hour)
		if taken := claim(t, o, plenty); len(taken) != 0 {
			t.Error("a row that is done was taken again")
		}
	})
}

func TestFiftyClaimsAtOnceTakeEachRowOnce(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		const each = 150
		add(t, o, o.Ctx(), many(each, outbox.Job{Kind: "x"})...)
		add(t, o, o.OtherCtx(), many(each, outbox.Job{Kind: "x", Queue: outbox.Critical})...)
		var mu sync.Mutex
		taken := map[uuid.UUID]int{}
		var all sync.WaitGroup
		for range 50 {
			all.Add(1)
			go func() {
				defer all.Done()
				mine, err := outbox.Claim(context.Background(), o.DB, plenty)
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				for _, d := range mine {
					taken[d.ID]++
				}
			}()
		}
		all.Wait()
		for id, n := range taken {
			if n != 1 {
				t.Errorf("row %s was taken %d times", id, n)
			}
		}
		if rest := claim(t, o, plenty); len(taken)+len(rest) != 2*each {
			t.Errorf("%d rows were taken and %d were left, of %d", len(taken), len(rest), 2*each)
		}
	})
}

func TestALostRowComesBackWhenItsLeaseIsOver(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		add(t, o, o.Ctx(), outbox.Job{Kind: "x", Queue: outbox.Critical})
		for i, lease := range []time.Duration{10, 20, 40, 40, 40} {
			d := one(t, o)
			if d.Attempt != i+1 {
				t.Errorf("attempt %d, want %d", d.Attempt, i+1)
			}
			o.Pass(lease*time.Second - time.Millisecond)
			if taken := claim(t, o, plenty); len(taken) != 0 {
				t.Fatalf("taken again before the %d s of attempt %d were over", lease, i+1)
			}
			o.Pass(time.Millisecond)
			if _, ok, err := outbox.Open(o.Ctx(), o.DB, d); ok || err != nil {
				t.Errorf("opened after its lease: %v, %v", ok, err)
			}
		}
	})
}

func TestLeasesDoubleUpToALongest(t *testing.T) {
	for queue, want := range map[outbox.Queue]string{
		outbox.Critical: "10s 20s 40s 40s 40s 40s 40s 40s",
		outbox.Default:  "1m0s 2m0s 4m0s 8m0s 16m0s 16m0s 16m0s 16m0s",
		outbox.Bulk:     "10m0s 20m0s 40m0s 1h0m0s 1h0m0s 1h0m0s 1h0m0s 1h0m0s",
	} {
		got := ""
		for attempt := 1; attempt <= 8; attempt++ {
			got += fmt.Sprint(outbox.Lease(queue, attempt)) + " "
		}
		if got != want+" " {
			t.Errorf("%s: %s, want %s", queue, got, want)
		}
	}
}

func TestAFaultEndsTheRowAndAnyOtherErrorDoesNot(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		add(t, o, o.Ctx(), outbox.Job{Kind: "x"})
		first := one(t, o)
		if err := outbox.Fail(o.Ctx(), o.DB, first, errors.New("o NAS não responde\x00\xff")); err != nil {
			t.Fatal(err)
		}
		if r := row(t, o, o.Ctx(), first.ID); r.DoneAt != nil || r.TakenAt != nil || r.LastError != "o NAS não responde" {
			t.Errorf("after an error the row is %v", r)
		}
		if taken := claim(t, o, plenty); len(taken) != 0 {
			t.Error("a failed row was due before its lease was over")
		}
		o.Pass(time.Minute)
		second := one(t, o)
		if err := outbox.Fail(o.Ctx(), o.DB, first, tenants.NotFound()); err != nil {
			t.Fatal(err)
		}
		if err := outbox.Fail(o.OtherCtx(), o.DB, second, tenants.NotFound()); err != nil {
			t.Fatal(err)
		}
		if r := row(t, o, o.Ctx(), first.ID); r.DoneAt != nil || r.TakenAt == nil {
			t.Errorf("a delivery of before, or another ISP, ended the row: %v", r)
		}
		if err := outbox.Fail(o.Ctx(), o.DB, second, fmt.Errorf("ao cobrar: %w", tenants.Conflict("already_paid"))); err != nil {
			t.Fatal(err)
		}
		o.Pass(24 * time.Hour)
		if r, taken := row(t, o, o.Ctx(), first.ID), claim(t, o, plenty); r.DoneAt == nil || r.LastError != "ao cobrar: already_paid" || len(taken) != 0 {
			t.Errorf("after a fault the row is %v, and %d are due", r, len(taken))
		}
	})
}

func TestNothingIsDueBeforeItsInstantOrWhileTheISPIsClosed(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		add(t, o, o.Ctx(), outbox.Job{Kind: "resuspend", At: o.DB.Now().Add(24 * time.Hour)})
		if taken := claim(t, o, plenty); len(taken) != 0 {
			t.Error("taken before its instant")
		}
		o.Pass(24 * time.Hour)
		open := func(is bool) {
			t.Helper()
			err := o.DB.Platform(context.Background(), func(ctx context.Context, c *ent.Client) error {
				return c.Tenant.Update().Where(tenant.Slug(o.Here.Slug)).SetActive(is).Exec(ctx)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		open(false)
		if taken := claim(t, o, plenty); len(taken) != 0 {
			t.Error("taken while the ISP was closed")
		}
		open(true)
		one(t, o)
	})
}

func TestISPsTakeTurnsAndNobodyFillsAQueueAlone(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		limits := outbox.Limits{Critical: 100, Default: 100, Bulk: 5, Tenant: 4}
		add(t, o, o.Ctx(), many(20, outbox.Job{Kind: "carnê", Queue: outbox.Bulk})...)
		first := claim(t, o, limits)
		if len(first) != limits.Tenant {
			t.Fatalf("one ISP has %d rows in flight, the limit is %d", len(first), limits.Tenant)
		}
		o.Pass(time.Second)
		add(t, o, o.OtherCtx(), many(20, outbox.Job{Kind: "carnê", Queue: outbox.Bulk})...)
		add(t, o, o.Ctx(), outbox.Job{Kind: "reconnect", Queue: outbox.Critical})
		second := claim(t, o, limits)
		if len(second) != 2 || of(second, o.Here.ID, outbox.Critical) != 1 || of(second, o.Other.ID, outbox.Bulk) != 1 {
			t.Fatalf("the second claim took %v", second)
		}
		for i, next := range []struct {
			makeRoom func() error
			isp      tenants.Tenant
		}{
			{func() error { return outbox.Fail(o.Ctx(), o.DB, first[0], errors.New("sem papel")) }, o.Other}, // it has 1 in flight beside 3
			{func() error { return outbox.Once(o.Ctx(), o.DB, first[1].ID, effect) }, o.Here},                // 2 beside 2, and it waits longer
		} {
			if err := next.makeRoom(); err != nil {
				t.Fatal(err)
			}
			if taken := claim(t, o, limits); len(taken) != 1 || taken[0].Tenant != next.isp.ID {
				t.Errorf("room %d went to %v, not to %s", i+1, taken, next.isp.Name)
			}
		}
	})
}

func of(taken []outbox.Delivery, isp uuid.UUID, q outbox.Queue) (n int) {
	for _, d := range taken {
		if d.Tenant == isp && d.Queue == q {
			n++
		}
	}
	return n
}

func TestWhatWasBrokenOffIsDueAtOnce(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		add(t, o, o.Ctx(), many(2, outbox.Job{Kind: "x", Queue: outbox.Bulk})...)
		taken := claim(t, o, plenty)
		if err := outbox.GiveBack(context.Background(), o.DB, taken[0]); err != nil {
			t.Fatal(err)
		}
		again := one(t, o)
		if again.ID != taken[0].ID || again.Attempt != 2 {
			t.Errorf("given back %v, taken %v", taken[0], again)
		}
		for _, want := range []int{2, 2, 1, 0} { // the row that was given back has one attempt more behind it
			if err := outbox.Recover(context.Background(), o.DB); err != nil {
				t.Fatal(err)
			}
			if taken = claim(t, o, plenty); len(taken) != want {
				t.Errorf("%d rows were recovered, want %d", len(taken), want)
			}
		}
	})
}
