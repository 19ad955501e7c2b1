package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Permission is one cell of the ISP's permission table that differs from the default.
type Permission struct{ ent.Schema }

func (Permission) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Permission) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("role").Values("gerente", "comercial", "financeiro", "suporte", "tecnico"),
		field.String("action"),
		field.Bool("allowed").Default(false),
	}
}

func (Permission) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "role", "action").Unique(),
	}
}
