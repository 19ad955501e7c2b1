package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants/calendar"
)

// DB is the only way to a database. Write, Read and Platform each run one transaction behind the wall; rooms see a client, never a
// transaction, so none can commit on its own.
type DB struct {
	client *ent.Client
	store  store
	Clock  func() time.Time // the wall clock; tests drive it
}

// store is one of the two: Postgres, or one SQLite file an ISP.
type store interface {
	dialect() string
	begin(ctx context.Context, s scope) (transaction, error)
	platforms(ctx context.Context) ([]scope, error)                        // the scopes Platform runs in
	found(ctx context.Context, slug string) (undo func() error, err error) // makes room for a new ISP
	enter(ctx context.Context, c *ent.Client, isp uuid.UUID) error         // goes on, in a transaction of the platform, as the ISP that it made
	founded(t Tenant)                                                      // the ISP's row is in its place
	grown(ctx context.Context, c *ent.Client) error                        // the tables have grown since the transaction began
	close() error
}

var (
	// ErrNoTenant means that a context is inside no ISP.
	ErrNoTenant = errors.New("tenants: the context is inside no ISP")
	// ErrWriteInRead means that a Write was asked for inside a Read.
	ErrWriteInRead = errors.New("tenants: Write inside Read")
	// ErrOtherTenant means that a transaction of one ISP was joined for another.
	ErrOtherTenant = errors.New("tenants: the transaction belongs to another ISP")
	// ErrDoomed means that an inner call failed and its error was dropped; the whole transaction is undone.
	ErrDoomed = errors.New("tenants: an inner call failed, so nothing is kept")
)

// Write runs do in one transaction of the context's ISP, or joins the one the context is already in. An error undoes everything, and so
// does a failed inner Write even when its error is dropped.
func (db *DB) Write(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return db.inside(ctx, true, do)
}

// Read runs do in one snapshot of the context's ISP, or joins the transaction the context is already in. Nothing it does is kept.
func (db *DB) Read(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return db.inside(ctx, false, do)
}

// Platform runs do where the directory of ISPs, the operators with what they did, and the outbox rows of every ISP are seen, and nothing
// else of theirs: once on Postgres, once a file on SQLite, each in its own transaction. Only the directory, the outbox and the operator's
// room call it, PlatformRead and PlatformAt; a test lists the files.
func (db *DB) Platform(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return db.everywhere(ctx, true, do)
}

// PlatformRead is Platform that keeps nothing.
func (db *DB) PlatformRead(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return db.everywhere(ctx, false, do)
}

// PlatformAt is Platform in one place alone: at the line of one ISP in the directory or, for OperatorSlug, at the operators' own.
func (db *DB) PlatformAt(ctx context.Context, slug string, do func(context.Context, *ent.Client) error) error {
	if unitOf(ctx) != nil {
		return errPlatformInside
	}
	return db.run(ctx, scope{platform: true, write: true, file: slug + suffix}, do)
}

var errPlatformInside = errors.New("tenants: Platform inside a transaction")

func (db *DB) everywhere(ctx context.Context, write bool, do func(context.Context, *ent.Client) error) error {
	if unitOf(ctx) != nil {
		return errPlatformInside
	}
	scopes, err := db.store.platforms(ctx)
	if err != nil {
		return err
	}
	for _, s := range scopes {
		s.write = write
		if err := db.run(ctx, s, do); err != nil {
			return err
		}
	}
	return nil
}

// Now is the instant by the clock, in UTC and whole microseconds, as both stores keep it.
func (db *DB) Now() time.Time { return db.Clock().UTC().Truncate(time.Microsecond) }

// Today is the civil date in the zone of the context's ISP.
func (db *DB) Today(ctx context.Context) calendar.Date {
	t, _ := From(ctx)
	return t.Today(db.Now())
}

// At is the same database under another clock: what is done through it is done at that time.
func (db *DB) At(clock func() time.Time) *DB {
	return &DB{client: db.client, store: db.store, Clock: clock}
}

// Close lets go of the database.
func (db *DB) Close() error { return db.store.close() }

// scope is what a transaction may see.
type scope struct {
	tenant   uuid.UUID // none for the platform
	file     string    // of the platform's scopes on SQLite
	platform bool
	arriving bool // of the platform until an ISP's line of the directory is written, and then that ISP's own: store.enter
	write    bool
}

// unit is the transaction a context is in.
type unit struct {
	scope   scope
	dialect string
	client  *ent.Client
	doomed  bool
	after   []func()
}

type unitKey struct{}

func unitOf(ctx context.Context) *unit {
	u, _ := ctx.Value(unitKey{}).(*unit)
	return u
}

// AfterCommit runs what once the transaction the context is in has been kept, and never if it is undone.
func AfterCommit(ctx context.Context, what func()) {
	if u := unitOf(ctx); u != nil {
		u.after = append(u.after, what)
	}
}

func (db *DB) inside(ctx context.Context, write bool, do func(context.Context, *ent.Client) error) error {
	t, ok := From(ctx)
	if !ok {
		return ErrNoTenant
	}
	u := unitOf(ctx)
	switch {
	case u == nil:
		return db.run(ctx, scope{tenant: t.ID, write: write}, do)
	case u.scope.platform || u.scope.tenant != t.ID:
		return ErrOtherTenant
	case write && !u.scope.write:
		return ErrWriteInRead
	}
	err := do(ctx, u.client)
	if err != nil {
		u.doomed = true
	}
	return err
}

// longest is how long a transaction may take when the context sets no nearer deadline.
const longest = 30 * time.Second

func (db *DB) run(ctx context.Context, s scope, do func(context.Context, *ent.Client) error) (err error) {
	if _, set := ctx.Deadline(); !set {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, longest)
		defer cancel()
	}
	tx, err := db.client.Tx(context.WithValue(ctx, scopeKey{}, s))
	if err != nil {
		return fmt.Errorf("tenants: begin: %w", err)
	}
	kept := false
	defer func() {
		if !kept {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	u := &unit{scope: s, dialect: db.store.dialect(), client: tx.Client()}
	if err := do(context.WithValue(ctx, unitKey{}, u), u.client); err != nil {
		return err
	}
	if u.doomed {
		return ErrDoomed
	}
	kept = true
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("tenants: commit: %w", err)
	}
	for _, what := range u.after {
		what()
	}
	return nil
}

// WasThere says that an insert with OnConflict().DoNothing() did nothing because the row was there already.
func WasThere(err error) bool { return errors.Is(err, sql.ErrNoRows) }
