package tenanttest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"
	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
)

// Sow puts one row into every table that belongs to an ISP, whatever its columns, and returns their ids by table.
// Tests of the wall use it, so that a table added tomorrow is tested without a word.
func Sow(t testing.TB, db *tenants.DB, ctx context.Context) map[string]uuid.UUID {
	t.Helper()
	ids := map[string]uuid.UUID{}
	err := db.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		for _, table := range tenants.OwnedTables() {
			ids[table.Name] = uuid.Must(uuid.NewV7())
			if err := Insert(ctx, c, table, ids[table.Name], ids); err != nil {
				return fmt.Errorf("%s: %w", table.Name, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// Insert puts one row into a table by plain SQL, for the ISP of the context; references takes the ids its columns point at, by table.
func Insert(ctx context.Context, c *ent.Client, table *schema.Table, id uuid.UUID, references map[string]uuid.UUID) error {
	isp, _ := tenants.From(ctx)
	return InsertFor(ctx, c, isp.ID, table, id, references)
}

// InsertFor is Insert with a tenant_id of the caller's choice.
func InsertFor(ctx context.Context, c *ent.Client, owner uuid.UUID, table *schema.Table, id uuid.UUID, references map[string]uuid.UUID) error {
	var names, marks []string
	var values []any
	for _, column := range table.Columns {
		names, marks = append(names, `"`+column.Name+`"`), append(marks, fmt.Sprintf("$%d", len(marks)+1))
		to, isReference := ent.Tables[table.Name].References[column.Name]
		switch {
		case column.Name == "id":
			values = append(values, id.String())
		case column.Name == "tenant_id":
			values = append(values, owner.String())
		case isReference:
			values = append(values, references[to].String())
		default:
			values = append(values, some(column, id))
		}
	}
	statement := fmt.Sprintf(`INSERT INTO %q (%s) VALUES (%s)`, table.Name, strings.Join(names, ", "), strings.Join(marks, ", "))
	_, err := c.ExecContext(ctx, statement, values...)
	return err
}

// some is a value a column takes; texts differ from row to row.
func some(column *schema.Column, id uuid.UUID) any {
	switch column.Type {
	case field.TypeUUID:
		return id.String()
	case field.TypeBool:
		return false
	case field.TypeInt, field.TypeInt64:
		return 1
	case field.TypeTime:
		return Now
	case field.TypeJSON:
		return "{}"
	case field.TypeBytes:
		return id[:]
	case field.TypeOther:
		return Now.Format(time.DateOnly)
	case field.TypeEnum:
		return column.Enums[0]
	}
	return id.String()
}
