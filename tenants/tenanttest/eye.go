package tenanttest

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"enlace/ent"
)

// eye is a connection of its own beside a store, of the cluster's owner where there is one, whom no wall binds. It is opened when a test first
// looks, and ends with that test.
func (p *Probe) eye(t testing.TB) *sql.DB {
	t.Helper()
	p.opening.Lock()
	defer p.opening.Unlock()
	if p.beside == nil {
		driver, at := "pgx", p.place.url+"&max_parallel_workers_per_gather=0" // a hundred small tables are read sooner than helpers begin
		if !p.Cuts() {
			driver, at = "sqlite", "file:"+filepath.Join(p.place.folder, "fibranorte.sqlite")+"?_pragma=query_only(1)&_pragma=busy_timeout(10000)"
		}
		db, err := sql.Open(driver, at)
		if err != nil {
			t.Fatal(err)
		}
		db.SetMaxOpenConns(1)
		t.Cleanup(func() { // the test within a test that looked first may be over before the others look
			p.opening.Lock()
			defer p.opening.Unlock()
			p.beside = nil
			_ = db.Close() // it only looked
		})
		p.beside = db
	}
	return p.beside
}

// Cuts says whether the store has connections: a file has none.
func (p *Probe) Cuts() bool { return p.place.url != "" }

// Cut closes every connection to a Postgres store, from outside and whatever it is doing. It asks until none is left: Postgres itself would look
// for each only every 100 ms whether it is gone.
func (p *Probe) Cut(t testing.TB) {
	t.Helper()
	const closing = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
	for left := 1; left > 0; {
		if err := p.eye(t).QueryRow(closing).Scan(&left); err != nil {
			t.Fatal(err)
		}
	}
}

// Mark is a text that is another as soon as anything is committed to a table of the first ISP's. SQLite counts what others commit to a file;
// Postgres writes on each row which transaction it is of, the later the higher, and what is deleted is not counted any more.
func (p *Probe) Mark(t testing.TB) string {
	t.Helper()
	asked := "PRAGMA data_version"
	if p.Cuts() {
		asked = marking
	}
	rows, err := p.eye(t).QueryContext(context.Background(), asked)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all strings.Builder
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			t.Fatal(err)
		}
		all.WriteString(one + " ")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// marking asks Postgres for all tables at once.
var marking = func() string {
	var all []string
	for _, table := range slices.Sorted(maps.Keys(ent.Tables)) {
		if ent.Tables[table].Owned {
			all = append(all, fmt.Sprintf(`SELECT count(*) || '/' || coalesce(max(xmin::text::bigint), 0) FROM %q`, table))
		}
	}
	return strings.Join(all, " UNION ALL ")
}()
