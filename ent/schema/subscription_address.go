package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// SubscriptionAddress is which address of the customer a subscription uses in a role.
type SubscriptionAddress struct{ ent.Schema }

func (SubscriptionAddress) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (SubscriptionAddress) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.Enum("role").Values("cadastral", "cobranca", "fiscal", "instalacao"),
		field.UUID("address_id", uuid.UUID{}).Annotations(References("addresses")),
	}
}

func (SubscriptionAddress) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "subscription_id", "role").Unique(),
	}
}
