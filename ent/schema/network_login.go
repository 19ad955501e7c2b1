package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// NetworkLogin is the network user of a subscription.
type NetworkLogin struct{ ent.Schema }

func (NetworkLogin) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (NetworkLogin) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.String("login"),
		field.String("password").Sensitive().Comment("sealed"),
		field.Bool("active").Default(true),
	}
}

func (NetworkLogin) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "login").Unique(),
		index.Fields("tenant_id", "subscription_id"),
	}
}
