package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// TelegramMessage is what the bot says to a customer's chat unasked: written with what makes it necessary, sent by a worker, kept with how it went.
type TelegramMessage struct{ ent.Schema }

func (TelegramMessage) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TelegramMessage) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.Int64("chat_id"),
		field.String("kind").Comment("what it tells of, as tenants/messages lists them"),
		field.String("about").Comment("kind of the thing it is about, as in history"),
		field.UUID("about_id", uuid.UUID{}),
		field.Text("text"),
		field.JSON("buttons", json.RawMessage{}).Optional().Comment("rows of what is to be pressed under it, as tenants/messages writes them"),
		field.Enum("status").Values("waiting", "sent", "failed", "withdrawn").Default("waiting"),
		field.Int("tries").Default(0),
		field.String("error").Optional().Comment("of the last try, as a code of tenants/bots"),
		field.Time("created_at"),
		field.Time("due_at").Comment("not said before: it fell into the quiet hours, or waits to be said with others"),
		field.UUID("bundle_id", uuid.UUID{}).Optional().Nillable().Comment("the message with which it is said; none: not yet known"),
		field.Time("sent_at").Optional().Nillable(),
		field.Time("turn_at").Optional().Nillable().Comment("of the last try, by the pace of the bot and of the chat"),
	}
}

func (TelegramMessage) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "about_id", "created_at"),
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "chat_id", "turn_at"),
		index.Fields("tenant_id", "chat_id", "due_at").Annotations(only("status = 'waiting'")),
		index.Fields("tenant_id", "bundle_id").Annotations(only("status = 'waiting'")),
		index.Fields("tenant_id", "created_at").Annotations(only("status = 'failed'")),
	}
}
