package billing_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/migrate"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// BenchmarkMonth is the monthly run over Postgres: each turn a month later, after a first that is not timed, so that every service has its next
// invoice made and the planner has seen the tables full, as it has but in the first month of an installation. It prints services a
// second, the heap in use after the last turn, and how many times as long the run took as the database's own copying of the rows it wrote: the
// same rows, references, indexes and walls, without a reckoning.
func BenchmarkMonth(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			o := demotest.Open(b, (*tenanttest.Seed).PostgresProbed)
			soldMonthly(o, n)
			month := func() {
				run, err := desk(o).BillMonth(o.Worker())
				if err != nil || run.Invoices != n {
					b.Fatalf("%d invoices, %v", run.Invoices, err)
				}
			}
			pass := func() {
				o.Pass(31 * 24 * time.Hour)
				o.Analyze()
			}
			o.Analyze()
			month() // the first: an ISP has invoices already
			pass()
			b.ReportAllocs()
			turns, copying := 0, time.Duration(0)
			for b.Loop() {
				month()
				b.StopTimer()
				copying += copyRun(b, o, o.DB.Now())
				pass()
				turns++
				b.StartTimer()
			}
			b.ReportMetric(float64(n*turns)/b.Elapsed().Seconds(), "services/s")
			b.ReportMetric(float64(n*turns)/copying.Seconds(), "copied/s")
			b.ReportMetric(float64(b.Elapsed())/float64(copying), "times-copying")
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MB-heap")
		})
	}
}

// written are the tables that a run writes, those referred to first, each with which of its rows are of an instant.
var written = []struct{ table, rows string }{
	{"invoices", "issued_at = $1"},
	{"charges", "created_at = $1"},
	{"charge_items", "charge_id IN (SELECT id FROM charges WHERE created_at = $1)"},
	{"ledger_entries", "at = $1"},
	{"slips", "issued_at = $1"},
	{"history", "at = $1"},
}

// copyRun is how long the database takes to insert once more what a run wrote at an instant, by one INSERT ... SELECT a table, under other ids and
// numbers. Nothing of it is kept.
func copyRun(b *testing.B, o *demotest.Office, at time.Time) (took time.Duration) {
	b.Helper()
	enough := errors.New("undone")
	long, cancel := context.WithTimeout(o.Worker(), time.Hour)
	defer cancel()
	err := o.DB.Write(long, func(ctx context.Context, c *ent.Client) error {
		began := time.Now()
		for _, one := range written {
			var into, from []string
			for _, column := range columnsOf(one.table) {
				into = append(into, `"`+column+`"`)
				from = append(from, copied(column))
			}
			insert := fmt.Sprintf(`INSERT INTO %s (%s) SELECT %s FROM %[1]s WHERE %[4]s`, one.table, strings.Join(into, ", "), strings.Join(from, ", "), one.rows)
			if _, err := c.ExecContext(ctx, insert, at); err != nil {
				return fmt.Errorf("%s: %w", one.table, err)
			}
		}
		took = time.Since(began)
		return enough
	})
	if !errors.Is(err, enough) {
		b.Fatal(err)
	}
	return took
}

// copied is what a copy has in a column: ids that sort as the first ones do, and numbers that nobody has.
func copied(column string) string {
	switch column {
	case "id", "invoice_id", "charge_id":
		return fmt.Sprintf(`('f' || substr("%s"::text, 2))::uuid`, column)
	case "number":
		return `number + 1000000000`
	case "our_number", "txid":
		return `'x' || ` + column
	case "period_from": // no service is charged for the same days twice
		return `period_from - 36500`
	}
	return `"` + column + `"`
}

func columnsOf(table string) (names []string) {
	for _, one := range migrate.Tables {
		if one.Name == table {
			for _, column := range one.Columns {
				names = append(names, column.Name)
			}
		}
	}
	return names
}
