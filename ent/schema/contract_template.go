package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// ContractTemplate is what contracts are made of (modelo de contrato). Its text is that of its newest TemplateVersion.
type ContractTemplate struct{ ent.Schema }

func (ContractTemplate) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (ContractTemplate) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Int("version").Default(1).Comment("the newest"),
		field.Bool("active").Default(true),
	}
}

func (ContractTemplate) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
