package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// IdempotencyKey is that a form was handled, and its answer.
type IdempotencyKey struct{ ent.Schema }

func (IdempotencyKey) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (IdempotencyKey) Fields() []ent.Field {
	return []ent.Field{
		field.String("action"),
		field.String("key"),
		field.String("answer"),
		field.Time("created_at"),
	}
}

func (IdempotencyKey) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "action", "key").Unique(),
	}
}
