package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// TickProblem is what a nightly job could not do for a customer, until it can.
type TickProblem struct{ ent.Schema }

func (TickProblem) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TickProblem) Fields() []ent.Field {
	return []ent.Field{
		field.String("kind").Comment("of the job, as in tick_runs"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.Other("since", calendar.Date{}).SchemaType(civilDate),
		field.Other("seen", calendar.Date{}).SchemaType(civilDate).Comment("the last night that met it"),
		field.String("code").Comment("of the fault"),
		field.JSON("args", map[string]string{}).Optional(),
		field.Time("solved_at").Optional().Nillable(),
	}
}

func (TickProblem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "kind", "customer_id").Unique().Annotations(only("solved_at IS NULL")),
		index.Fields("tenant_id", "customer_id"),
	}
}
