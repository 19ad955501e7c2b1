package tenants_test

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"sync"
	"testing"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/tenanttest"
)

func open(t *testing.T) (*sql.DB, string) {
	t.Helper()
	url := tenanttest.Database(t)
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db, url
}

func lines(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTheCatalogueShowsEveryWallUp(t *testing.T) {
	db, _ := open(t)
	catalogue := lines(t, db, `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'goose_db_version' ORDER BY 1`)
	if len(catalogue) != len(ent.Tables) {
		t.Errorf("%d tables in the database, %d in the schema", len(catalogue), len(ent.Tables))
	}
	forced := lines(t, db, `SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity`)
	policies := lines(t, db, `SELECT tablename||' '||policyname||' '||cmd||' '||array_to_string(roles, ',')||' '||coalesce(qual, '')||' '||coalesce(with_check, '') FROM pg_policies`)
	rights := lines(t, db, `SELECT table_name||' '||grantee||' '||privilege_type FROM information_schema.role_table_grants WHERE table_schema = 'public' AND grantee <> 'owner'`)
	for _, name := range catalogue {
		if !slices.Contains(forced, name) {
			t.Errorf("%s: row-level security is not forced", name)
		}
		table := ent.Tables[name]
		if table.Owned && !slices.ContainsFunc(policies, func(p string) bool {
			return strings.HasPrefix(p, name+" isp ALL enlace_app ") && strings.Count(p, "tenant_id") == 2 && strings.Count(p, "app.tenant") == 2
		}) {
			t.Errorf("%s: no policy keeps it to its ISP", name)
		}
		for _, event := range []string{"UPDATE", "DELETE", "TRUNCATE"} {
			may := slices.Contains(rights, name+" enlace_app "+event)
			if want := table.Owned && !table.AppendOnly && event != "TRUNCATE"; may != want {
				t.Errorf("%s: enlace_app may %s is %v, want %v", name, event, may, want)
			}
			may = slices.Contains(rights, name+" enlace_relay "+event)
			if want := (!table.Owned || name == "outbox") && !table.AppendOnly && event != "TRUNCATE"; may != want {
				t.Errorf("%s: enlace_relay may %s is %v, want %v", name, event, may, want)
			}
		}
		for role, want := range map[string]bool{"enlace_app": table.Owned || name == "tenants", "enlace_relay": !table.Owned || name == "outbox"} {
			if may := slices.Contains(rights, name+" "+role+" SELECT"); may != want {
				t.Errorf("%s: %s may SELECT is %v, want %v", name, role, may, want)
			}
		}
	}
	if open := slices.DeleteFunc(rights, func(r string) bool {
		return strings.Contains(r, " enlace_app ") || strings.Contains(r, " enlace_relay ")
	}); len(open) > 0 {
		t.Errorf("others have rights: %v", open)
	}
	if strong := lines(t, db, `SELECT rolname FROM pg_roles r WHERE rolname LIKE 'enlace%' AND (rolsuper OR rolbypassrls OR rolcanlogin OR rolcreaterole
		OR EXISTS (SELECT FROM pg_class WHERE relowner = r.oid))`); len(strong) > 0 {
		t.Errorf("roles that may too much: %v", strong)
	}
}

func TestEveryReferenceSpansTheTenant(t *testing.T) {
	db, _ := open(t)
	keys := lines(t, db, `SELECT conrelid::regclass||' '||confrelid::regclass||' '||confdeltype::text||' '||array_to_string(ARRAY(
		SELECT attname FROM unnest(conkey) k JOIN pg_attribute ON attrelid = conrelid AND attnum = k ORDER BY attname), ',')
		FROM pg_constraint WHERE contype = 'f'`)
	for name, table := range ent.Tables {
		for column, to := range table.References {
			columns := []string{column, "tenant_id"}
			slices.Sort(columns)
			if want := name + " " + to + " a " + strings.Join(columns, ","); !slices.Contains(keys, want) {
				t.Errorf("missing the key %q", want)
			}
		}
	}
}

func TestColumnsThatNameARowAreReferences(t *testing.T) {
	db, _ := open(t)
	free := map[string]bool{ // what they point at is of several kinds, or no row at all, or of the same table, which cannot have a key on itself
		"subscriptions.chain_id": true,
		"history.subject_id":     true, "history.actor_id": true, "ledger_entries.posting_id": true, "trust_quota.subject_id": true,
		"batches.subject_id": true, "emails.about_id": true, "upload_pieces.upload_id": true, "operator_sessions.operator_id": true, "operator_actions.operator_id": true, "operator_actions.isp_id": true,
		"telegram_links.chat_id": true, "telegram_attempts.chat_id": true, "telegram_dialogs.chat_id": true, "telegram_messages.chat_id": true, "telegram_messages.about_id": true, "telegram_messages.bundle_id": true, "telegram_updates.update_id": true, "payments.external_id": true, "goose_db_version.version_id": true, "psp_accounts.client_id": true, "paper_pieces.paper_id": true, "connections.acct_session_id": true,
	}
	for _, column := range lines(t, db, `SELECT table_name||'.'||column_name FROM information_schema.columns
		WHERE table_schema = 'public' AND column_name LIKE '%\_id' AND column_name <> 'tenant_id'`) {
		table, name, _ := strings.Cut(column, ".")
		if _, is := ent.Tables[table].References[name]; !is && !free[column] {
			t.Errorf("%s is no reference and not listed as free", column)
		}
	}
}

// TestWordsSortByTheirBytes: a search is a range of words, whose end Go reckons byte by byte; no language of the database's may sort otherwise.
func TestWordsSortByTheirBytes(t *testing.T) {
	db, _ := open(t)
	if sorted := lines(t, db, `SELECT collation_name FROM information_schema.columns WHERE table_name = 'search_words' AND column_name = 'word'`); !slices.Equal(sorted, []string{"C"}) {
		t.Errorf("the words sort by %v", sorted)
	}
	indexes := lines(t, db, `SELECT i.indexrelid::regclass||' '||l.collname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indexrelid AND a.attname = 'word'
		JOIN pg_collation l ON l.oid = a.attcollation WHERE i.indrelid = 'search_words'::regclass`)
	if len(indexes) != 2 || slices.ContainsFunc(indexes, func(line string) bool { return !strings.HasSuffix(line, " C") }) {
		t.Errorf("the indexes of the words sort by %v", indexes)
	}
}

func TestTwoMigrationsAtOnceAndAgain(t *testing.T) {
	_, url := open(t)
	var wg sync.WaitGroup
	for range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := tenants.MigratePostgres(context.Background(), url); err != nil {
				t.Error(err)
			}
		}()
	}
	wg.Wait()
}

