package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// TelegramLink is that a chat may see a customer.
type TelegramLink struct{ ent.Schema }

func (TelegramLink) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TelegramLink) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("chat_id"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.Enum("way").Values("shown", "printed", "phone").Default("shown").Comment("how it was let in"),
		field.String("person").Optional().Comment("what Telegram calls who writes there, so that one of several is known"),
		field.Time("linked_at"),
		field.Time("ended_at").Optional().Nillable(),
		field.Time("blocked_at").Optional().Nillable().Comment("since when the chat takes nothing from the bot; it writing again ends that"),
		field.Other("heard_on", calendar.Date{}).SchemaType(civilDate).Optional().Comment("the last day on which the chat wrote"),
		field.JSON("silenced", []string{}).Optional().Comment("kinds of messages the chat does not want, as tenants/messages lists them"),
	}
}

func (TelegramLink) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "chat_id", "customer_id").Unique().Annotations(only("ended_at IS NULL")),
		index.Fields("tenant_id", "customer_id"),
	}
}
