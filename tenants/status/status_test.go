package status_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/status"
	"enlace/tenants/tenanttest"
)

// product is the table of product.md §3 and §9, event by state; what is not here is forbidden.
var product = map[status.Event]map[status.State]status.State{
	status.Sign:     {status.WaitingSignature: status.WaitingInstallation},
	status.Enable:   {status.WaitingInstallation: status.Enabled, status.WaitingMigration: status.Enabled},
	status.Slow:     {status.Enabled: status.Slowed},
	status.Suspend:  {status.Enabled: status.SuspendedDebt, status.Slowed: status.SuspendedDebt},
	status.Pay:      {status.Slowed: status.Enabled, status.SuspendedDebt: status.Enabled},
	status.Pause:    {status.Enabled: status.Paused},
	status.Resume:   {status.Paused: status.Enabled},
	status.HandOver: {status.Slowed: status.Enabled, status.SuspendedDebt: status.Enabled, status.Paused: status.Enabled},
	status.GiveUp:   {status.WaitingMigration: status.Cancelled},
	status.Cancel: {status.WaitingSignature: status.Cancelled, status.WaitingInstallation: status.Cancelled, status.WaitingMigration: status.Cancelled,
		status.Enabled: status.Cancelled, status.Slowed: status.Cancelled, status.SuspendedDebt: status.Cancelled, status.Paused: status.Cancelled},
}

func TestEveryPairOfEventAndStateIsAllowedOrRefusedByName(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		id := tenanttest.Sow(t, o.DB, o.Ctx())["subscriptions"]
		for event, row := range product {
			for _, from := range status.States {
				err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
					if err := c.Subscription.UpdateOneID(id).SetStatus(from).Exec(ctx); err != nil {
						return err
					}
					moved, err := status.Apply(ctx, c, o.DB.Now(), id, event, "motivo")
					if err == nil && moved.Status != row[from] {
						t.Errorf("%s from %s led to %s", event, from, moved.Status)
					}
					return err
				})
				if to, allowed := row[from]; allowed != (err == nil) || allowed != status.Allowed(event, from) {
					t.Errorf("%s from %s to %q: %v", event, from, to, err)
				}
				fault := tenants.FaultOf(err)
				if err != nil && (fault == nil || fault.Code != "transition" || fault.Args["from"] != string(from) || fault.Args["to"] == "") {
					t.Errorf("%s from %s is refused without naming both states: %v", event, from, err)
				}
			}
		}
		err := o.DB.Write(o.OtherCtx(), func(ctx context.Context, c *ent.Client) error {
			_, err := status.Apply(ctx, c, o.DB.Now(), id, status.Suspend, "")
			return err
		})
		if fault := tenants.FaultOf(err); fault == nil || fault.Kind != tenants.KindNotFound {
			t.Errorf("a stranger was answered %v", err)
		}
	})
}

func TestOfManyAtOnceOneMoves(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		id := tenanttest.Sow(t, o.DB, o.Ctx())["subscriptions"]
		err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(id).SetStatus(status.Enabled).Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		var won atomic.Int32
		var wg sync.WaitGroup
		for range 20 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
					_, err := status.Apply(ctx, c, o.DB.Now(), id, status.Suspend, "débito")
					return err
				})
				if err == nil {
					won.Add(1)
				} else if tenants.FaultOf(err) == nil {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Errorf("%d of 20 moved it", won.Load())
		}
	})
}

func TestThePrintedTableIsTheTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("# The life of a subscription\n\nWritten by the test of this room from `table.go`; what is not here is refused by name of both states.\n\n")
	b.WriteString("| event | from | to |\n|---|---|---|\n")
	for _, m := range status.Table {
		var from []string
		for _, s := range m.From {
			from = append(from, string(s))
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", m.Event, strings.Join(from, ", "), m.To)
	}
	for _, m := range status.Table {
		if slices.Contains(status.TakenBack, m.Event) {
			fmt.Fprintf(&b, "| %s of %s | %s | the state before, since when it was in it |\n", status.Undo, m.Event, m.To)
		}
	}
	printed, err := os.ReadFile("README.md")
	if err != nil || string(printed) != b.String() {
		if err := os.WriteFile("README.md", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("README.md was not the table (%v); it has been written anew: commit it", err)
	}
}

// The end of a service, and its passing to another holder, are taken back to where it came from, and to nowhere else; nothing else is.
func TestAnEventIsTakenBackToTheStateBefore(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		id, since := tenanttest.Sow(t, o.DB, o.Ctx())["subscriptions"], o.DB.Now().Add(-50*time.Hour).UTC().Truncate(time.Second)
		may := map[status.Event]bool{status.Cancel: true, status.HandOver: true}
		try := func(of status.Event, now, before status.State) {
			err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
				if err := c.Subscription.UpdateOneID(id).SetStatus(now).Exec(ctx); err != nil {
					return err
				}
				if err := status.TakeBack(ctx, c, o.DB.Now(), id, of, before, since, "motivo"); err != nil {
					return err
				}
				if sub := c.Subscription.GetX(ctx, id); sub.Status != before || !sub.StatusSince.Equal(since) {
					t.Errorf("it is %s since %s, before it was %s since %s", sub.Status, sub.StatusSince, before, since)
				}
				return nil
			})
			fault := tenants.FaultOf(err)
			if to, leads := product[of][before]; (leads && to == now && may[of]) != (err == nil) {
				t.Errorf("%s of one that is %s and was %s: %v", of, now, before, err)
			} else if err != nil && (fault == nil || fault.Code != "transition" || fault.Args["from"] != string(now) || fault.Args["to"] != string(before)) {
				t.Errorf("it is refused without naming both states: %v", err)
			}
		}
		for _, of := range []status.Event{status.Cancel, status.HandOver, status.Pause} {
			for _, now := range status.States {
				for _, before := range status.States {
					try(of, now, before)
				}
			}
		}
		err := o.DB.Write(o.OtherCtx(), func(ctx context.Context, c *ent.Client) error {
			return status.TakeBack(ctx, c, o.DB.Now(), id, status.Cancel, status.Enabled, since, "")
		})
		if fault := tenants.FaultOf(err); fault == nil || fault.Kind != tenants.KindNotFound {
			t.Errorf("a stranger was answered %v", err)
		}
	})
}
