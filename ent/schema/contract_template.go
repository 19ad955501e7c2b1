package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// ContractTemplate is a contract's text with merge fields (modelo de contrato).
type ContractTemplate struct{ ent.Schema }

func (ContractTemplate) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (ContractTemplate) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Text("body"),
		field.Int("version").Default(1),
		field.Bool("active").Default(true),
	}
}

func (ContractTemplate) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
