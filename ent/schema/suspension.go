package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// Suspension is a stretch of days without full service; what the credit of its days is reckoned from.
type Suspension struct{ ent.Schema }

func (Suspension) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Suspension) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.Enum("kind").Values("parcial", "debito", "pedido"),
		field.Other("from_day", calendar.Date{}).SchemaType(civilDate),
		field.Other("until_day", calendar.Date{}).SchemaType(civilDate).Optional().Comment("first day served again; of a pause that runs, the day it is to end"),
		field.Time("at"),
		field.Time("ended_at").Optional().Nillable(),
		field.Time("credited_at").Optional().Nillable().Comment("when what its days had cost was given back: of days billed later the charge is lower from the first"),
		field.UUID("notice_id", uuid.UUID{}).Annotations(References("notices")).Optional().Nillable(),
		field.String("reason").Optional(),
	}
}

func (Suspension) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "subscription_id").Unique().Annotations(only("ended_at IS NULL")),
	}
}