func TestALoginThatMayTooMuchIsNamedAndAnOwnerRoleIsRefused(t *testing.T) {
	_, url := open(t)
	var said []string
	db, err := tenants.OpenPostgres(context.Background(), url, nil, func(s string) { said = append(said, s) })
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil || len(said) != 1 {
		t.Errorf("the superuser's login was warned of %d times, %v", len(said), err)
	}
	admin, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	if _, err := admin.Exec(`GRANT CREATE ON SCHEMA public TO enlace_app; ALTER TABLE groups OWNER TO enlace_app`); err != nil {
		t.Fatal(err)
	}
	if _, err := tenants.OpenPostgres(context.Background(), url, nil, nil); err == nil || !strings.Contains(err.Error(), "enlace_app") {
		t.Errorf("enlace_app owns a table, and Enlace started: %v", err)
	}
}

func TestALoginThatOwnsNothingWorksAndOldTablesAreRefused(t *testing.T) {
	db, url := open(t)
	const login = "enlace_test_login" // the cluster's, so there is one at a time
	if _, err := db.Exec(`CREATE ROLE ` + login + ` LOGIN NOINHERIT IN ROLE enlace_app, enlace_relay`); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec(`DROP ROLE ` + login); err != nil {
			t.Error(err)
		}
	})
	url = strings.Replace(url, "owner@", login+"@", 1)
	warn := func(said string) { t.Errorf("warned of %s", said) }
	enlace, err := tenants.OpenPostgres(context.Background(), url, nil, warn)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := enlace.Directory(context.Background()); err != nil {
		t.Error(err)
	}
	if err := enlace.Close(); err != nil {
		t.Error(err)
	}
	if _, err := db.Exec(`UPDATE goose_db_version SET version_id = version_id - 1`); err != nil {
		t.Fatal(err)
	}
	if _, err := tenants.OpenPostgres(context.Background(), url, nil, warn); err == nil || !strings.Contains(err.Error(), "rode enlace migrate") {
		t.Errorf("older tables were answered %v", err)
	}
}
