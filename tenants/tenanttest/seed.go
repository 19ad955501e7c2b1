package tenanttest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"enlace/tenants"
)

// Seed is what a store holds before a test begins. It is sown once a store, for all tests of a binary; each test gets a copy of its own.
type Seed struct {
	Sow func(*tenants.DB) error

	files, tables   sync.Once
	folder          string // with the SQLite files
	database        string // the Postgres database that is copied
	filesErr, dbErr error
}

// OnEachStore runs a test on a copy of the seed on SQLite and on one on Postgres.
func (s *Seed) OnEachStore(t *testing.T, test func(t *testing.T, db *tenants.DB, probe *Probe)) {
	t.Helper()
	for name, open := range map[string]func(testing.TB) place{"sqlite": s.inFolder, "postgres": s.inDatabase} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			probe := &Probe{}
			test(t, opened(t, open(t), probe), probe)
		})
	}
}

// SQLite opens a copy of the seed in a folder of its own.
func (s *Seed) SQLite(t testing.TB) *tenants.DB { return opened(t, s.inFolder(t), &Probe{}) }

// Postgres opens a copy of the seed in a database of its own.
func (s *Seed) Postgres(t testing.TB) *tenants.DB { return s.PostgresProbed(t, &Probe{}) }

// SQLiteProbed is SQLite with a probe.
func (s *Seed) SQLiteProbed(t testing.TB, probe *Probe) *tenants.DB {
	return opened(t, s.inFolder(t), probe)
}

// PostgresProbed is Postgres with a probe.
func (s *Seed) PostgresProbed(t testing.TB, probe *Probe) *tenants.DB {
	return opened(t, s.inDatabase(t), probe)
}

func (s *Seed) inFolder(t testing.TB) place {
	t.Helper()
	s.files.Do(func() {
		if s.folder, s.filesErr = os.MkdirTemp("", "enlace-seed-"); s.filesErr == nil {
			s.filesErr = s.sow(func() (*tenants.DB, error) { return tenants.OpenSQLite(context.Background(), s.folder, nil) })
		}
	})
	if s.filesErr != nil {
		t.Fatal(s.filesErr)
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(s.folder)); err != nil {
		t.Fatal(err)
	}
	return place{folder: folder}
}

func (s *Seed) inDatabase(t testing.TB) place {
	t.Helper()
	s.tables.Do(func() {
		migrated(t)
		s.database = fmt.Sprintf("%s_seed_%d", templateName, databases.Add(1))
		cluster(t, "CREATE DATABASE "+s.database+" TEMPLATE "+templateName)
		url := address(t, s.database)
		s.dbErr = s.sow(func() (*tenants.DB, error) { return tenants.OpenPostgres(context.Background(), url, nil, nil) })
	})
	if s.dbErr != nil {
		t.Fatal(s.dbErr)
	}
	return place{url: create(t, " TEMPLATE "+s.database)}
}

// sow fills a store and lets go of it: what is still open cannot be copied.
func (s *Seed) sow(open func() (*tenants.DB, error)) error {
	db, err := open()
	if err != nil {
		return err
	}
	db.Clock = frozen
	if err := s.Sow(db); err != nil {
		return err
	}
	return db.Close()
}
