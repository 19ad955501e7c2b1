package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Session is a signed-in browser of a user.
type Session struct{ ent.Schema }

func (Session) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Session) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")),
		field.String("name").Comment("the person's, as it is now: read with the session at every page"),
		field.String("role"),
		field.Bytes("token_hash").Comment("SHA-256 of the cookie"),
		field.String("csrf").Comment("the token its forms carry"),
		field.Time("created_at"),
		field.Time("seen_at").Comment("touched at most once a minute"),
		field.Time("expires_at"),
		field.Time("ended_at").Optional().Nillable(),
		field.String("ip").Optional(),
		field.String("agent").Optional(),
	}
}

func (Session) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "token_hash").Unique(),
		index.Fields("tenant_id", "user_id"),
	}
}
