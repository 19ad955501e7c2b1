package tenants_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"enlace/ent"
	"enlace/tenants"
)

func TestAFileDoesNotKeepTheJournalOfALongWrite(t *testing.T) {
	folder := t.TempDir()
	db, err := tenants.OpenSQLite(context.Background(), folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	isp, err := db.Found(context.Background(), "fibranorte", "Fibra Norte", time.UTC, func(context.Context, *ent.Client) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	journal := func(megabytes int) int64 {
		err := db.Write(tenants.With(context.Background(), isp), func(ctx context.Context, c *ent.Client) error {
			_, err := c.ExecContext(ctx, "UPDATE tenants SET name = $1", strings.Repeat("a", megabytes<<20))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		is, err := os.Stat(filepath.Join(folder, "fibranorte.sqlite-wal"))
		if err != nil {
			t.Fatal(err)
		}
		return is.Size()
	}
	if most := int64(17 << 20); journal(20) < most || journal(0) > most {
		t.Errorf("after the next write it has %d bytes", journal(0))
	}
}
