package tenants_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/tenanttest"
)

func count(t *testing.T, db *tenants.DB, ctx context.Context, table string) int {
	t.Helper()
	n := 0
	err := db.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err := c.QueryContext(ctx, `SELECT count(*) FROM "`+table+`"`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			if err := rows.Scan(&n); err != nil {
				return err
			}
		}
		return rows.Err()
	})
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	return n
}

func affected(t *testing.T, db *tenants.DB, ctx context.Context, statement string) (int64, error) {
	t.Helper()
	var n int64
	err := db.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		result, err := c.ExecContext(ctx, statement)
		if err != nil {
			return err
		}
		n, err = result.RowsAffected()
		return err
	})
	return n, err
}

func TestAStrangerSeesAndTouchesNothing(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		theirs := tenanttest.Sow(t, o.DB, o.Ctx())
		for _, table := range tenants.OwnedTables() {
			if n := count(t, o.DB, o.Ctx(), table.Name); n != 1 {
				t.Fatalf("%s: its own ISP sees %d rows, want the one sown", table.Name, n)
			}
			if n := count(t, o.DB, o.OtherCtx(), table.Name); n != 0 {
				t.Errorf("%s: a stranger sees %d rows", table.Name, n)
			}
			if ent.Tables[table.Name].AppendOnly {
				continue // nobody changes those: TestAppendOnlyTablesRefuseChange
			}
			for _, statement := range []string{`UPDATE "` + table.Name + `" SET id = id`, `DELETE FROM "` + table.Name + `"`} {
				if n, err := affected(t, o.DB, o.OtherCtx(), statement); err != nil || n != 0 {
					t.Errorf("a stranger's %s changed %d rows, %v", statement, n, err)
				}
			}
		}
		t.Run("nor points at it", func(t *testing.T) {
			for _, table := range tenants.OwnedTables() {
				if len(ent.Tables[table.Name].References) == 0 {
					continue
				}
				err := o.DB.Write(o.OtherCtx(), func(ctx context.Context, c *ent.Client) error {
					return tenanttest.Insert(ctx, c, table, uuid.New(), theirs)
				})
				if err == nil || !strings.Contains(strings.ToLower(err.Error()), "foreign key") {
					t.Errorf("%s: a row that points at another ISP's rows was answered %v", table.Name, err)
				}
			}
		})
		t.Run("nor writes in its name", func(t *testing.T) {
			for _, table := range tenants.OwnedTables() {
				err := o.DB.Write(o.OtherCtx(), func(ctx context.Context, c *ent.Client) error {
					return tenanttest.InsertFor(ctx, c, o.Here.ID, table, uuid.New(), theirs)
				})
				if err == nil {
					t.Errorf("%s: a row with another ISP's name on it was taken", table.Name)
				}
			}
		})
	})
}

func TestAppendOnlyTablesRefuseChange(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		tenanttest.Sow(t, o.DB, o.Ctx())
		tested := 0
		for name, table := range ent.Tables {
			if !table.AppendOnly {
				continue
			}
			tested++
			for _, statement := range []string{`UPDATE "` + name + `" SET id = id`, `DELETE FROM "` + name + `"`} {
				if n, err := affected(t, o.DB, o.Ctx(), statement); err == nil {
					t.Errorf("%s was allowed and changed %d rows", statement, n)
				}
			}
		}
		if tested < 10 {
			t.Fatalf("only %d append-only tables were tried", tested)
		}
		err := o.DB.PlatformAt(context.Background(), o.Here.Slug, func(ctx context.Context, c *ent.Client) error {
			return c.OperatorAction.Create().SetEvent("x").SetAt(tenanttest.Now).SetOperatorName("x").SetChannel("web").Exec(ctx)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, statement := range []string{`UPDATE operator_actions SET id = id`, `DELETE FROM operator_actions`} {
			err := o.DB.PlatformAt(context.Background(), o.Here.Slug, func(ctx context.Context, c *ent.Client) error {
				_, err := c.ExecContext(ctx, statement)
				return err
			})
			if err == nil {
				t.Errorf("%s was allowed to the platform", statement)
			}
		}
		err = o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			return c.LedgerEntry.Update().SetMemo("outra").Exec(ctx)
		})
		if err == nil || !strings.Contains(err.Error(), "append-only") {
			t.Errorf("the hook answered %v", err)
		}
	})
}

