// Package demotest opens the demonstration for tests of rules that need a whole office: its staff, plans, and Maria and João.
package demotest

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/subscription"
	"enlace/ent/user"
	"enlace/tenants"
	"enlace/tenants/demo"
	"enlace/tenants/tenanttest"
)

// Password is that of everybody in the office.
const Password = "senha da demonstração"

// Office is the demonstration with Maria and João alone, on one store.
type Office struct {
	T           testing.TB
	DB          *tenants.DB
	Vault       *tenants.Vault
	Here, Other tenants.Tenant
	Maria, Joao *ent.Customer
	passed      atomic.Int64 // nanoseconds since tenanttest.Now; servers in the background read the clock too
	probe       *tenanttest.Probe
}

// OnEachStore runs a test in an office on SQLite and in one on Postgres.
func OnEachStore(t *testing.T, test func(t *testing.T, o *Office)) {
	t.Helper()
	seed.OnEachStore(t, func(t *testing.T, db *tenants.DB, probe *tenanttest.Probe) {
		test(t, Over(t, db, probe))
	})
}

// OpenSQLite is an office on SQLite, for benchmarks.
func OpenSQLite(t testing.TB) *Office { return office(t, seed.SQLite(t)) }

// OpenPostgres is an office on Postgres, for benchmarks.
func OpenPostgres(t testing.TB) *Office { return office(t, seed.Postgres(t)) }

// Open is an office on the store that open opens.
func Open(t testing.TB, open func(*tenanttest.Seed, testing.TB, *tenanttest.Probe) *tenants.DB) *Office {
	probe := &tenanttest.Probe{}
	return Over(t, open(&seed, t, probe), probe)
}

// Analyze is tenanttest's: of an office that Open opened on Postgres.
func (o *Office) Analyze() { o.T.Helper(); o.probe.Analyze(o.T) }

// Over is an office over a store that already holds the demonstration, with the store's probe.
func Over(t testing.TB, db *tenants.DB, probe *tenanttest.Probe) *Office {
	o := office(t, db)
	o.probe = probe
	return o
}

// Watch is told every statement; nil ends it.
func (o *Office) Watch(tell func(statement string)) {
	if tell == nil {
		o.probe.Set(nil)
		return
	}
	o.probe.Set(func(_ context.Context, statement string) error { tell(statement); return nil })
}

// Asked lists what do asks the database with, in order.
func (o *Office) Asked(do func()) (all []Statement) {
	var mu sync.Mutex
	o.probe.Set(func(ctx context.Context, text string) error {
		mu.Lock()
		defer mu.Unlock()
		if text != "BEGIN" && text != "COMMIT" {
			all = append(all, Statement{text, tenants.Arguments(ctx)})
		}
		return nil
	})
	defer o.probe.Set(nil)
	do()
	return all
}

// Statement is one question to the database.
type Statement struct {
	Text string
	Args []any
}

// Break has every statement ask first; an error fails it, as a lost connection would. nil ends it.
func (o *Office) Break(ask func() error) {
	if ask == nil {
		o.probe.Set(nil)
		return
	}
	o.probe.Set(func(context.Context, string) error { return ask() })
}

// seed is the demonstration; loading it for every test would take most of their time.
var seed = tenanttest.Seed{Sow: func(db *tenants.DB) error {
	vault, err := tenants.NewVault(make([]byte, tenants.VaultKeyBytes))
	if err != nil {
		return err
	}
	_, err = demo.Load(context.Background(), demo.Options{DB: db, Vault: vault, Password: Password, Customers: 2})
	return err
}}

func office(t testing.TB, db *tenants.DB) *Office {
	t.Helper()
	vault, err := tenants.NewVault(make([]byte, tenants.VaultKeyBytes))
	if err != nil {
		t.Fatal(err)
	}
	o := &Office{T: t, DB: db, Vault: vault}
	db.Clock = func() time.Time { return tenanttest.Now.Add(time.Duration(o.passed.Load())) }
	for slug, isp := range map[string]*tenants.Tenant{"fibranorte": &o.Here, "ondasul": &o.Other} {
		if *isp, err = db.Find(context.Background(), slug); err != nil {
			t.Fatal(err)
		}
	}
	o.Read(func(ctx context.Context, c *ent.Client) error {
		o.Maria = c.Customer.Query().Where(customer.Document("52998224725")).OnlyX(ctx)
		o.Joao = c.Customer.Query().Where(customer.Document("11144477735")).OnlyX(ctx)
		return nil
	})
	return o
}

// Pass moves the clock on.
func (o *Office) Pass(d time.Duration) { o.passed.Add(int64(d)) }

// As is the context of somebody of the staff, by role, at the first ISP.
func (o *Office) As(role string) context.Context { return o.as(o.Here, role) }

// Worker is the context of a job at the first ISP.
func (o *Office) Worker() context.Context { return tenants.With(context.Background(), o.Here) }

// Stranger is the context of the manager of the second ISP.
func (o *Office) Stranger() context.Context { return o.as(o.Other, "gerente") }

func (o *Office) as(isp tenants.Tenant, role string) (ctx context.Context) {
	o.T.Helper()
	ctx = tenants.With(context.Background(), isp)
	err := o.DB.Read(ctx, func(inner context.Context, c *ent.Client) error {
		u := c.User.Query().Where(user.RoleEQ(user.Role(role))).OnlyX(inner)
		ctx = tenants.As(ctx, tenants.Actor{Kind: tenants.User, ID: u.ID, Name: u.Name, Role: role, Channel: tenants.Web})
		return nil
	})
	if err != nil {
		o.T.Fatal(err)
	}
	return ctx
}

// Subscriber is the context of a customer who writes to the bot.
func (o *Office) Subscriber(who *ent.Customer) context.Context {
	return tenants.As(tenants.With(context.Background(), o.Here), tenants.Actor{Kind: tenants.Subscriber, ID: who.ID, Name: who.Name, Channel: tenants.Telegram})
}

// Read looks at the first ISP's rows.
func (o *Office) Read(do func(context.Context, *ent.Client) error) {
	o.T.Helper()
	if err := o.DB.Read(tenants.With(context.Background(), o.Here), do); err != nil {
		o.T.Fatal(err)
	}
}

// Write changes the first ISP's rows by hand, as a test's given.
func (o *Office) Write(do func(context.Context, *ent.Client) error) {
	o.T.Helper()
	if err := o.DB.Write(tenants.With(context.Background(), o.Here), do); err != nil {
		o.T.Fatal(err)
	}
}

// Service is the one service of a customer.
func (o *Office) Service(of *ent.Customer) (sub *ent.Subscription) {
	o.T.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		sub = c.Subscription.Query().Where(subscription.CustomerID(of.ID)).OnlyX(ctx)
		return nil
	})
	return sub
}

// Fault is the code of the fault that err is, with its field when it has one; "" for no error.
func Fault(err error) string {
	fault := tenants.FaultOf(err)
	switch {
	case err == nil:
		return ""
	case fault == nil:
		return "internal: " + err.Error()
	}
	for field, code := range fault.Fields {
		return field + ": " + code
	}
	return fault.Code
}

// Nobody is an id that no row has.
var Nobody = uuid.MustParse("00000000-0000-7000-8000-000000000000")
