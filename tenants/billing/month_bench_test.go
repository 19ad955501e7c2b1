package billing_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"enlace/ent"
	"enlace/tenants/demo/demotest"
)

// BenchmarkMonth is the monthly run over Postgres: each turn a month later, so that every service has its next invoice made. It prints services a
// second and the heap in use after the last turn.
func BenchmarkMonth(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			o := demotest.OpenPostgres(b)
			billedMonthly(o, n)
			o.Write(func(ctx context.Context, c *ent.Client) error { _, err := c.ExecContext(ctx, "ANALYZE"); return err })
			b.ReportAllocs()
			turns := 0
			for b.Loop() {
				run, err := desk(o).BillMonth(o.Worker())
				if err != nil || run.Invoices != n {
					b.Fatalf("%d invoices, %v", run.Invoices, err)
				}
				o.Pass(31 * 24 * time.Hour)
				turns++
			}
			b.ReportMetric(float64(n*turns)/b.Elapsed().Seconds(), "services/s")
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.HeapAlloc)/(1<<20), "MB-heap")
		})
	}
}
