package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// TelegramUpdate is that an update was handled, so that a replay does nothing.
type TelegramUpdate struct{ ent.Schema }

func (TelegramUpdate) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (TelegramUpdate) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("update_id"),
		field.Time("at"),
	}
}

func (TelegramUpdate) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "update_id").Unique(),
	}
}
