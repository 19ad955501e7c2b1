package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// TelegramUpdate is that an update was handled, so that a replay does nothing. It holds what is to be said to the chat until that is said;
// then it is only a number, forgotten when Telegram can no longer repeat it.
type TelegramUpdate struct{ ent.Schema }

func (TelegramUpdate) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TelegramUpdate) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("update_id"),
		field.Int64("chat").Default(0).Comment("none: nobody to answer"),
		field.JSON("answer", json.RawMessage{}).Optional().Comment("what is still to be said"),
		field.Time("answered_at").Optional().Nillable(),
		field.Time("at"),
	}
}

func (TelegramUpdate) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "update_id").Unique(),
		index.Fields("tenant_id", "at").Annotations(only("answered_at IS NULL")).StorageKey("telegram_updates_unanswered"),
	}
}
