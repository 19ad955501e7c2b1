package handlers_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/valyala/fasthttp"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/handlers/handlerstest"
	"enlace/tenants"
	"enlace/tenants/demo"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/tenanttest"
)

// small is a small ISP that has 2,000 customers in its own file.
var small = tenanttest.Seed{Sow: func(db *tenants.DB) error {
	vault, err := tenants.NewVault(make([]byte, tenants.VaultKeyBytes))
	if err != nil {
		return err
	}
	_, err = demo.Load(context.Background(), demo.Options{DB: db, Vault: vault, Password: demotest.Password, Customers: 2000})
	return err
}}

// BenchmarkPages asks for the pages an office lives in, over TCP and on 16 connections: in an ISP of 2,000 customers embedded, and in ISPs of
// 20,000 and of 200,000 beside 50 others on Postgres. Each page is asked for whole, signed in, and answered with 200; the caller's own work
// is in the figures.
func BenchmarkPages(b *testing.B) {
	b.Run("2000 embedded", func(b *testing.B) { benchPages(b, demotest.Over(b, small.SQLite(b), &tenanttest.Probe{}), 20) })
	b.Run("20000 postgres", func(b *testing.B) { benchPages(b, demotest.OpenCrowd(b, 20_000), 200) })
	b.Run("200000 postgres", func(b *testing.B) { benchPages(b, demotest.OpenCrowd(b, 200_000), 400) })
}

func benchPages(b *testing.B, o *demotest.Office, deep int) {
	site := handlerstest.Open(b, &tenanttest.Office{DB: o.DB, Here: o.Here, Other: o.Other})
	gerente := site.Browser()
	gerente.SignIn("gerente@fibranorte.example", demotest.Password)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- site.Web.App.Listener(listener) }()
	b.Cleanup(func() {
		if err := errors.Join(site.Web.App.Shutdown(), <-ended); err != nil {
			b.Error(err)
		}
	})
	var somebody *ent.Customer
	o.Read(func(ctx context.Context, c *ent.Client) error {
		somebody = c.Customer.Query().Order(customer.ByNumber()).Offset(1000).FirstX(ctx)
		return nil
	})
	for _, one := range []struct{ name, path string }{
		{"painel", "/"}, {"lista", "/clientes"}, {fmt.Sprintf("lista, página %d", deep), fmt.Sprintf("/clientes?pagina=%d", deep)}, {"lista, busca", "/clientes?q=maria+silva"},
		{"cliente", "/clientes/" + somebody.ID.String()}, {"busca", "/buscar?q=silva"}, {"busca de dois", "/buscar?q=maria+silva"}, {"busca por CPF", "/buscar?q=" + somebody.Document},
		{"financeiro", "/financeiro"},
	} {
		b.Run(one.name, func(b *testing.B) {
			ask(b, listener.Addr().String(), o.Here.Slug+".localhost", one.path, gerente.Cookie("sessao"))
		})
	}
}

const connections = 16

func ask(b *testing.B, address, host, path, token string) {
	client := &fasthttp.HostClient{Addr: address, MaxConns: connections}
	var mu sync.Mutex
	var took []time.Duration
	b.SetParallelism(connections / 2) // of two cores
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(turns *testing.PB) {
		request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
		request.SetRequestURI("http://" + address + path)
		request.UseHostHeader = true
		request.Header.SetHost(host)
		request.Header.SetCookie("sessao", token)
		var mine []time.Duration
		for turns.Next() {
			start := time.Now()
			if err := client.Do(request, response); err != nil || response.StatusCode() != fasthttp.StatusOK {
				b.Errorf("%s: %d %v", path, response.StatusCode(), err)
				return
			}
			mine = append(mine, time.Since(start))
		}
		mu.Lock()
		defer mu.Unlock()
		took = append(took, mine...)
	})
	b.StopTimer()
	if len(took) == 0 {
		return
	}
	slices.Sort(took)
	at := func(share int) float64 { return float64(took[(len(took)-1)*share/100].Microseconds()) / 1000 }
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "req/s")
	b.ReportMetric(at(50), "p50-ms")
	b.ReportMetric(at(95), "p95-ms")
	b.ReportMetric(at(99), "p99-ms")
}
