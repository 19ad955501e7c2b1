// Package tenanttest opens stores for tests: each with two ISPs and a clock that stands still, migrated as in production.
package tenanttest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"enlace/ent"
	"enlace/tenants"
)

// Now is where the clock of a test begins: Monday, 23 November 2026, 09:00 in Brasília.
var Now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Office is a store with two ISPs.
type Office struct {
	DB          *tenants.DB
	Here, Other tenants.Tenant
	clock       atomic.Int64 // nanoseconds after Now
	probe       Probe
}

// Ctx is inside the first ISP.
func (o *Office) Ctx() context.Context { return tenants.With(context.Background(), o.Here) }

// OtherCtx is inside the second ISP, which must never see or touch anything of the first.
func (o *Office) OtherCtx() context.Context { return tenants.With(context.Background(), o.Other) }

// Pass moves the clock on.
func (o *Office) Pass(d time.Duration) { o.clock.Add(int64(d)) }

// Probe makes p be called before every statement from now on; nil ends it.
func (o *Office) Probe(p tenants.Probe) { o.probe.Set(p) }

// OnEachStore runs a test on SQLite and on Postgres, each with an office of its own.
func OnEachStore(t *testing.T, test func(t *testing.T, o *Office)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); test(t, Postgres(t)) })
}

// OnEachEmptyStore runs a test on SQLite and on Postgres, each migrated and without an ISP.
func OnEachEmptyStore(t *testing.T, test func(t *testing.T, db *tenants.DB, probe *Probe)) {
	t.Helper()
	for name, open := range map[string]func(testing.TB) place{"sqlite": inFolder, "postgres": inDatabase} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			probe := &Probe{}
			test(t, opened(t, open(t), probe), probe)
		})
	}
}

// SQLite opens an office in a folder of its own.
func SQLite(t testing.TB) *Office { return office(t, inFolder(t)) }

// Postgres opens an office in a database of its own, copied from one that was migrated once.
func Postgres(t testing.TB) *Office { return office(t, inDatabase(t)) }

// EmptySQLite opens a folder without an ISP; its clock stands at Now.
func EmptySQLite(t testing.TB) *tenants.DB { return opened(t, inFolder(t), &Probe{}) }

// EmptyPostgres opens a database without an ISP; its clock stands at Now.
func EmptyPostgres(t testing.TB) *tenants.DB { return opened(t, inDatabase(t), &Probe{}) }

// place is where a store is: a folder of SQLite files, or a Postgres database.
type place struct{ folder, url string }

func inFolder(t testing.TB) place   { return place{folder: t.TempDir()} }
func inDatabase(t testing.TB) place { return place{url: Database(t)} }

func (p place) open(probe tenants.Probe) (*tenants.DB, error) {
	if p.url == "" {
		return tenants.OpenSQLite(context.Background(), p.folder, probe)
	}
	return tenants.OpenPostgres(context.Background(), p.url, probe, nil)
}

// Analyze is Probe.Analyze.
func (o *Office) Analyze(t testing.TB) { t.Helper(); o.probe.Analyze(t) }

// Probe is called before every statement of a store, once it is set: it counts, or breaks.
type Probe struct {
	set     atomic.Pointer[tenants.Probe]
	place   place
	opening sync.Mutex
	beside  *sql.DB // the eye
}

// Analyze has the owner of a Postgres store look at its tables, as autovacuum does now and then: the planner knows nothing of what a test has just
// written, and the office's own role may not ask for it. VACUUM too, since scans of an index alone need it.
func (p *Probe) Analyze(t testing.TB) {
	t.Helper()
	p.Own(t, "VACUUM (ANALYZE)")
}

// Own runs statements of a Postgres store on one connection of the cluster's owner, whom no wall binds: a test's given by the hundred
// thousand.
func (p *Probe) Own(t testing.TB, statements ...string) {
	t.Helper()
	db, err := sql.Open("pgx", p.place.url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, one := range statements {
		if _, err := conn.ExecContext(context.Background(), one); err != nil {
			t.Fatalf("%s: %v", one, err)
		}
	}
}

// Set makes p be called before every statement from now on; nil ends it.
func (p *Probe) Set(probe tenants.Probe) {
	if probe == nil {
		p.set.Store(nil)
		return
	}
	p.set.Store(&probe)
}

func (p *Probe) ask(ctx context.Context, statement string) error {
	if probe := p.set.Load(); probe != nil {
		return (*probe)(ctx, statement)
	}
	return nil
}

func opened(t testing.TB, at place, probe *Probe) *tenants.DB {
	t.Helper()
	probe.place = at
	db, err := at.open(probe.ask)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	db.Clock = frozen
	return db
}

func frozen() time.Time { return Now }

func office(t testing.TB, at place) *Office {
	t.Helper()
	o := &Office{}
	db := opened(t, at, &o.probe)
	db.Clock = func() time.Time { return Now.Add(time.Duration(o.clock.Load())) }
	o.DB = db
	o.Here, o.Other = found(t, db, "fibranorte", "Fibra Norte"), found(t, db, "ondasul", "Onda Sul")
	return o
}

func found(t testing.TB, db *tenants.DB, slug, name string) tenants.Tenant {
	t.Helper()
	zone, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		t.Fatal(err)
	}
	isp, err := db.Found(context.Background(), slug, name, zone, func(context.Context, *ent.Client) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return isp
}

var (
	template     sync.Once
	templateName = fmt.Sprintf("enlace_%d", os.Getpid())
	databases    atomic.Int64
)

// Database makes a migrated Postgres database on the suite's own cluster and returns its address.
func Database(t testing.TB) string {
	t.Helper()
	migrated(t)
	return create(t, " TEMPLATE "+templateName)
}

// migrated makes the database that is copied, once a binary.
func migrated(t testing.TB) {
	t.Helper()
	template.Do(func() {
		cluster(t, "CREATE DATABASE "+templateName)
		if err := tenants.MigratePostgres(context.Background(), address(t, templateName)); err != nil {
			t.Fatal(err)
		}
	})
}

// EmptyDatabase makes a Postgres database with nothing in it.
func EmptyDatabase(t testing.TB) string { return create(t, "") }

func create(t testing.TB, how string) string {
	t.Helper()
	name := fmt.Sprintf("%s_%d", templateName, databases.Add(1))
	cluster(t, "CREATE DATABASE "+name+how)
	t.Cleanup(func() { cluster(t, "DROP DATABASE "+name+" WITH (FORCE)") })
	return address(t, name)
}

// clusterURL fails the test when the suite's cluster is not there; `make test` starts it.
func clusterURL(t testing.TB) *url.URL {
	t.Helper()
	u, err := url.Parse(os.Getenv("ENLACE_TEST_POSTGRES_URL"))
	if err != nil || u.Host == "" {
		t.Fatal("ENLACE_TEST_POSTGRES_URL is not set: run the tests with scripts/with-servers.sh, as make test does")
	}
	return u
}

func address(t testing.TB, database string) string {
	u := clusterURL(t)
	u.Path = "/" + database
	return u.String()
}

var creating sync.Mutex // Postgres copies a template for one at a time

func cluster(t testing.TB, statement string) {
	t.Helper()
	creating.Lock()
	defer creating.Unlock()
	db, err := sql.Open("pgx", clusterURL(t).String())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}
