package tenants

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// postgres keeps all ISPs in shared tables under row-level security. Every transaction steps down from the login to a role that cannot log
// in, owns nothing and is held by the policies; the role and the ISP are set with the transaction and die with it.
type postgres struct{ db *sql.DB }

const (
	appRole   = "enlace_app"   // inside an ISP
	relayRole = "enlace_relay" // the platform: directory, operators, outbox
)

// OpenPostgres opens a migrated Postgres database. It returns an error when the walls are not up: enlace_app missing, superuser, able to
// bypass row-level security, or owner of a table. warn gets a sentence when the login itself is more than it should be.
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
	return newDB(&postgres{db}, probe), nil
}

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
		return errors.New("o banco de dados não foi migrado: rode enlace migrate")
	case tooMuch:
		return errors.New("o papel enlace_app pode demais (superusuário, BYPASSRLS, login ou dono de tabela): rode enlace migrate e revise os papéis")
	case login && warn != nil:
		warn("o usuário do ENLACE_DATABASE_URL é superusuário ou tem BYPASSRLS; em produção use um que não seja")
	}
	return nil
}

func (p *postgres) dialect() string { return dialect.Postgres }
func (p *postgres) close() error    { return p.db.Close() }

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
	if _, err := open.ExecContext(ctx, `SELECT set_config('role', $1, true), set_config('app.tenant', $2, true)`, role, tenant); err != nil {
		return nil, errors.Join(err, open.Rollback())
	}
	return open, nil
}

func (p *postgres) platforms(context.Context) ([]scope, error) {
	return []scope{{platform: true}}, nil
}

// An ISP's rows will be rows of the tables that are there: founding one asks nothing of the store.
func (p *postgres) found(context.Context, string) error { return nil }
func (p *postgres) founded(Tenant)                      {}
