package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"entgo.io/ent/dialect"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgtype"

	"enlace/ent"
	"enlace/tenants/calendar"
)

// wall is the driver under ent. It refuses every statement outside a transaction and every transaction without a scope, so that no query
// can run without the store knowing for which ISP: on Postgres the transaction steps down to a role that row-level security binds, on
// SQLite it is in that ISP's own file.
type wall struct {
	store store
	probe Probe
}

// Probe is called before every statement of every transaction; an error fails the statement. Tests count with it and inject crashes.
type Probe func(ctx context.Context, statement string) error

// Arguments are those of the statement that a probe is called before.
func Arguments(ctx context.Context) []any {
	args, _ := ctx.Value(argumentsKey{}).([]any)
	return args
}

type argumentsKey struct{}

type scopeKey struct{}

var errOutside = errors.New("tenants: a statement outside a transaction")

func (w *wall) Exec(context.Context, string, any, any) error  { return errOutside }
func (w *wall) Query(context.Context, string, any, any) error { return errOutside }
func (w *wall) Dialect() string                               { return w.store.dialect() }
func (w *wall) Close() error                                  { return w.store.close() }

func (w *wall) Tx(ctx context.Context) (dialect.Tx, error) {
	s, ok := ctx.Value(scopeKey{}).(scope)
	if !ok {
		return nil, errors.New("tenants: a transaction without an ISP")
	}
	if err := w.ask(ctx, "BEGIN"); err != nil {
		return nil, err
	}
	tx, err := w.store.begin(ctx, s)
	if err != nil {
		return nil, err
	}
	return &guarded{transaction: tx, wall: w, platform: s.platform && !s.arriving}, nil
}

func (w *wall) ask(ctx context.Context, statement string) error {
	if w.probe == nil {
		return nil
	}
	return w.probe(ctx, statement)
}

// transaction is what ent's SQL driver gives: its own interface, and plain SQL for the one room that needs it.
type transaction interface {
	dialect.Tx
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// guarded passes on the statements its scope may make, with their instants in UTC: SQLite keeps instants as text and compares text.
type guarded struct {
	transaction
	wall     *wall
	platform bool
}

// ask refuses on SQLite what the rights of the two roles refuse on Postgres: the platform's transaction is in a file in which the whole ISP
// is, and must not see it. A table is written by its name, by ent and by us.
func (g *guarded) ask(ctx context.Context, statement string, args any) error {
	if g.wall.Dialect() == dialect.SQLite {
		for word := range strings.FieldsFuncSeq(statement, notOfAName) {
			name := strings.ToLower(word)
			if _, table := ent.Tables[name]; table && (g.platform && !ofPlatform(name) || !g.platform && !ofISP(name)) {
				return fmt.Errorf("tenants: permission denied for table %s", name)
			}
		}
	}
	if g.wall.probe != nil {
		ctx = context.WithValue(ctx, argumentsKey{}, args)
	}
	return g.wall.ask(ctx, statement)
}

// notOfAName says what stands between the names of a statement; our tables have letters and underscores.
func notOfAName(r rune) bool {
	return r != '_' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

func (g *guarded) Exec(ctx context.Context, query string, args, v any) error {
	if err := g.ask(ctx, query, args); err != nil {
		return err
	}
	return g.transaction.Exec(ctx, query, g.inUTC(args), v)
}

func (g *guarded) Query(ctx context.Context, query string, args, v any) error {
	if err := g.ask(ctx, query, args); err != nil {
		return err
	}
	return g.transaction.Query(ctx, query, g.inUTC(args), v)
}

func (g *guarded) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := g.ask(ctx, query, args); err != nil {
		return nil, err
	}
	return g.transaction.ExecContext(ctx, query, g.inUTC(args).([]any)...)
}

func (g *guarded) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := g.ask(ctx, query, args); err != nil {
		return nil, err
	}
	return g.transaction.QueryContext(ctx, query, g.inUTC(args).([]any)...)
}

func (g *guarded) Commit() error {
	if err := g.wall.ask(context.Background(), "COMMIT"); err != nil {
		return errors.Join(err, g.transaction.Rollback())
	}
	return g.transaction.Commit()
}

// instantText is how SQLite holds an instant: one width, so that text sorts as time.
const instantText = "2006-01-02 15:04:05.000000+00:00"

// inUTC are arguments as the store takes them. To pgx an id is given as its own kind and a day as text: of what speaks for itself (driver.Valuer)
// it first makes an error, then the text, then the value, and a statement of many rows has thousands of them.
func (g *guarded) inUTC(args any) any {
	list, ok := args.([]any)
	if !ok {
		return args
	}
	onSQLite := g.wall.Dialect() == dialect.SQLite
	converted := make([]any, len(list))
	for i, arg := range list {
		switch t := arg.(type) {
		case *time.Time:
			if t != nil {
				arg = *t
			}
		case uuid.UUID:
			if !onSQLite {
				arg = pgtype.UUID{Bytes: t, Valid: true}
			}
		case *uuid.UUID:
			if !onSQLite && t != nil {
				arg = pgtype.UUID{Bytes: *t, Valid: true}
			}
		case calendar.Date:
			if !onSQLite && !t.IsZero() {
				arg = t.String()
			}
		}
		if t, ok := arg.(time.Time); ok {
			arg = t.UTC()
			if onSQLite {
				arg = t.UTC().Format(instantText)
			}
		}
		converted[i] = arg
	}
	return converted
}

// newDB puts ent behind the wall: every row created is stamped with the context's ISP, and tables marked append-only refuse any change.
func newDB(s store, probe Probe) *DB {
	client := ent.NewClient(ent.Driver(&wall{store: s, probe: probe}))
	owned, appendOnly := map[string]bool{}, map[string]bool{}
	for _, t := range ent.Tables {
		owned[t.Type], appendOnly[t.Type] = t.Owned, t.AppendOnly
	}
	client.Use(func(next ent.Mutator) ent.Mutator {
		return ent.MutateFunc(func(ctx context.Context, m ent.Mutation) (ent.Value, error) {
			if appendOnly[m.Type()] && !m.Op().Is(ent.OpCreate) {
				return nil, fmt.Errorf("tenants: %s is append-only", m.Type())
			}
			if owned[m.Type()] && m.Op().Is(ent.OpCreate) {
				t, ok := From(ctx)
				if !ok {
					return nil, ErrNoTenant
				}
				if err := m.SetField("tenant_id", t.ID); err != nil {
					return nil, err
				}
			}
			return next.Mutate(ctx, m)
		})
	})
	return &DB{client: client, store: s, Clock: time.Now}
}
