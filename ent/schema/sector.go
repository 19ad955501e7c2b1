package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Sector is a destination of tickets (setor).
type Sector struct{ ent.Schema }

func (Sector) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Sector) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Bool("active").Default(true),
	}
}

func (Sector) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
