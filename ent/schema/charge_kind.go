package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// ChargeKind is a kind of loose charge (tipo de serviço) and whether debt of it suspends.
type ChargeKind struct{ ent.Schema }

func (ChargeKind) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (ChargeKind) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Bool("installation").Default(false).Comment("Taxa de Instalação"),
		field.Bool("suspends").Default(false),
		field.Bool("active").Default(true),
	}
}

func (ChargeKind) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
