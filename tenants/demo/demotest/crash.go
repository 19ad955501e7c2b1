package demotest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/progress"
)

// mostPoints is more statements than any use case makes.
const mostPoints = 1000

var errBroken = errors.New("broken by the test")

// AllOrNothing breaks a use case at its first statement, then at its second, and so on until it gets through: at each by an error and, where
// the store has connections, by closing them under it. After each break nothing may have changed in any table of the ISP. The number of
// points is printed; fewer than least fails, for then the use case did not do what it was given to do.
func (o *Office) AllOrNothing(t *testing.T, least int, do func() error) {
	t.Helper()
	before, mark, point := o.rows(), o.probe.Mark(t), 0
	for ; point < mostPoints; point++ {
		if o.breakAt(point, func(string) error { return errBroken }, do) == nil {
			break
		}
		if o.probe.Cuts() {
			if o.breakAt(point, func(statement string) error { return o.cut(t, statement) }, do) == nil {
				t.Fatalf("it got through although its connection was closed at statement %d", point)
			}
			o.reconnect(t)
		}
		if now := o.probe.Mark(t); now != mark { // something was committed, if only what was there
			o.unchanged(t, before, point)
			mark = now
		}
	}
	if point < least || point == mostPoints {
		t.Errorf("%d points were broken, want %d or more", point, least)
	}
	t.Logf("%d points", point)
	if o.probe.Cuts() {
		time.Sleep(lookedAt)
	}
}

// lookedAt is how long a connection is unused before the driver looks whether it still is one: those that were closed and are left trouble nobody then.
const lookedAt = 1100 * time.Millisecond

func (o *Office) breakAt(point int, crash func(statement string) error, do func() error) error {
	left, aside := point, false
	o.probe.Set(func(_ context.Context, statement string) error {
		if aside = statement != "BEGIN" && (aside || strings.Contains(statement, progress.Table)); aside {
			statement = asideOf
		}
		if left--; left != -1 {
			return nil
		}
		return crash(statement)
	})
	defer o.probe.Set(nil)
	return do()
}

// asideOf stands for every statement of the transactions beside a long work that tell how far it has come.
const asideOf = "(how far it has come)"

// cut closes the connections under a statement. Before a transaction begins nothing is lost with them: it may begin on another connection, and
// rightly gets through, as does a work whose word of how far it has come is lost; so there it is broken by an error.
func (o *Office) cut(t *testing.T, statement string) error {
	if statement == "BEGIN" || statement == asideOf {
		return errBroken
	}
	o.probe.Cut(t)
	return nil
}

// reconnect uses up the connections that were closed and do not know it yet.
func (o *Office) reconnect(t *testing.T) {
	t.Helper()
	var err error
	for range mostIdle {
		err = o.DB.Read(o.Worker(), func(ctx context.Context, c *ent.Client) error { _, err := c.Plan.Query().Exist(ctx); return err })
		if err == nil {
			return
		}
	}
	t.Fatal(err)
}

// mostIdle is more connections than a store keeps when nobody asks.
const mostIdle = 50

// Unchanged has something done that may change nothing of the first ISP's, but in the tables named.
func (o *Office) Unchanged(t *testing.T, do func(), but ...string) {
	t.Helper()
	before := o.rows()
	do()
	for table, now := range o.rows() {
		if now != before[table] && !slices.Contains(but, table) {
			t.Errorf("table %s held %s, now it holds %s", table, before[table], now)
		}
	}
}

func (o *Office) unchanged(t *testing.T, before map[string]string, point int) {
	t.Helper()
	for table, now := range o.rows() {
		if now != before[table] {
			t.Fatalf("broken at statement %d table %s held %s, before it was %s", point, table, now, before[table])
		}
	}
}

// rows is what every table of the first ISP holds: how many rows, and the hash of them.
func (o *Office) rows() map[string]string {
	o.T.Helper()
	held := map[string]string{}
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, table := range slices.Sorted(maps.Keys(ent.Tables)) {
			if !ent.Tables[table].Owned {
				continue
			}
			rows, err := c.QueryContext(ctx, "SELECT * FROM "+table+" ORDER BY id")
			if err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
			columns, err := rows.Columns()
			if err != nil {
				return errors.Join(err, rows.Close())
			}
			values, sum, n := make([]any, len(columns)), sha256.New(), 0
			for i := range values {
				values[i] = new(any)
			}
			for rows.Next() {
				if err := rows.Scan(values...); err != nil {
					return errors.Join(err, rows.Close())
				}
				for _, v := range values {
					fmt.Fprintf(sum, "%v\x00", *v.(*any))
				}
				n++
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil {
				return err
			}
			held[table] = fmt.Sprintf("%d rows %x", n, sum.Sum(nil)[:4])
		}
		return nil
	})
	return held
}
