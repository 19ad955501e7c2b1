// Package schema says which tables Enlace has: one file a table. It has no edges: ent's foreign keys cannot span the tenant, so a
// reference is a plain column here and the migrator writes the composite key (tenant_id, x_id) to the other table.
package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/mixin"
	"github.com/google/uuid"
)

// Identified gives a table its key: a UUID of version 7, made in Go, so that new rows lie together.
type Identified struct{ mixin.Schema }

func (Identified) Fields() []ent.Field {
	return []ent.Field{field.UUID("id", uuid.UUID{}).Default(newID).Immutable()}
}

func newID() uuid.UUID { return uuid.Must(uuid.NewV7()) }

// bytewise sorts a column of ASCII by its bytes, whatever language a database was made for: what is searched by a range begins and ends where
// Go says. SQLite does so by itself.
var bytewise = &entsql.Annotation{Collation: "C"}

// Owned makes every row belong to one ISP. The wall stamps the column; nobody else sets it.
type Owned struct{ mixin.Schema }

func (Owned) Fields() []ent.Field {
	return []ent.Field{field.UUID("tenant_id", uuid.UUID{}).Immutable()}
}

// AppendOnly marks a table whose rows are never changed or deleted: the database role has no right to, and a hook refuses it on both stores.
type AppendOnly struct{ mixin.Schema }

func (AppendOnly) Annotations() []schema.Annotation {
	return []schema.Annotation{Mark{AppendOnly: true}}
}

// Mark is what the migrator and the wall read of a table or a column beyond its shape.
type Mark struct {
	AppendOnly bool
	References string // the table a column points at, within the same ISP
}

// Name of the annotation, as ent wants it.
func (Mark) Name() string { return "Mark" }

// References makes a column point at another table of the same ISP.
func References(table string) Mark { return Mark{References: table} }

// civilDate is how the two stores hold a calendar.Date.
var civilDate = map[string]string{dialect.Postgres: "date", dialect.SQLite: "text"}

// only makes an index partial.
func only(where string) schema.Annotation { return entsql.IndexWhere(where) }