// platforms are the ways of the platform into an office's store.
func platforms(o *tenanttest.Office) map[string]func(func(context.Context, *ent.Client) error) error {
	ways := map[string]func(func(context.Context, *ent.Client) error) error{
		"Platform": func(do func(context.Context, *ent.Client) error) error {
			return o.DB.Platform(context.Background(), do)
		},
		"PlatformRead": func(do func(context.Context, *ent.Client) error) error {
			return o.DB.PlatformRead(context.Background(), do)
		},
	}
	for _, slug := range []string{o.Here.Slug, tenants.OperatorSlug} {
		ways["PlatformAt "+slug] = func(do func(context.Context, *ent.Client) error) error {
			return o.DB.PlatformAt(context.Background(), slug, do)
		}
	}
	return ways
}

func TestThePlatformSeesTheDirectoryAndTheOutboxAlone(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		tenanttest.Sow(t, o.DB, o.Ctx())
		for way, platform := range platforms(o) {
			for name, table := range ent.Tables {
				err := platform(func(ctx context.Context, c *ent.Client) error {
					_, err := c.ExecContext(ctx, `SELECT 1 FROM "`+name+`"`)
					return err
				})
				if open := !table.Owned || name == "outbox"; open != (err == nil) {
					t.Errorf("%s of %s was answered %v", way, name, err)
				}
			}
			for what, read := range map[string]func(context.Context, *ent.Client) error{
				"customers":          func(ctx context.Context, c *ent.Client) error { _, err := c.Customer.Query().All(ctx); return err },
				"how many customers": func(ctx context.Context, c *ent.Client) error { _, err := c.Customer.Query().Count(ctx); return err },
				"customers by plain SQL": func(ctx context.Context, c *ent.Client) error {
					_, err := c.QueryContext(ctx, `SELECT 1 FROM tenants, Customers`)
					return err
				},
			} {
				if err := platform(read); err == nil || !strings.Contains(err.Error(), "permission denied") {
					t.Errorf("%s was asked for %s and answered %v", way, what, err)
				}
			}
		}
	})
}

func TestNoISPSeesThePlatform(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		tried := 0
		for name, table := range ent.Tables {
			if table.Owned || name == "tenants" {
				continue
			}
			tried++
			for _, statement := range []string{`SELECT 1 FROM "` + name + `"`, `DELETE FROM "` + name + `"`} {
				if _, err := affected(t, o.DB, o.Ctx(), statement); err == nil || !strings.Contains(err.Error(), "permission denied") {
					t.Errorf("an ISP's %s was answered %v", statement, err)
				}
			}
		}
		if tried < 3 {
			t.Errorf("only %d tables were tried", tried)
		}
	})
}

func TestNoStatementRunsWithoutAnISP(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		nothing := func(context.Context, *ent.Client) error { return nil }
		if err := o.DB.Write(context.Background(), nothing); !errors.Is(err, tenants.ErrNoTenant) {
			t.Errorf("Write without an ISP: %v", err)
		}
		if err := o.DB.Read(context.Background(), nothing); !errors.Is(err, tenants.ErrNoTenant) {
			t.Errorf("Read without an ISP: %v", err)
		}
		var escaped *ent.Client
		if err := o.DB.Read(o.Ctx(), func(_ context.Context, c *ent.Client) error { escaped = c; return nil }); err != nil {
			t.Fatal(err)
		}
		if _, err := escaped.Customer.Query().Count(o.Ctx()); err == nil {
			t.Error("a client was of use after its transaction")
		}
		err := o.DB.Write(o.Ctx(), func(ctx context.Context, _ *ent.Client) error {
			return o.DB.Write(tenants.With(ctx, o.Other), nothing)
		})
		if !errors.Is(err, tenants.ErrOtherTenant) {
			t.Errorf("joining another ISP's transaction: %v", err)
		}
	})
}

