package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"
	_ "modernc.org/sqlite" // the driver "sqlite"

	"enlace/ent"
)

// files keeps each ISP in its own SQLite file of one folder; another ISP's rows are simply not there. The platform (its operators) has a
// file too. All have the same schema.
type files struct {
	folder   string
	founding sync.Mutex // one file is made at a time: a form sent twice must not make one twice
	mu       sync.RWMutex
	open     map[uuid.UUID]*file
	names    map[string]*file
}

// file is one SQLite file: one writer at a time, begun at once so that it never has to give up half way, beside readers that see snapshots.
type file struct {
	name           string
	writer, reader *sql.DB
}

const (
	platformFile = OperatorSlug + suffix // no ISP may be called so
	suffix       = ".sqlite"

	// longestJournal is to how many bytes the journal of a file is cut once what it holds is in the file: an import of 50,000 lines leaves 500 MB.
	longestJournal = 16 << 20
)

// OpenSQLite opens the folder of SQLite files, makes it when it is missing, and migrates every file in it.
func OpenSQLite(ctx context.Context, folder string, probe Probe) (*DB, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("a pasta de dados %s não pode ser usada: %w", folder, err)
	}
	store := &files{folder: folder, open: map[uuid.UUID]*file{}, names: map[string]*file{}}
	names, err := filepath.Glob(filepath.Join(folder, "*"+suffix))
	if err != nil {
		return nil, err
	}
	if err := store.add(ctx, platformFile); err != nil {
		return nil, errors.Join(err, store.close())
	}
	for _, path := range names {
		if name := filepath.Base(path); name != platformFile {
			if err := store.add(ctx, name); err != nil {
				return nil, errors.Join(err, store.close())
			}
		}
	}
	return newDB(store, probe), nil
}

// add migrates a file, opens it, and finds out whose it is.
func (f *files) add(ctx context.Context, name string) error {
	path := filepath.Join(f.folder, name)
	if err := migrateSQLite(ctx, path); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	const pragmas = "?_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)"
	writer, err := sql.Open("sqlite", "file:"+path+pragmas+"&_txlock=immediate"+fmt.Sprintf("&_pragma=journal_size_limit(%d)", longestJournal))
	if err != nil {
		return err
	}
	writer.SetMaxOpenConns(1)
	reader, err := sql.Open("sqlite", "file:"+path+pragmas+"&_pragma=query_only(1)")
	if err != nil {
		return errors.Join(err, writer.Close())
	}
	reader.SetMaxOpenConns(4)
	opened := &file{name: name, writer: writer, reader: reader}

	f.mu.Lock()
	defer f.mu.Unlock()
	f.names[name] = opened
	var id uuid.UUID
	switch err := reader.QueryRowContext(ctx, "SELECT id FROM tenants").Scan(&id); {
	case err == nil:
		f.open[id] = opened
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	return nil
}

func (f *files) dialect() string { return dialect.SQLite }

func (f *files) begin(ctx context.Context, s scope) (transaction, error) {
	f.mu.RLock()
	in := f.open[s.tenant]
	if s.platform {
		in = f.names[s.file]
	}
	f.mu.RUnlock()
	if in == nil {
		return nil, fmt.Errorf("tenants: no file for the ISP %s", s.tenant)
	}
	db, opts := in.reader, &sql.TxOptions{ReadOnly: true}
	if s.write {
		db, opts = in.writer, nil
	}
	tx, err := entsql.OpenDB(dialect.SQLite, db).BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	return tx.(*entsql.Tx), nil
}

func (f *files) platforms(context.Context) ([]scope, error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	scopes := make([]scope, 0, len(f.names))
	for name := range f.names {
		scopes = append(scopes, scope{platform: true, file: name})
	}
	return scopes, nil
}

// found makes the file of a new ISP, or finds the one that is there; undo takes away the one it made, with all that is in it.
func (f *files) found(ctx context.Context, slug string) (undo func() error, err error) {
	f.founding.Lock()
	defer f.founding.Unlock()
	f.mu.RLock()
	there := f.names[slug+suffix] != nil
	f.mu.RUnlock()
	if there {
		return func() error { return nil }, nil
	}
	return func() error { return f.drop(slug + suffix) }, f.add(ctx, slug+suffix)
}

func (f *files) drop(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	dropped := f.names[name]
	delete(f.names, name)
	return errors.Join(dropped.reader.Close(), dropped.writer.Close(), os.Remove(filepath.Join(f.folder, name)))
}

// enter has nothing to do: there is nobody else's row in the file.
func (f *files) enter(context.Context, *ent.Client, uuid.UUID) error { return nil }

// grown has nothing to do: SQLite looks for a row by its whole key, whatever it knows of the table.
func (f *files) grown(context.Context, *ent.Client) error { return nil }

func (f *files) founded(t Tenant) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open[t.ID] = f.names[t.Slug+suffix]
}

func (f *files) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var errs []error
	for _, opened := range f.names {
		errs = append(errs, opened.reader.Close(), opened.writer.Close())
	}
	clear(f.names)
	clear(f.open)
	return errors.Join(errs...)
}
