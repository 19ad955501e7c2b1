package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/pressly/goose/v3"

	"enlace/ent"
	"enlace/ent/migrate"
)

// MigratePostgres brings a Postgres database up to this binary: tables by goose, then roles, policies and rights by the catalogue of tables.
// ownerURL must be of a login that owns the tables and may create roles. It is safe to run twice and from two machines at once.
func MigratePostgres(ctx context.Context, ownerURL string) error {
	db, err := sql.Open("pgx", ownerURL)
	if err != nil {
		return err
	}
	defer db.Close()
	return alone(ctx, db, func() error {
		if err := createRoles(ctx, db); err != nil {
			return err
		}
		// FORCE binds the owner too, so a migration that fills a column would change no row: the walls come down for the run and up again after it.
		if err := inTransaction(ctx, db, lowerWalls); err != nil {
			return err
		}
		return errors.Join(up(ctx, goose.DialectPostgres, db, "postgres"), inTransaction(ctx, db, raiseWalls))
	})
}

// alone holds a lock of the database's while do runs, so that two machines that start together migrate one after the other.
func alone(ctx context.Context, db *sql.DB, do func() error) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	const key = 53_052_026 // any number of ours
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, key); err != nil {
		return errors.Join(err, conn.Close())
	}
	err = do()
	_, unlockErr := conn.ExecContext(ctx, `SELECT pg_advisory_unlock($1)`, key)
	return errors.Join(err, unlockErr, conn.Close())
}

// migrateSQLite brings one SQLite file up to this binary. Foreign keys are off meanwhile, since SQLite changes a table by building it anew; they are checked afterwards.
func migrateSQLite(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(0)")
	if err != nil {
		return err
	}
	defer db.Close()
	if err := up(ctx, goose.DialectSQLite3, db, "sqlite"); err != nil {
		return err
	}
	var broken string
	switch err := db.QueryRowContext(ctx, `SELECT "table" FROM pragma_foreign_key_check`).Scan(&broken, new(any), new(any), new(any)); {
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return err
	case broken != "":
		return fmt.Errorf("the table %s points at rows that are not there", broken)
	}
	return inTransaction(ctx, db, refuseChanges)
}

func up(ctx context.Context, d goose.Dialect, db *sql.DB, folder string) error {
	files, err := fs.Sub(migrate.Files, folder)
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(d, db, files)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return err
}

// newest is the number of the last migration of an engine.
func newest(folder string) (int64, error) {
	files, err := fs.ReadDir(migrate.Files, folder) // by name, which begins with the number
	if err != nil || len(files) == 0 {
		return 0, errors.Join(err, errors.New("tenants: no migrations of "+folder))
	}
	return goose.NumericComponent(files[len(files)-1].Name())
}

func inTransaction(ctx context.Context, db *sql.DB, do func(func(format string, args ...any) error) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	exec := func(format string, args ...any) error {
		statement := fmt.Sprintf(format, args...)
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
		return nil
	}
	if err := do(exec); err != nil {
		return err
	}
	return tx.Commit()
}

// createRoles makes the two roles of the cluster, once; another migration at the same moment may win the race.
func createRoles(ctx context.Context, db *sql.DB) error {
	for _, role := range []string{appRole, relayRole} {
		_, err := db.ExecContext(ctx, `DO $$ BEGIN CREATE ROLE `+role+` NOLOGIN NOSUPERUSER NOBYPASSRLS;
			EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`)
		if err != nil {
			return err
		}
	}
	return nil
}

func lowerWalls(exec func(string, ...any) error) error {
	return eachTable(func(name string, _ ent.Table) error {
		return exec(`ALTER TABLE IF EXISTS %q NO FORCE ROW LEVEL SECURITY`, name)
	})
}

// raiseWalls gives every table its policy and both roles their rights. It is the only place where they are written.
func raiseWalls(exec func(string, ...any) error) error {
	const mine = `tenant_id = (SELECT NULLIF(current_setting('app.tenant', true), '')::uuid)`
	if err := exec(`GRANT USAGE ON SCHEMA public TO %s, %s`, appRole, relayRole); err != nil {
		return err
	}
	if err := exec(`GRANT SELECT ON goose_db_version TO %s`, relayRole); err != nil { // by which a process knows whether it fits the tables
		return err
	}
	return eachTable(func(name string, t ent.Table) error {
		rights := "SELECT, INSERT, UPDATE, DELETE"
		if t.AppendOnly {
			rights = "SELECT, INSERT"
		}
		steps := []string{
			fmt.Sprintf(`REVOKE ALL ON %q FROM PUBLIC, %s, %s`, name, appRole, relayRole),
			fmt.Sprintf(`ALTER TABLE %q ENABLE ROW LEVEL SECURITY`, name),
			fmt.Sprintf(`ALTER TABLE %q FORCE ROW LEVEL SECURITY`, name),
			fmt.Sprintf(`DROP POLICY IF EXISTS isp ON %q`, name),
			fmt.Sprintf(`DROP POLICY IF EXISTS platform ON %q`, name),
		}
		switch {
		case t.Owned:
			steps = append(steps,
				fmt.Sprintf(`CREATE POLICY isp ON %q TO %s USING (%s) WITH CHECK (%s)`, name, appRole, mine, mine),
				fmt.Sprintf(`GRANT %s ON %q TO %s`, rights, name, appRole))
		case name == "tenants":
			own := strings.Replace(mine, "tenant_id", "id", 1)
			steps = append(steps,
				fmt.Sprintf(`CREATE POLICY isp ON %q FOR SELECT TO %s USING (%s)`, name, appRole, own),
				fmt.Sprintf(`GRANT SELECT ON %q TO %s`, name, appRole))
		}
		if ofPlatform(name) {
			steps = append(steps,
				fmt.Sprintf(`CREATE POLICY platform ON %q TO %s USING (true) WITH CHECK (true)`, name, relayRole),
				fmt.Sprintf(`GRANT %s ON %q TO %s`, rights, name, relayRole))
		}
		for _, step := range steps {
			if err := exec("%s", step); err != nil {
				return err
			}
		}
		return nil
	})
}

// ofPlatform says which tables the platform sees: those of no ISP, and the outbox.
func ofPlatform(table string) bool { return !ent.Tables[table].Owned || table == "outbox" }

// ofISP says which tables an ISP sees: its own, and its line of the directory.
func ofISP(table string) bool { return ent.Tables[table].Owned || table == "tenants" }

// refuseChanges does on SQLite what missing rights do on Postgres: rows of append-only tables are never changed or deleted.
func refuseChanges(exec func(string, ...any) error) error {
	return eachTable(func(name string, t ent.Table) error {
		if !t.AppendOnly {
			return nil
		}
		for _, event := range []string{"UPDATE", "DELETE"} {
			err := exec(`CREATE TRIGGER IF NOT EXISTS %q BEFORE %s ON %q BEGIN SELECT RAISE(ABORT, '%s is append-only'); END`,
				name+"_no_"+strings.ToLower(event), event, name, name)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// eachTable walks the tables by name, so that two migrations lock them in the same order.
func eachTable(do func(name string, t ent.Table) error) error {
	names := make([]string, 0, len(ent.Tables))
	for name := range ent.Tables {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := do(name, ent.Tables[name]); err != nil {
			return err
		}
	}
	return nil
}
