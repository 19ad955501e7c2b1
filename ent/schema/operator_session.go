package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// OperatorSession is a signed-in browser of an operator.
type OperatorSession struct{ ent.Schema }

func (OperatorSession) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

func (OperatorSession) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("operator_id", uuid.UUID{}),
		field.Bytes("token_hash").Unique().Comment("SHA-256 of the cookie"),
		field.String("csrf").Comment("the token its forms carry"),
		field.Time("created_at"),
		field.Time("seen_at").Comment("touched at most once a minute"),
		field.Time("expires_at"),
		field.Time("ended_at").Optional().Nillable(),
		field.String("ip").Optional(),
		field.String("agent").Optional(),
	}
}

func (OperatorSession) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("operator_id"),
	}
}
