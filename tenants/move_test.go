package tenants_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/migrate"
	"enlace/tenants"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/numbers"
	"enlace/tenants/staff"
	"enlace/tenants/tenanttest"
)

func vault(t testing.TB, key byte) *tenants.Vault {
	t.Helper()
	v, err := tenants.NewVault(bytes.Repeat([]byte{key}, tenants.VaultKeyBytes))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// exports writes an ISP into a new file.
func exports(t testing.TB, db *tenants.DB, slug string) (path string, moved tenants.Moved) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "provedor com espaço?.sqlite")
	moved, err := db.Export(context.Background(), vault(t, 0), slug, path)
	if err != nil {
		t.Fatal(err)
	}
	return path, moved
}

// contents are the rows of an ISP by table, each as one text that is the same in both stores.
func contents(t testing.TB, db *tenants.DB, isp tenants.Tenant) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	err := db.Read(tenants.With(context.Background(), isp), func(ctx context.Context, c *ent.Client) error {
		for _, table := range migrate.Tables {
			if !ent.Tables[table.Name].Owned && table.Name != "tenants" {
				continue
			}
			rows, err := c.QueryContext(ctx, `SELECT * FROM "`+table.Name+`" ORDER BY id`)
			if err != nil {
				return err
			}
			all[table.Name] = []string{}
			for rows.Next() {
				all[table.Name] = append(all[table.Name], rowText(t, table, rows))
			}
			if err := errors.Join(rows.Err(), rows.Close()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func rowText(t testing.TB, table *schema.Table, rows *sql.Rows) string {
	t.Helper()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	values, into := make([]any, len(names)), make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	if err := rows.Scan(into...); err != nil {
		t.Fatal(err)
	}
	held := map[string]any{}
	for i, name := range names {
		kind := field.TypeInvalid
		for _, column := range table.Columns {
			if column.Name == name {
				kind = column.Type
			}
		}
		if kind == field.TypeInvalid {
			t.Fatalf("%s.%s is not in the schema", table.Name, name)
		}
		held[name] = plain(t, kind, values[i])
	}
	text, err := json.Marshal(held) // by name
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// plain is a value in one of the ways it can be written.
func plain(t testing.TB, kind field.Type, value any) any {
	t.Helper()
	switch v := value.(type) {
	case time.Time:
		if kind == field.TypeOther {
			return v.Format(time.DateOnly)
		}
		return v.UTC().Format(time.RFC3339Nano)
	case int64:
		if kind == field.TypeBool {
			return v != 0
		}
	case string:
		if kind == field.TypeJSON {
			return plain(t, kind, []byte(v))
		}
	case []byte:
		if kind != field.TypeJSON {
			return fmt.Sprintf("%d bytes %x", len(v), sha256.Sum256(v))
		}
		var tree any
		if err := json.Unmarshal(v, &tree); err != nil {
			t.Fatal(err)
		}
		return tree
	}
	return value
}

// sameRows fails for every table that does not hold the same rows on both sides.
func sameRows(t *testing.T, before, after map[string][]string) {
	t.Helper()
	for name, rows := range before {
		if len(after[name]) != len(rows) {
			t.Errorf("%s: %d rows became %d", name, len(rows), len(after[name]))
			continue
		}
		for i, row := range rows {
			if after[name][i] != row {
				t.Errorf("%s:\n%s became\n%s", name, row, after[name][i])
				break
			}
		}
	}
}

// sources are stores with an ISP worth moving, fibranorte, beside another: one with all that happens in an office, one with something in
// every table.
var sources = map[string]func(t *testing.T, kind string) (*tenants.DB, tenants.Tenant){
	"an office": func(t *testing.T, kind string) (*tenants.DB, tenants.Tenant) {
		o := map[string]func(testing.TB) *demotest.Office{"sqlite": demotest.OpenSQLite, "postgres": demotest.OpenPostgres}[kind](t)
		return o.DB, o.Here
	},
	"a row of everything": func(t *testing.T, kind string) (*tenants.DB, tenants.Tenant) {
		o := map[string]func(testing.TB) *tenanttest.Office{"sqlite": tenanttest.SQLite, "postgres": tenanttest.Postgres}[kind](t)
		tenanttest.Sow(t, o.DB, o.Ctx())
		tenanttest.Sow(t, o.DB, o.OtherCtx())
		return o.DB, o.Here
	},
}

var emptyStores = map[string]func(testing.TB) *tenants.DB{"sqlite": tenanttest.EmptySQLite, "postgres": tenanttest.EmptyPostgres}

func TestAnISPMovesFromEitherStoreIntoEither(t *testing.T) {
	for what, open := range sources {
		for from := range emptyStores {
			for to, empty := range emptyStores {
				t.Run(what+" from "+from+" to "+to, func(t *testing.T) {
					t.Parallel()
					db, isp := open(t, from)
					before := contents(t, db, isp)
					path, left := exports(t, db, isp.Slug)
					other, slug := empty(t), ""
					if to == "sqlite" {
						slug = "novonome"
					}
					arrived, err := other.Import(context.Background(), vault(t, 0), path, slug)
					if err != nil {
						t.Fatal(err)
					}
					found, err := other.Find(context.Background(), arrived.Tenant.Slug)
					if err != nil || found.Slug != arrived.Tenant.Slug || found.ID != isp.ID || !arrived.Active || arrived.OtherKey {
						t.Errorf("found %v, %v; arrived %+v", found, err, arrived.Tenant)
					}
					if slug != "" {
						before["tenants"][0] = strings.Replace(before["tenants"][0], `"slug":"fibranorte"`, `"slug":"novonome"`, 1)
					}
					sameRows(t, before, contents(t, other, arrived.Tenant))
					for i, table := range left.Tables {
						if arrived.Tables[i] != table || table.Rows != len(before[table.Name]) {
							t.Errorf("%v left, %v arrived, %d were there", table, arrived.Tables[i], len(before[table.Name]))
						}
					}
				})
			}
		}
	}
}

func TestAnExportHoldsNothingOfAnotherISP(t *testing.T) {
	o := demotest.OpenPostgres(t)
	path, _ := exports(t, o.DB, o.Here.Slug)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	holds := func(text string) bool { return bytes.Contains(file, []byte(text)) }
	if !holds(o.Here.ID.String()) || !holds("Maria Demonstração") {
		t.Error("its own rows are not in it")
	}
	foreign := []string{o.Other.ID.String(), string(o.Other.ID[:]), o.Other.Slug, o.Other.Name}
	mine, theirs := contents(t, o.DB, o.Here), contents(t, o.DB, o.Other)
	for name, rows := range theirs {
		for _, row := range rows {
			var held map[string]any
			if err := json.Unmarshal([]byte(row), &held); err != nil {
				t.Fatal(err)
			}
			foreign = append(foreign, held["id"].(string))
			if text, is := held["name"].(string); is && name == "customers" && !strings.Contains(strings.Join(mine[name], ""), text) {
				foreign = append(foreign, text)
			}
		}
	}
	if len(foreign) < 100 {
		t.Fatalf("only %d texts were looked for", len(foreign))
	}
	for _, text := range foreign {
		if holds(text) {
			t.Errorf("the file holds %q of the other ISP", text)
		}
	}
	if beside, err := os.ReadDir(filepath.Dir(path)); err != nil || len(beside) != 1 {
		t.Errorf("beside the file there is %v, %v", beside, err)
	}
	if about, err := os.Stat(path); err != nil || about.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v", about.Mode(), err)
	}
}

func TestTheOfficeGoesOnWhereItWent(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		var last int64
		o.Read(func(ctx context.Context, c *ent.Client) error {
			last = c.Customer.Query().Order(ent.Desc(customer.FieldNumber)).FirstX(ctx).Number
			return nil
		})
		path, _ := exports(t, o.DB, o.Here.Slug)
		for kind, empty := range emptyStores {
			db := empty(t)
			arrived, err := db.Import(context.Background(), vault(t, 0), path, "")
			if err != nil {
				t.Fatal(err)
			}
			ctx := tenants.With(context.Background(), arrived.Tenant)
			if _, err := (&staff.Desk{DB: db}).SignIn(ctx, "gerente@fibranorte.example", demotest.Password, "127.0.0.1", "teste"); err != nil {
				t.Errorf("%s: signing in: %v", kind, err)
			}
			err = db.Write(ctx, func(ctx context.Context, c *ent.Client) error {
				next, err := numbers.Next(ctx, c, numbers.Customer)
				if next != last+1 {
					t.Errorf("%s: after customer %d comes %d", kind, last, next)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
	})
}

func TestAnExportIsOneInstant(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		tenanttest.Sow(t, o.DB, o.Ctx())
		before := contents(t, o.DB, o.Here)
		late := false
		o.Probe(func(_ context.Context, statement string) error {
			if strings.Contains(statement, `FROM "addresses"`) || strings.Contains(statement, "FROM `addresses`") { // the directory has been read already
				o.Probe(nil)
				late = true
				return o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
					return errors.Join(addGroup("tarde")(ctx, c), c.Customer.Update().SetName("mudado").Exec(ctx))
				})
			}
			return nil
		})
		path, _ := exports(t, o.DB, o.Here.Slug)
		db := tenanttest.EmptySQLite(t)
		if _, err := db.Import(context.Background(), vault(t, 0), path, ""); err != nil {
			t.Fatal(err)
		}
		if sameRows(t, before, contents(t, db, o.Here)); !late {
			t.Error("nothing was written meanwhile")
		}
	})
}

func TestAnImportIsWholeOrNothing(t *testing.T) {
	path, _ := exports(t, demotest.OpenSQLite(t).DB, "fibranorte")
	tenanttest.OnEachEmptyStore(t, func(t *testing.T, db *tenants.DB, probe *tenanttest.Probe) {
		broken := errors.New("broken")
		for _, at := range []string{`INTO "tenants"`, `INTO "charges"`, `INTO "work_order_types"`, "COMMIT"} {
			writing := false
			probe.Set(func(_ context.Context, statement string) error {
				statement = strings.ReplaceAll(statement, "`", `"`)
				writing = writing || strings.Contains(statement, `INTO "tenants"`)
				if writing && strings.Contains(statement, at) {
					return broken
				}
				return nil
			})
			_, err := db.Import(context.Background(), vault(t, 0), path, "")
			probe.Set(nil)
			if !errors.Is(err, broken) {
				t.Errorf("%s: %v", at, err)
			}
			if all, err := db.Directory(context.Background()); err != nil || len(all) != 0 {
				t.Errorf("%s: there is %v, %v", at, all, err)
			}
		}
		if _, err := db.Import(context.Background(), vault(t, 0), path, ""); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatCannotBeMovedIsRefused(t *testing.T) {
	o := demotest.OpenSQLite(t)
	path, _ := exports(t, o.DB, "fibranorte")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// changed is a copy of the export after some statements.
	changed := func(t *testing.T, statements string) string {
		t.Helper()
		name := filepath.Join(t.TempDir(), "mudado.sqlite")
		db, err := sql.Open("sqlite", "file:"+name+"?_pragma=foreign_keys(0)")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := os.WriteFile(name, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(statements); err != nil {
			t.Fatal(err)
		}
		return name
	}
	written := func(t *testing.T, content []byte) string {
		t.Helper()
		name := filepath.Join(t.TempDir(), "escrito.sqlite")
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	torn := bytes.Clone(whole)
	for i := len(torn) / 2; i < len(torn)/2+20_000; i++ {
		torn[i] ^= 0x55
	}
	tenanttest.OnEachEmptyStore(t, func(t *testing.T, db *tenants.DB, _ *tenanttest.Probe) {
		if _, err := db.Found(context.Background(), "ocupado", "Ocupado", time.UTC, func(context.Context, *ent.Client) error { return nil }); err != nil {
			t.Fatal(err)
		}
		refused := func(path, slug, want string) {
			t.Helper()
			_, err := db.Import(context.Background(), vault(t, 0), path, slug)
			if got := demotest.Fault(err); got != want {
				t.Errorf("it was answered %s, want %s", got, want)
			}
		}
		refused(path, "ocupado", "slug_taken")
		refused(path, "Nome Errado", "slug: slug_shape")
		refused(path, "operador", "slug: slug_reserved")
		refused(written(t, nil), "", "not_an_export")
		refused(written(t, []byte(strings.Repeat("isto não é um banco ", 500))), "", "not_an_export")
		refused(t.TempDir(), "", "not_an_export")
		refused(changed(t, `DROP TABLE export`), "", "not_an_export")
		refused(changed(t, `UPDATE goose_db_version SET version_id = version_id + 1 WHERE version_id > 0`), "", "export_version")
		refused(written(t, whole[:len(whole)/2]), "", "export_damaged")
		refused(written(t, torn), "", "export_damaged")
		refused(changed(t, `DROP TRIGGER ledger_entries_no_delete; DELETE FROM customers`), "", "export_damaged")
		refused(changed(t, `UPDATE charges SET amount = amount + 1`), "", "export_damaged")
		refused(changed(t, `DELETE FROM search_words`), "", "export_damaged")
		if all, err := db.Directory(context.Background()); err != nil || len(all) != 1 {
			t.Errorf("there is %v, %v", all, err)
		}
		if arrived, err := db.Import(context.Background(), vault(t, 1), path, ""); err != nil || !arrived.OtherKey {
			t.Errorf("under another key: %v, %v", arrived.OtherKey, err)
		}
		refused(path, "", "isp_there")
		refused(path, "outronome", "isp_there")
		if _, err := db.Export(context.Background(), vault(t, 0), "ninguem", filepath.Join(t.TempDir(), "x")); demotest.Fault(err) != "not_found" {
			t.Errorf("nobody was exported: %v", err)
		}
		if _, err := db.Export(context.Background(), vault(t, 0), "fibranorte", path); demotest.Fault(err) != "file_there" {
			t.Errorf("a file was written over: %v", err)
		}
	})
}

func TestMemoryIsFlatHoweverMuchMoves(t *testing.T) {
	const papers, size, most = 120, 1 << 20, 60 << 20
	defer debug.SetGCPercent(debug.SetGCPercent(20)) // what waits to be collected is not what is held
	for kind, open := range map[string]func(testing.TB) *tenanttest.Office{"sqlite": tenanttest.SQLite, "postgres": tenanttest.Postgres} {
		o := open(t)
		content := bytes.Repeat([]byte("papel "), size/6)
		for range papers {
			err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
				return c.File.Create().SetName("carnê.pdf").SetContentType("application/pdf").SetSize(size).SetSha256(uuid.NewString()).
					SetContent(content).SetCreatedAt(tenanttest.Now).Exec(ctx)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		runtime.GC()
		peak := watchMemory(t, func() {
			path, _ := exports(t, o.DB, o.Here.Slug)
			if _, err := emptyStores[kind](t).Import(context.Background(), vault(t, 0), path, ""); err != nil {
				t.Error(err)
			}
		})
		if t.Logf("%s: %d MB moved twice with %d MB of memory", kind, papers*size>>20, peak>>20); peak > most {
			t.Errorf("%s: %d MB of memory for %d MB of papers", kind, peak>>20, papers*size>>20)
		}
	}
}

// watchMemory is how much memory was in use at most while do ran, what waits to be collected included.
func watchMemory(t *testing.T, do func()) (peak uint64) {
	t.Helper()
	ended, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
			select {
			case <-ended:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	do()
	close(ended)
	<-watched
	return peak
}
