package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// PlanChange is a migration (migração de serviço): one subscription replaced by another, now or later.
type PlanChange struct{ ent.Schema }

func (PlanChange) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (PlanChange) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("from_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.UUID("to_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.Bool("immediate").Default(false),
		field.Time("requested_at"),
		field.Time("done_at").Optional().Nillable(),
		field.Time("given_up_at").Optional().Nillable(),
	}
}

func (PlanChange) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "to_id").Unique(),
		index.Fields("tenant_id", "from_id").Unique().Annotations(only("given_up_at IS NULL")),
	}
}
