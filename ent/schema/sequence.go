package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Sequence is the last human number given of a kind, and of a year where it counts by year.
type Sequence struct{ ent.Schema }

func (Sequence) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Sequence) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Int("year").Default(0),
		field.Int64("last"),
	}
}

func (Sequence) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name", "year").Unique(),
	}
}
