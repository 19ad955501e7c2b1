package tenants

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"

	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/schema/field"

	"enlace/ent"
	"enlace/ent/migrate"
)

// OwnedTables lists the tables that belong to an ISP, each after those it points at, in the same order always.
func OwnedTables() []*schema.Table {
	byName, done := map[string]*schema.Table{}, map[string]bool{}
	for _, t := range migrate.Tables {
		byName[t.Name] = t
	}
	var order []*schema.Table
	var visit func(t *schema.Table)
	visit = func(t *schema.Table) {
		if done[t.Name] || !ent.Tables[t.Name].Owned {
			return
		}
		done[t.Name] = true
		for _, to := range slices.Sorted(maps.Values(ent.Tables[t.Name].References)) {
			visit(byName[to])
		}
		order = append(order, t)
	}
	for _, t := range migrate.Tables {
		visit(t)
	}
	return order
}

func columnNames(table *schema.Table) []string {
	names := make([]string, len(table.Columns))
	for i, column := range table.Columns {
		names[i] = column.Name
	}
	return names
}

// portable is a value of either store as both take it: an instant as text in UTC, a civil date as text, JSON as its bytes.
func portable(column *schema.Column, value any) (any, error) {
	switch v := value.(type) {
	case nil:
		return sql.NullString{}, nil // an argument like the others: a statement reads the same whichever values are missing
	case time.Time:
		switch column.Type {
		case field.TypeTime:
			return v.UTC().Format(instantText), nil
		case field.TypeOther:
			return v.Format(time.DateOnly), nil
		}
	case bool:
		if column.Type == field.TypeBool {
			return v, nil
		}
	case int64:
		switch column.Type {
		case field.TypeBool:
			return v != 0, nil
		case field.TypeInt, field.TypeInt64:
			return v, nil
		}
	case string:
		switch column.Type {
		case field.TypeString, field.TypeEnum, field.TypeUUID, field.TypeOther:
			return v, nil
		case field.TypeJSON, field.TypeBytes:
			return []byte(v), nil
		}
	case []byte:
		switch column.Type {
		case field.TypeJSON, field.TypeBytes:
			return v, nil
		case field.TypeString, field.TypeUUID, field.TypeOther:
			return string(v), nil
		}
	}
	return nil, fmt.Errorf("a %T in a column of type %s", value, column.Type)
}
