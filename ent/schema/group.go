package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Group is a group of customers (grupo), from the ISP's own list.
type Group struct{ ent.Schema }

func (Group) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Group) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Bool("active").Default(true),
	}
}

func (Group) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
