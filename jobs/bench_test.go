package jobs

import (
	"context"
	"fmt"
	"net"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"layeh.com/radius"
	"layeh.com/radius/rfc2866"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/network"
	"enlace/tenants/outbox"
	states "enlace/tenants/status"
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

// BenchmarkSuspension is how long after a suspension is committed the Disconnect-Request of its session is on the wire: the use case, its outbox row,
// relay, queue, job and packet. One is suspended after the other, among as many sessions; the equipment answers.
//
//	scripts/with-servers.sh go test -run '^$' -bench Suspension -benchtime 300x ./jobs
func BenchmarkSuspension(b *testing.B) {
	b.Run("files, queue inside", func(b *testing.B) { suspend(b, demotest.OpenSQLite(b), "") })
	b.Run("postgres, redis", func(b *testing.B) { suspend(b, demotest.OpenPostgres(b), redisURL(b, "12")) })
}

func suspend(b *testing.B, o *demotest.Office, redisURL string) {
	const secret, address = "fibranorte-demo", "127.0.0.9"
	equipment, err := net.ListenPacket("udp", address+":0")
	if err != nil {
		b.Fatal(err)
	}
	defer equipment.Close()
	d := network.Desk{DB: o.DB, Vault: zeroVault()}
	var connected []*ent.Subscription
	o.Write(func(ctx context.Context, c *ent.Client) error {
		at, err := d.AddNAS(ctx, c, network.NAS{Name: "POP", Address: address, Secret: secret})
		if err != nil {
			return err
		}
		c.Nas.UpdateOne(at).SetCoaPort(equipment.LocalAddr().(*net.UDPAddr).Port).ExecX(ctx)
		if err := demotest.Clone(ctx, c, o.Service(o.Maria), o.DB.Today(ctx).AddDays(30), b.N); err != nil {
			return err
		}
		connected = c.Subscription.Query().Where(tenants.Among[predicate.Subscription](subscription.FieldCustomerID, tenants.IDsIn(customer.Table, customer.FieldID, customer.NameHasPrefix("Cliente ")))).AllX(ctx)
		for i, sub := range connected {
			login := fmt.Sprintf("cliente%d@fibranorte", i)
			if err := d.SetLogin(ctx, c, sub.ID, login, "senha-dele"); err != nil {
				return err
			}
			c.Connection.Create().SetNasID(at.ID).SetSubscriptionID(sub.ID).SetCustomerID(sub.CustomerID).SetLogin(login).SetAcctSessionID(fmt.Sprint(i)).
				SetStartedAt(o.DB.Now()).SetUpdatedAt(o.DB.Now()).ExecX(ctx)
		}
		return nil
	})
	heard := make(chan string, b.N)
	go func() {
		wire := make([]byte, radius.MaxPacketLength)
		for {
			n, from, err := equipment.ReadFrom(wire)
			if err != nil {
				return
			}
			at := time.Now()
			p, err := radius.Parse(wire[:n], []byte(secret))
			if err != nil || p.Code != radius.CodeDisconnectRequest {
				b.Errorf("the equipment hears %v, %v", p, err)
				continue
			}
			reply, _ := p.Response(radius.CodeDisconnectACK).Encode()
			_, _ = equipment.WriteTo(reply, from)
			heard <- fmt.Sprintf("%s %d", rfc2866.AcctSessionID_GetString(p), at.UnixNano())
		}
	}()
	start(b, Options{DB: o.DB, RedisURL: redisURL, Mux: Office(o.DB, Doors{Vault: d.Vault})})
	took := make([]time.Duration, 0, b.N)
	b.ResetTimer()
	for i, sub := range connected {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			_, err := states.Apply(ctx, c, o.DB.Now(), sub.ID, states.Suspend, "fatura vencida")
			return err
		})
		committed := time.Now()
		select {
		case said := <-heard:
			var session, at int64
			if _, err := fmt.Sscan(said, &session, &at); err != nil || session != int64(i) {
				b.Fatalf("%s in place of session %d", said, i)
			}
			took = append(took, time.Unix(0, at).Sub(committed))
		case <-time.After(30 * time.Second):
			b.Fatalf("no packet of session %d", i)
		}
	}
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[(len(took)-1)*99/100].Microseconds())/1000, "p99-ms")
}