func addGroup(name string) func(context.Context, *ent.Client) error {
	return func(ctx context.Context, c *ent.Client) error { return c.Group.Create().SetName(name).Exec(ctx) }
}

func TestOneUseCaseIsOneTransaction(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		begins := 0
		o.Probe(func(_ context.Context, statement string) error {
			if statement == "BEGIN" {
				begins++
			}
			return nil
		})
		committed := false
		err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			tenants.AfterCommit(ctx, func() { committed = true })
			if err := o.DB.Write(ctx, addGroup("VIP")); err != nil {
				return err
			}
			return o.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
				if n := c.Group.Query().CountX(ctx); n != 1 {
					t.Errorf("the inner Read sees %d groups, not what the outer Write wrote", n)
				}
				return nil
			})
		})
		o.Probe(nil)
		if err != nil || begins != 1 || !committed {
			t.Errorf("%d BEGINs, committed %v, %v", begins, committed, err)
		}
	})
}

func TestWhatFailsLeavesNothing(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		broken := errors.New("broken")
		fail := func(context.Context, *ent.Client) error { return broken }
		after := false
		for name, do := range map[string]func(ctx context.Context, c *ent.Client) error{
			"an error": func(ctx context.Context, c *ent.Client) error {
				tenants.AfterCommit(ctx, func() { after = true })
				return errors.Join(addGroup("A")(ctx, c), broken)
			},
			"an inner error that was dropped": func(ctx context.Context, c *ent.Client) error {
				_ = o.DB.Write(ctx, fail)
				return addGroup("A")(ctx, c)
			},
		} {
			if err := o.DB.Write(o.Ctx(), do); err == nil {
				t.Errorf("%s was not reported", name)
			}
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic was swallowed")
				}
			}()
			_ = o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
				_ = addGroup("A")(ctx, c)
				panic("broken")
			})
		}()
		if err := o.DB.Read(o.Ctx(), func(ctx context.Context, c *ent.Client) error { return o.DB.Write(ctx, addGroup("A")) }); !errors.Is(err, tenants.ErrWriteInRead) {
			t.Errorf("Write inside Read: %v", err)
		}
		if err := o.DB.Read(o.Ctx(), addGroup("A")); err == nil {
			t.Error("a Read wrote")
		}
		if n := count(t, o.DB, o.Ctx(), "groups"); n != 0 || after {
			t.Errorf("%d groups stayed, after-commit ran: %v", n, after)
		}
	})
}

func TestInstantsSortAndReadBackWhateverTheirZone(t *testing.T) {
	tenanttest.OnEachStore(t, func(t *testing.T, o *tenanttest.Office) {
		tokyo := time.FixedZone("Tokyo", 9*60*60)
		early := time.Date(2026, 11, 23, 20, 0, 0, 0, tokyo) // 11:00 UTC
		late := time.Date(2026, 11, 23, 11, 0, 0, 1000, time.UTC)
		err := o.DB.Write(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			for i, at := range []time.Time{late, early} {
				if err := c.TelegramUpdate.Create().SetUpdateID(int64(i)).SetAt(at).Exec(ctx); err != nil {
					return err
				}
			}
			rows, err := c.QueryContext(ctx, `SELECT update_id FROM telegram_updates WHERE at > $1 ORDER BY at`, early)
			if err != nil {
				return err
			}
			defer rows.Close()
			var ids []int
			for rows.Next() {
				var id int
				if err := rows.Scan(&id); err != nil {
					return err
				}
				ids = append(ids, id)
			}
			if len(ids) != 1 || ids[0] != 0 {
				t.Errorf("after %s come updates %v, want the later one", early, ids)
			}
			return rows.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
		err = o.DB.Read(o.Ctx(), func(ctx context.Context, c *ent.Client) error {
			for _, row := range c.TelegramUpdate.Query().AllX(ctx) {
				if want := []time.Time{late, early}[row.UpdateID]; !row.At.Equal(want) {
					t.Errorf("%s was read back as %s", want, row.At)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
