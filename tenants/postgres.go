package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"enlace/ent"
)

// postgres keeps all ISPs in shared tables under row-level security. Every transaction steps down from the login to a role that cannot log
// in, owns nothing and is held by the policies; the role and the ISP are set with the transaction and die with it.
type postgres struct{ db *sql.DB }

const (
	appRole   = "enlace_app"   // inside an ISP
	relayRole = "enlace_relay" // the platform: directory, operators, outbox
)

// OpenPostgres opens a migrated Postgres database. It returns an error when its tables are older than this program or the walls are not up:
// enlace_app missing, superuser, able to bypass row-level security, or owner of a table. warn gets a sentence when the login itself is more than it should be.
func OpenPostgres(ctx context.Context, url string, probe Probe, warn func(string)) (*DB, error) {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(40)
	db.SetMaxIdleConns(40)
	if err := checkRoles(ctx, db, warn); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	store := &postgres{db}
	if err := store.checkTables(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return newDB(store, probe), nil
}

var errNotMigrated = errors.New("o banco de dados não foi migrado: rode enlace migrate")

func checkRoles(ctx context.Context, db *sql.DB, warn func(string)) error {
	var there, tooMuch, login bool
	err := db.QueryRowContext(ctx, `
		SELECT count(*) = 2,
		       coalesce(bool_or(rolsuper OR rolbypassrls OR rolcanlogin OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)), false),
		       (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user)
		FROM pg_roles r WHERE rolname IN ('`+appRole+`', '`+relayRole+`')`).Scan(&there, &tooMuch, &login)
	switch {
	case err != nil:
		return fmt.Errorf("o banco de dados não responde: %w", err)
	case !there:
		return errNotMigrated
	case tooMuch:
		return errors.New("o papel enlace_app pode demais (superusuário, BYPASSRLS, login ou dono de tabela): rode enlace migrate e revise os papéis")
	case login && warn != nil:
		warn("o usuário do ENLACE_DATABASE_URL é superusuário ou tem BYPASSRLS; em produção use um que não seja")
	}
	return nil
}

// checkTables wants every migration of this program to be in the database; the roles alone may be another database's of the same cluster.
// A database that is ahead will do: it is migrated before the last of the older processes ends.
func (p *postgres) checkTables(ctx context.Context) error {
	want, err := newest("postgres")
	if err != nil {
		return err
	}
	tx, err := p.begin(ctx, scope{platform: true})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // it only reads
	rows, err := tx.QueryContext(ctx, `SELECT max(version_id) FROM goose_db_version`)
	if missing := (*pgconn.PgError)(nil); errors.As(err, &missing) && missing.Code == "42P01" { // undefined_table
		return errNotMigrated
	}
	if err != nil {
		return err
	}
	defer rows.Close()
	var version int64
	for rows.Next() {
		if err := rows.Scan(&version); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil || version >= want {
		return err
	}
	return errors.New("o banco de dados é de uma versão anterior do Enlace: rode enlace migrate")
}

func (p *postgres) dialect() string { return dialect.Postgres }
func (p *postgres) close() error    { return p.db.Close() }

// become sets role and ISP until the transaction ends.
const become = `SELECT set_config('role', $1, true), set_config('app.tenant', $2, true)`

func (p *postgres) begin(ctx context.Context, s scope) (transaction, error) {
	role, tenant, opts := appRole, s.tenant.String(), &sql.TxOptions{}
	if s.platform {
		role, tenant = relayRole, ""
	}
	if !s.write {
		opts = &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
	}
	tx, err := entsql.OpenDB(dialect.Postgres, p.db).BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	open := tx.(*entsql.Tx)
	if _, err := open.ExecContext(ctx, become, role, tenant); err != nil {
		return nil, errors.Join(err, open.Rollback())
	}
	return open, nil
}

// grown forgets the plans by which the connection holds references against their tables. They are made once, and of a table of two rows any
// index of the ISP's is as good as that of the whole key; when it has 10,000 each reference would be looked for through all of them, since no
// one counts the rows of a transaction that is not over.
func (p *postgres) grown(ctx context.Context, c *ent.Client) error {
	_, err := c.ExecContext(ctx, `DISCARD PLANS`)
	return err
}

func (p *postgres) platforms(context.Context) ([]scope, error) {
	return []scope{{platform: true}}, nil
}

// An ISP's rows will be rows of the tables that are there: founding one asks nothing of the store.
func (p *postgres) found(context.Context, string) (func() error, error) {
	return func() error { return nil }, nil
}
func (p *postgres) founded(Tenant) {}

func (p *postgres) enter(ctx context.Context, c *ent.Client, isp uuid.UUID) error {
	_, err := c.ExecContext(ctx, become, appRole, isp.String())
	return err
}
