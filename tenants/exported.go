package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"enlace/ent"
)

// exported is a file with one ISP: its SQLite file as the embedded store keeps it, with one table more, which signs it.
type exported struct {
	rows *ent.Client
	line *ent.Tenant // of the directory
	sum  string      // of all that was carried into it
	seal string      // sealed under the key of the installation it comes from
}

// signExport writes the table that makes a file an export.
func signExport(ctx context.Context, into *ent.Client, sum, seal string) error {
	if _, err := into.ExecContext(ctx, `CREATE TABLE export (sum text NOT NULL, seal text NOT NULL)`); err != nil {
		return err
	}
	_, err := into.ExecContext(ctx, `INSERT INTO export (sum, seal) VALUES (?, ?)`, sum, seal)
	return err
}

// newExport has fill put an ISP into a store of its own beside path, and then moves the ISP's file to path.
func newExport(ctx context.Context, slug, path string, fill func(*DB) error) error {
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		return Conflict("file_there").With("file", path)
	}
	beside, err := os.MkdirTemp(filepath.Dir(path), ".enlace-export-")
	if err != nil {
		return fmt.Errorf("o arquivo %s não pode ser escrito: %w", path, err)
	}
	defer os.RemoveAll(beside)
	store, err := OpenSQLite(ctx, beside, nil)
	if err != nil {
		return err
	}
	if err := errors.Join(fill(store), store.Close()); err != nil {
		return err
	}
	made := filepath.Join(beside, slug+suffix)
	if err := single(ctx, made); err != nil {
		return err
	}
	return os.Rename(made, path)
}

// single makes an SQLite file one that needs no other file beside it, also where it can only be read. Only its owner may.
func single(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=journal_mode(DELETE)")
	if err != nil {
		return err
	}
	return errors.Join(db.PingContext(ctx), db.Close(), os.Chmod(path, 0o600))
}

// openExport opens a file, to be read alone, and looks it over. It returns Conflict not_an_export, export_version or export_damaged.
func openExport(ctx context.Context, path string) (*exported, error) {
	whole, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	switch about, err := os.Stat(whole); {
	case err != nil:
		return nil, fmt.Errorf("o arquivo %s não pode ser lido: %w", path, err)
	case !about.Mode().IsRegular():
		return nil, Conflict("not_an_export")
	}
	address := url.URL{Scheme: "file", Path: whole, RawQuery: "mode=ro&immutable=1&_pragma=query_only(1)&_pragma=trusted_schema(0)"}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return nil, err
	}
	file := &exported{rows: ent.NewClient(ent.Driver(entsql.OpenDB(dialect.SQLite, db)))}
	if err := file.lookOver(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return file, nil
}

// lookOver reads how the file is signed and tries whether it fits this program and is sound.
func (e *exported) lookOver(ctx context.Context) (err error) {
	_, err = e.ask(ctx, `SELECT 1 FROM export`)
	var engine *sqlite.Error
	if errors.As(err, &engine) && (engine.Code() == sqlite3.SQLITE_NOTADB || engine.Code() == sqlite3.SQLITE_ERROR) { // no such table
		return Conflict("not_an_export")
	}
	want, err := newest("sqlite")
	if err != nil {
		return err
	}
	for _, check := range []struct{ query, answer, otherwise string }{
		{`SELECT max(version_id) FROM goose_db_version`, strconv.FormatInt(want, 10), "export_version"},
		{`SELECT count(*) FROM export`, "1", "export_damaged"},
		{`PRAGMA integrity_check(1)`, "ok", "export_damaged"},
		{`SELECT count(*) FROM pragma_foreign_key_check`, "0", "export_damaged"},
	} {
		switch answer, err := e.ask(ctx, check.query); {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return Conflict("export_damaged")
		case answer != check.answer:
			return Conflict(check.otherwise)
		}
	}
	var errs [3]error
	e.sum, errs[0] = e.ask(ctx, `SELECT sum FROM export`)
	e.seal, errs[1] = e.ask(ctx, `SELECT seal FROM export`)
	e.line, errs[2] = e.rows.Tenant.Query().Only(ctx)
	if errors.Join(errs[:]...) != nil {
		return Conflict("export_damaged")
	}
	return nil
}

// ask is the answer to a question of one row and one column.
func (e *exported) ask(ctx context.Context, query string) (answer string, err error) {
	rows, err := e.rows.QueryContext(ctx, query)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	if !rows.Next() {
		return "", errors.Join(rows.Err(), sql.ErrNoRows)
	}
	err = rows.Scan(&answer)
	return answer, err
}
