package bots_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"enlace/ent"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
)

func TestOneProcessHoldsTheBot(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		if err := d.Hold(o.Stranger(), "a", bots.Lease); !errors.Is(err, bots.ErrLost) {
			t.Errorf("an ISP without a bot: %v", err)
		}
		var held atomic.Int64
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				switch err := d.Hold(here(o), string(rune('A'+i)), bots.Lease); {
				case err == nil:
					held.Add(1)
				case !errors.Is(err, bots.ErrLost):
					t.Error(err)
				}
			})
		}
		all.Wait()
		if held.Load() != 1 {
			t.Errorf("%d hold it", held.Load())
		}
		o.Pass(bots.Lease)
		for _, holder := range []string{"a", "a"} {
			if err := d.Hold(here(o), holder, bots.Lease); err != nil {
				t.Errorf("a: %v", err)
			}
		}
		if err := d.Release(here(o), "b"); err != nil {
			t.Fatal(err)
		}
		if err := d.Hold(here(o), "b", bots.Lease); !errors.Is(err, bots.ErrLost) {
			t.Errorf("b: %v", err)
		}
		if err := d.Release(here(o), "a"); err != nil {
			t.Fatal(err)
		}
		if err := d.Hold(here(o), "b", bots.Lease); err != nil {
			t.Errorf("b, after a let go: %v", err)
		}
		if err := d.Hold(here(o), "b", 3*bots.Lease); err != nil { // of one that looks after very many
			t.Errorf("b, for longer: %v", err)
		}
		o.Pass(2 * bots.Lease)
		if err := d.Hold(here(o), "a", bots.Lease); !errors.Is(err, bots.ErrLost) {
			t.Errorf("a, within b's longer lease: %v", err)
		}
	})
}

func TestAnUpdateIsHandledOnce(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		answer := func(text string) func(context.Context) (json.RawMessage, error) {
			return func(context.Context) (json.RawMessage, error) { return json.RawMessage(text), nil }
		}
		if _, err := d.Once(here(o), "a", 1, 7, answer(`[1]`)); !errors.Is(err, bots.ErrLost) {
			t.Errorf("without the lease: %v", err)
		}
		if err := d.Hold(here(o), "a", bots.Lease); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Once(here(o), "a", 1, 7, func(context.Context) (json.RawMessage, error) { return nil, errors.New("broken") }); err == nil {
			t.Error("an error is dropped")
		}
		var says atomic.Int64
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				say, err := d.Once(here(o), "a", 1, 7, answer(`["one", "two"]`))
				if err != nil {
					t.Error(err)
				}
				if say != nil {
					says.Add(1)
				}
			})
		}
		all.Wait()
		if say, err := d.Once(here(o), "a", 2, 0, func(context.Context) (json.RawMessage, error) { return nil, nil }); say != nil || err != nil {
			t.Errorf("an update nobody answers: %v, %v", say, err)
		}
		left, err := d.Unsaid(here(o))
		if err != nil || says.Load() != 1 || len(left) != 1 || left[0].Chat != 7 {
			t.Fatalf("%d say it, %d are left, %v", says.Load(), len(left), err)
		}
		var texts []string
		if err := json.Unmarshal(left[0].Answer, &texts); err != nil || len(texts) != 2 {
			t.Errorf("the answer is %s", left[0].Answer)
		}
		if bot, err := d.Bot(here(o)); err != nil || bot.Offset != 2 {
			t.Errorf("the place is %+v, %v", bot, err)
		}
		if others, err := d.Unsaid(o.Stranger()); err != nil || len(others) != 0 {
			t.Errorf("the other ISP: %v, %v", others, err)
		}
		id := left[0].ID
		if err := d.Said(here(o), id, json.RawMessage(`["two"]`)); err != nil {
			t.Fatal(err)
		}
		if left, err = d.Unsaid(here(o)); err != nil || len(left) != 1 {
			t.Errorf("half of it is said, and %d are left, %v", len(left), err)
		}
		if err := d.Said(here(o), id, nil); err != nil {
			t.Fatal(err)
		}
		if left, err = d.Unsaid(here(o)); err != nil || len(left) != 0 {
			t.Errorf("all is said, and %d are left, %v", len(left), err)
		}
		o.Pass(4 * 24 * time.Hour)
		if err := d.Sweep(here(o)); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.TelegramUpdate.Query().CountX(ctx); n != 0 {
				t.Errorf("%d updates are remembered", n)
			}
			return nil
		})
	})
}
