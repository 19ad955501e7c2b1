package tenants_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/tenanttest"
)

func TestAFormSentManyTimesAtOnceIsDoneOnce(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		var mu sync.Mutex
		answers := map[string]int{}
		var calls atomic.Int64
		var wg sync.WaitGroup
		for range 40 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				answer, err := o.DB.Once(o.Ctx(), "add_group", "k1", "VIP", func(ctx context.Context, c *ent.Client) (string, error) {
					n := calls.Add(1)
					return fmt.Sprint("grupo ", n), c.Group.Create().SetName("VIP").Exec(ctx)
				})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				answers[answer]++
				mu.Unlock()
			}()
		}
		wg.Wait()
		if n := count(t, o.DB, o.Ctx(), "groups"); n != 1 || len(answers) != 1 {
			t.Errorf("%d groups, answers %v", n, answers)
		}
	})
}

func TestTheSameKeyWithAnotherInputIsRefused(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		once := func(ctx context.Context, action, key, name string) (string, error) {
			return o.DB.Once(ctx, action, key, name, func(ctx context.Context, c *ent.Client) (string, error) { return name, addGroup(name)(ctx, c) })
		}
		if answer, err := once(o.Ctx(), "add_group", "k1", "A"); err != nil || answer != "A" {
			t.Fatalf("%q, %v", answer, err)
		}
		if _, err := once(o.Ctx(), "add_group", "k1", "B"); tenants.FaultOf(err) == nil || tenants.FaultOf(err).Code != "key_reused" {
			t.Errorf("another input: %v", err)
		}
		for name, c := range map[string]struct {
			ctx         context.Context
			action, key string
		}{"another ISP": {o.OtherCtx(), "add_group", "k1"}, "another action": {o.Ctx(), "add_other", "k1"}, "another key": {o.Ctx(), "add_group", "k2"}, "no key": {o.Ctx(), "add_group", ""}} {
			if answer, err := once(c.ctx, c.action, c.key, name); err != nil || answer != name {
				t.Errorf("%s: %q, %v", name, answer, err)
			}
		}
	})
}

func TestWhatFailedMayBeSentAgain(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		broken := errors.New("broken")
		fails := true
		send := func() (string, error) {
			return o.DB.Once(o.Ctx(), "add_group", "k1", "A", func(ctx context.Context, c *ent.Client) (string, error) {
				if fails {
					return "", broken
				}
				return "feito", addGroup("A")(ctx, c)
			})
		}
		if _, err := send(); !errors.Is(err, broken) {
			t.Fatal(err)
		}
		fails = false
		if answer, err := send(); err != nil || answer != "feito" {
			t.Errorf("%q, %v", answer, err)
		}
	})
}
