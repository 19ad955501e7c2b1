package jobs

import (
	"context"
	"log/slog"
	"os"
	"testing"
	"time"

	"enlace/ent"
	"enlace/tenants/outbox"
	"enlace/tenants/tenanttest"
)

func TestZZ(t *testing.T) {
	o := tenanttest.SQLite(t)
	var mux Mux
	mux.Once("group", func(ctx context.Context, _ map[string]string) error {
		return o.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			return c.Group.Create().SetName("VIP").Exec(ctx)
		})
	})
	var js []outbox.Job
	for range 1000 { js = append(js, outbox.Job{Kind: "group", Queue: outbox.Critical}) }
	add(t, o.DB, o.Ctx(), js...)
	add(t, o.DB, o.OtherCtx(), js...)
	b := time.Now()
	w := start(t, Options{DB: o.DB, Mux: &mux, Log: slog.New(slog.NewTextHandler(os.Stderr, nil))})
	_ = w
	for range 40 {
		time.Sleep(500 * time.Millisecond)
		n, taken := 0, 0
		for _, c := range []context.Context{o.Ctx(), o.OtherCtx()} {
			for _, r := range all(t, o.DB, c) { if r.DoneAt == nil { n++; if r.TakenAt != nil { taken++ } else if r.LastError != "" { t.Log(r) } } }
		}
		t.Log(time.Since(b), n, taken)
		if n == 0 { break }
	}
}
