package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// PlanChange is a migration (migração de serviço): one subscription replaced by another, now or later.
type PlanChange struct{ ent.Schema }

func (PlanChange) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (PlanChange) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("from_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.UUID("to_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.Bool("immediate").Default(false),
		field.Enum("open_booklet").Values("reprice", "reissue", "keep").Optional().Nillable().Comment("what becomes of the open carnê of the old one"),
		field.String("override_reason").Optional().Comment("why it was asked for out of a suspension"),
		field.Time("requested_at"),
		field.Other("expires_on", calendar.Date{}).SchemaType(civilDate).Optional().Comment("the day on which a forgotten one is given up"),
		field.Time("done_at").Optional().Nillable(),
		field.Time("given_up_at").Optional().Nillable(),
		field.String("given_up_reason").Optional(),
	}
}

func (PlanChange) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "to_id").Unique(),
		index.Fields("tenant_id", "expires_on").Annotations(only("done_at IS NULL AND given_up_at IS NULL")),
		index.Fields("tenant_id", "from_id").Unique().Annotations(only("given_up_at IS NULL")),
	}
}
