package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// WorkOrderEntry is one thing said or done in a technician's visit; every sector reads it.
type WorkOrderEntry struct{ ent.Schema }

func (WorkOrderEntry) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (WorkOrderEntry) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("work_order_id", uuid.UUID{}).Annotations(References("work_orders")),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
		field.String("event").Optional().Comment("what was done; none: something was said"),
		field.Text("body").Optional(),
		field.Time("at"),
	}
}

func (WorkOrderEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "work_order_id"),
	}
}
