package jobs

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/outbox"
	"enlace/tenants/tenanttest"
)

// BenchmarkJobs does b.N jobs of two ISPs, from the rows that are there to the last one's end: relay, queue, handler and its transaction.
//
//	scripts/with-servers.sh go test -run '^$' -bench Jobs -benchtime 4000x ./jobs
func BenchmarkJobs(b *testing.B) {
	b.Run("files, queue inside", func(b *testing.B) { benchmark(b, tenanttest.SQLite(b), "") })
	b.Run("postgres, queue inside", func(b *testing.B) { benchmark(b, tenanttest.Postgres(b), "") })
	b.Run("postgres, redis", func(b *testing.B) { benchmark(b, tenanttest.Postgres(b), redisURL(b, "12")) })
}

func benchmark(b *testing.B, o *tenanttest.Office, redisURL string) {
	for i, ctx := range []context.Context{o.Ctx(), o.OtherCtx()} {
		for left := (b.N + i) / 2; left > 0; left -= 1000 {
			jobs := make([]outbox.Job, min(left, 1000))
			for j := range jobs {
				jobs[j] = outbox.Job{Kind: "group", Queue: outbox.Critical}
			}
			add(b, o.DB, ctx, jobs...)
		}
	}
	var done atomic.Int64
	ended := make(chan struct{})
	var mux Mux
	mux.Once("group", func(ctx context.Context, _ map[string]string) error {
		return o.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			tenants.AfterCommit(ctx, func() {
				if done.Add(1) == int64(b.N) {
					close(ended)
				}
			})
			return c.Group.Create().SetName(uuid.NewString()).Exec(ctx)
		})
	})
	b.ResetTimer()
	start(b, Options{DB: o.DB, RedisURL: redisURL, Mux: &mux})
	select {
	case <-ended:
	case <-time.After(5 * time.Minute):
		b.Fatalf("%d of %d jobs were done", done.Load(), b.N)
	}
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "jobs/s")
}
