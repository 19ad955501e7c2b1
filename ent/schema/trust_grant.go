package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// TrustGrant is access given back before the debt is paid, until an instant (desbloqueio em confiança).
type TrustGrant struct{ ent.Schema }

func (TrustGrant) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TrustGrant) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.Enum("channel").Values("staff", "subscriber"),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
		field.String("reason"),
		field.Time("granted_at"),
		field.Time("until"),
		field.Time("ended_at").Optional().Nillable(),
		field.Enum("outcome").Values("paid", "expired", "undone").Optional().Nillable(),
	}
}

func (TrustGrant) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "subscription_id").Unique().Annotations(only("ended_at IS NULL")),
		index.Fields("tenant_id", "customer_id"),
	}
}
