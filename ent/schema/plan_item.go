package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// PlanItem is a component of a plan's price: telecom service (SCM) or value added (SVA).
type PlanItem struct{ ent.Schema }

func (PlanItem) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (PlanItem) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("plan_id", uuid.UUID{}).Annotations(References("plans")),
		field.Enum("kind").Values("scm", "sva"),
		field.String("name"),
		field.Int64("price").GoType(money.Cents(0)),
		field.Int("position"),
	}
}

func (PlanItem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "plan_id"),
	}
}
