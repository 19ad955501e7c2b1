package billing_test

import (
	"context"
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"testing"
	"time"

	"enlace/ent"
	rows "enlace/ent/renewal"
	"enlace/tenants/demo/demotest"
)

// BenchmarkCarnes renews ENLACE_BENCH_CARNES carnês of 12 (1,000 where it is not set) as the workers do, and prints all of them into one file: carnês a
// second made, carnês a second and core printed, and the most memory that was held while printing. Ten times as many hold no more.
func BenchmarkCarnes(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("ENLACE_BENCH_CARNES"))
	if err != nil {
		n = 1_000
	}
	o := demotest.OpenSQLite(b)
	in := order(clones(o, n))
	in.Instalments = 12
	id, err := desk(o).StartRenewal(o.As("gerente"), in)
	if err != nil {
		b.Fatal(err)
	}
	began, made := time.Now(), 0
	for made < n {
		if err := desk(o).WorkOnRenewal(o.Worker(), id); err != nil {
			b.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error { made = c.Renewal.GetX(ctx, id).Done; return nil })
	}
	issued := float64(n) / time.Since(began).Seconds()
	b.ReportAllocs()
	most := held(func() {
		for b.Loop() {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				return c.Renewal.UpdateOneID(id).SetState(rows.StatePrinting).Exec(ctx)
			})
			if err := desk(o).PrintAllOfRenewal(o.Worker(), id); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.ReportMetric(issued, "made/s")
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "printed/s/core") // one worker prints them, one after the other
	b.ReportMetric(most, "MB-held")
}

// held does something and says how much memory was held at most meanwhile, in MB.
func held(do func()) float64 {
	runtime.GC()
	over, said := make(chan struct{}), make(chan uint64)
	go func() {
		live, most := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}, uint64(0)
		for tick := time.Tick(20 * time.Millisecond); ; {
			metrics.Read(live)
			most = max(most, live[0].Value.Uint64())
			select {
			case <-over:
				said <- most
				return
			case <-tick:
			}
		}
	}()
	do()
	close(over)
	return float64(<-said) / (1 << 20)
}
