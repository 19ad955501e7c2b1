package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Origin is where a customer came from (origem): the reason sales are reported by it.
type Origin struct{ ent.Schema }

func (Origin) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Origin) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Bool("active").Default(true),
	}
}

func (Origin) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
