package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// TelegramDialog is where a conversation stands; it is forgotten after fifteen minutes.
type TelegramDialog struct{ ent.Schema }

func (TelegramDialog) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TelegramDialog) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("chat_id"),
		field.String("step"),
		field.JSON("data", map[string]string{}),
		field.Time("expires_at"),
	}
}

func (TelegramDialog) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "chat_id").Unique(),
	}
}
