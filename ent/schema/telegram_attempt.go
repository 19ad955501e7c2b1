package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"enlace/tenants/calendar"
)

// TelegramAttempt counts what a chat tried in one day to be let in, by what it tried. What is refused too often in a day is shut to the chat
// for the rest of it.
type TelegramAttempt struct{ ent.Schema }

func (TelegramAttempt) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TelegramAttempt) Fields() []ent.Field {
	return []ent.Field{
		field.Other("day", calendar.Date{}).SchemaType(civilDate),
		field.Int64("chat_id"),
		field.Enum("kind").Values("link", "card", "proof", "cpf", "cpf_seen", "shut").
			Comment("a link that serves no more or never was; somebody else's card; a proof that proves nothing; a CPF with nothing to show, and one with something; while shut"),
		field.Int("times"),
		field.Time("last_at"),
	}
}

func (TelegramAttempt) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "day", "chat_id", "kind").Unique(),
	}
}
