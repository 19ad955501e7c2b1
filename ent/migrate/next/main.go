// Command next writes the migration that brings the SQL files up to ent/schema, one file an engine, or none when they agree.
// Until a first user has data it replaces the single init migration of each engine; from then on files are frozen and it only adds.
//
//	ENLACE_TEST_POSTGRES_URL=… go run ./ent/migrate/next NAME
package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"ariga.io/atlas/sql/migrate"
	"ariga.io/atlas/sql/sqltool"
	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: next NAME")
		os.Exit(2)
	}
	for _, engine := range engines() {
		if err := engine.write(context.Background(), "ent/migrate", os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, engine.dialect+":", err)
			os.Exit(1)
		}
	}
}

// engine is a database to think on: empty, and thrown away afterwards.
type engine struct{ dialect, driver, url string }

func engines() []engine {
	return []engine{
		{dialect.Postgres, "pgx", os.Getenv("ENLACE_TEST_POSTGRES_URL")},
		{dialect.SQLite, "sqlite", "file:next?mode=memory&cache=shared&_pragma=foreign_keys(1)"},
	}
}

// write puts the difference between the files below root and the schema into a new file; no difference, no file.
func (e engine) write(ctx context.Context, root, name string) error {
	db, err := sql.Open(e.driver, e.url)
	if err != nil {
		return err
	}
	defer db.Close()
	dir, err := open(filepath.Join(root, map[string]string{dialect.Postgres: "postgres", dialect.SQLite: "sqlite"}[e.dialect]))
	if err != nil {
		return err
	}
	m, err := schema.NewMigrate(entsql.OpenDB(e.dialect, db), schema.WithDir(dir.GooseDir), schema.WithMigrationMode(schema.ModeReplay),
		schema.WithDialect(e.dialect), schema.WithDropColumn(true), schema.WithDropIndex(true), schema.WithFormatter(sqltool.GooseFormatter))
	if err != nil {
		return err
	}
	tables, err := wanted(e.dialect)
	if err != nil {
		return err
	}
	return errors.Join(m.NamedDiff(ctx, name, tables...), dir.forwardOnly())
}

type folder struct {
	*sqltool.GooseDir
	path string
}

// open writes the checksum that atlas asks a folder for; forwardOnly takes it away again, since it changes the files afterwards.
func open(path string) (folder, error) {
	dir, err := sqltool.NewGooseDir(path)
	if err != nil {
		return folder{}, err
	}
	sum, err := dir.Checksum()
	if err != nil {
		return folder{}, err
	}
	return folder{dir, path}, migrate.WriteSumFile(dir, sum)
}

// forwardOnly takes the way back out of the files: what atlas writes for SQLite would lose rows, and nobody goes back.
func (f folder) forwardOnly() error {
	files, err := filepath.Glob(filepath.Join(f.path, "*.sql"))
	for _, name := range files {
		text, readErr := os.ReadFile(name)
		up, _, _ := strings.Cut(string(text), "-- +goose Down")
		err = errors.Join(err, readErr, os.WriteFile(name, []byte(up), 0o644))
	}
	return errors.Join(err, os.RemoveAll(filepath.Join(f.path, "atlas.sum")))
}
