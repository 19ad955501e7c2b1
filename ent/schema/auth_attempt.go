package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// AuthAttempt is one answer given to an Access-Request, kept as long as anybody looks back at it and then deleted.
type AuthAttempt struct{ ent.Schema }

func (AuthAttempt) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (AuthAttempt) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")).Optional().Nillable(),
		field.UUID("nas_id", uuid.UUID{}).Annotations(References("nas")),
		field.String("login"),
		field.Bool("accepted").Default(false),
		field.String("reason").Optional(),
		field.Time("at"),
	}
}

func (AuthAttempt) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "subscription_id", "at"),
		index.Fields("tenant_id", "at"),
	}
}
