package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"enlace/ent/migrate"
	"enlace/tenants/tenanttest"
)

func TestTheFilesAreInStepWithTheSchema(t *testing.T) {
	root := t.TempDir()
	if err := os.CopyFS(root, migrate.Files); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ENLACE_TEST_POSTGRES_URL", tenanttest.EmptyDatabase(t))
	for _, engine := range engines() {
		before, _ := filepath.Glob(filepath.Join(root, "*", "*.sql"))
		if err := engine.write(context.Background(), root, "drift"); err != nil {
			t.Fatal(err)
		}
		after, _ := filepath.Glob(filepath.Join(root, "*", "*.sql"))
		if len(after) != len(before) || len(before) < 2 {
			t.Errorf("%s: the schema has changed without a migration: run make schema", engine.dialect)
		}
	}
}
