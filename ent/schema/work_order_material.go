package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// WorkOrderMaterial is what a technician used in a visit.
type WorkOrderMaterial struct{ ent.Schema }

func (WorkOrderMaterial) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (WorkOrderMaterial) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("work_order_id", uuid.UUID{}).Annotations(References("work_orders")),
		field.String("name"),
		field.Int("quantity"),
		field.String("unit").Comment("un, m …"),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
		field.Time("at"),
	}
}

func (WorkOrderMaterial) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "work_order_id"),
	}
}
