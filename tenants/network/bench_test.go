package network_test

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/nas"
	"enlace/ent/subscription"
	"enlace/tenants/network"
	"enlace/tenants/tenanttest"
)

// logins is how many subscribers a benchmark's ISP has; each asks in turn.
const logins = 100_000

// crowded is a server whose ISP has many subscribers, all like the first.
func crowded(b *testing.B, o *tenanttest.Office) *stage {
	b.Helper()
	s := staged(b, o, nas.AuthenticatorSim)
	var like *ent.Subscription
	var known *ent.NetworkLogin
	s.change(b, o.Ctx(), func(ctx context.Context, c *ent.Client) error {
		like, known = c.Subscription.Query().OnlyX(ctx), c.NetworkLogin.Query().OnlyX(ctx)
		return nil
	})
	const some = 500
	for first := 0; first < logins; first += some { // each in a transaction of its own: one of all would take longer than any may
		s.change(b, o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			ids := make([]uuid.UUID, some)
			err := c.Subscription.MapCreateBulk(ids, func(create *ent.SubscriptionCreate, i int) {
				ids[i] = uuid.Must(uuid.NewV7())
				create.SetID(ids[i]).SetNumber(int64(10_000 + first + i)).SetCustomerID(like.CustomerID).SetPlanID(like.PlanID).SetMethodID(like.MethodID).
					SetStatus(subscription.StatusHabilitado).SetStatusSince(s.DB.Now()).SetPrice(like.Price).SetSoldOn(like.SoldOn).
					SetDueDay(10).SetMode(like.Mode).SetFeeChoice(like.FeeChoice)
			}).Exec(ctx)
			if err != nil {
				return err
			}
			return c.NetworkLogin.MapCreateBulk(ids, func(create *ent.NetworkLoginCreate, i int) {
				create.SetSubscriptionID(ids[i]).SetLogin(loginOf(first + i)).SetPassword(known.Password)
			}).Exec(ctx)
		})
	}
	return s
}

func loginOf(n int) string { return fmt.Sprintf("assinante%d@fibranorte", n%logins) }

func onEachStore(b *testing.B, bench func(b *testing.B, s *stage)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, crowded(b, tenanttest.SQLite(b))) })
	b.Run("postgres", func(b *testing.B) { bench(b, crowded(b, tenanttest.Postgres(b))) })
}

// BenchmarkAccess is a signed request from datagram to answer: verified, looked up, decided, signed.
func BenchmarkAccess(b *testing.B) {
	onEachStore(b, func(b *testing.B, s *stage) {
		home := netip.MustParseAddr(here)
		var n atomic.Int64
		b.SetParallelism(8)
		b.ReportAllocs()
		b.ResetTimer()
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				wire := pap(b, loginOf(int(n.Add(1))), "maria-demo", true)
				if _, end := s.server.Access(context.Background(), wire, home); end != network.Accepted {
					b.Errorf("%s: %s", end, s.written)
				}
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "auths/s")
	})
}

// BenchmarkAccounting is reports over UDP, from 64 sockets at once, each answered when it is in the log: a start of every session and then its interims.
func BenchmarkAccounting(b *testing.B) {
	onEachStore(b, func(b *testing.B, s *stage) {
		const clients, sessions = 64, 10_000
		var n atomic.Int64
		var wg sync.WaitGroup
		b.ResetTimer()
		for range clients {
			wg.Go(func() {
				conn, err := net.Dial("udp", s.server.AcctAddr().String())
				if err != nil {
					b.Error(err)
					return
				}
				defer conn.Close()
				reply := make([]byte, 4096)
				for i := n.Add(1); i <= int64(b.N); i = n.Add(1) {
					kind, round := start, int(i/sessions)
					if round > 0 {
						kind = interim
					}
					wire := acct(b, kind, loginOf(int(i%sessions)), fmt.Sprint(i%sessions), round*300, uint64(round)*1000, uint64(round)*9000)
					_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
					if _, err := conn.Write(wire); err != nil {
						b.Error(err)
						return
					}
					if _, err := conn.Read(reply); err != nil {
						b.Errorf("%v: %s", err, s.written)
						return
					}
				}
			})
		}
		wg.Wait()
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reports/s")
	})
}

// BenchmarkWire is the same over UDP, with its row, as sixteen NAS see it; p99 is the time to an answer.
func BenchmarkWire(b *testing.B) {
	onEachStore(b, func(b *testing.B, s *stage) {
		const clients = 16
		var n atomic.Int64
		took := make([][]time.Duration, clients)
		b.ResetTimer()
		var wg sync.WaitGroup
		for client := range clients {
			wg.Go(func() {
				conn, err := net.Dial("udp", s.server.Addr().String())
				if err != nil {
					b.Error(err)
					return
				}
				defer conn.Close()
				reply := make([]byte, 4096)
				for i := n.Add(1); i <= int64(b.N); i = n.Add(1) {
					wire := pap(b, loginOf(int(i)), "maria-demo", true)
					sent := time.Now()
					_ = conn.SetReadDeadline(sent.Add(5 * time.Second))
					if _, err := conn.Write(wire); err != nil {
						b.Error(err)
						return
					}
					if _, err := conn.Read(reply); err != nil || reply[0] != 2 {
						b.Errorf("code %d, %v: %s", reply[0], err, s.written)
						return
					}
					took[client] = append(took[client], time.Since(sent))
				}
			})
		}
		wg.Wait()
		b.StopTimer()
		all := slices.Concat(took...)
		slices.Sort(all)
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "auths/s")
		b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	})
}
