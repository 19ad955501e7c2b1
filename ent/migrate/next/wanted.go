package main

import (
	"fmt"
	"slices"
	"strings"

	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/sql/schema"

	"enlace/ent"
	"enlace/ent/migrate"
)

// wanted is the schema with its keys. Foreign keys pass by row-level security, so each spans the tenant: (tenant_id, x_id) points at
// (tenant_id, id) of the other table, which gets the unique index that this needs. None cascades: an ISP's rows are never deleted by surprise.
func wanted(engine string) ([]*schema.Table, error) {
	tables, err := schema.CopyTables(migrate.Tables)
	if err != nil {
		return nil, err
	}
	byName := map[string]*schema.Table{}
	for _, t := range tables {
		byName[t.Name] = t
	}
	for _, t := range tables {
		if !ent.Tables[t.Name].Owned {
			continue
		}
		reference(t, []string{"tenant_id"}, byName["tenants"], []string{"id"})
		for _, column := range sorted(ent.Tables[t.Name].References) {
			to := byName[ent.Tables[t.Name].References[column]]
			if to == nil || to == t { // a table cannot point at itself: Postgres asks for the unique index before it exists
				return nil, fmt.Errorf("%s.%s cannot point at %q", t.Name, column, ent.Tables[t.Name].References[column])
			}
			uniqueWithinTenant(to)
			reference(t, []string{"tenant_id", column}, to, []string{"tenant_id", "id"})
		}
	}
	if engine == dialect.SQLite {
		tenantLast(tables)
		bytewise(tables)
	}
	return tables, nil
}

// tenantLast moves tenant_id to the end of every index of an ISP's own file: all its rows have the same, no statement names it there, and an
// index that begins with it would never be used. On Postgres it comes first, for the policy asks for it.
func tenantLast(tables []*schema.Table) {
	for _, t := range tables {
		for _, i := range t.Indexes {
			if at := slices.IndexFunc(i.Columns, func(c *schema.Column) bool { return c.Name == "tenant_id" }); at >= 0 {
				tenant := i.Columns[at]
				i.Columns = append(slices.Delete(slices.Clone(i.Columns), at, at+1), tenant)
			}
		}
	}
}

// bytewise leaves out the collation of Postgres: SQLite knows no "C", and compares by bytes unless it is told otherwise.
func bytewise(tables []*schema.Table) {
	for _, t := range tables {
		for _, c := range t.Columns {
			c.Collation = ""
		}
	}
}

func reference(from *schema.Table, columns []string, to *schema.Table, toColumns []string) {
	fk := &schema.ForeignKey{
		Symbol:   from.Name + "_" + strings.TrimSuffix(columns[len(columns)-1], "_id"),
		RefTable: to,
		OnUpdate: schema.NoAction,
		OnDelete: schema.NoAction,
	}
	for i := range columns {
		fk.Columns = append(fk.Columns, column(from, columns[i]))
		fk.RefColumns = append(fk.RefColumns, column(to, toColumns[i]))
	}
	from.ForeignKeys = append(from.ForeignKeys, fk)
}

func uniqueWithinTenant(t *schema.Table) {
	name := t.Name + "_of_tenant"
	if slices.ContainsFunc(t.Indexes, func(i *schema.Index) bool { return i.Name == name }) {
		return
	}
	t.Indexes = append(t.Indexes, &schema.Index{Name: name, Unique: true, Columns: []*schema.Column{column(t, "tenant_id"), column(t, "id")}})
}

func column(t *schema.Table, name string) *schema.Column {
	i := slices.IndexFunc(t.Columns, func(c *schema.Column) bool { return c.Name == name })
	return t.Columns[i]
}

func sorted(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
