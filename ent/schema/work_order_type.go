package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// WorkOrderType is a kind of technician's visit (tipo de OS).
type WorkOrderType struct{ ent.Schema }

func (WorkOrderType) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (WorkOrderType) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Int("minutes").Default(60).Comment("default duration"),
		field.JSON("states", []string{}).Comment("subscription states in which it is permitted"),
		field.Bool("installation").Default(false).Comment("finishing it offers Habilitar"),
		field.Bool("active").Default(true),
	}
}

func (WorkOrderType) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
