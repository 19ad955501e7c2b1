package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Ticket is a contact with a protocol number (atendimento).
type Ticket struct{ ent.Schema }

func (Ticket) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Ticket) Fields() []ent.Field {
	return []ent.Field{
		field.String("protocol").Comment("AAAANNNNNNNN"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.UUID("type_id", uuid.UUID{}).Annotations(References("ticket_types")).Optional().Nillable(),
		field.Enum("status").Values("rascunho", "aguardando_analise", "pendente", "finalizado"),
		field.Enum("channel").Values("staff", "telegram"),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable().Comment("who opened it"),
		field.UUID("assignee_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
		field.UUID("sector_id", uuid.UUID{}).Annotations(References("sectors")).Optional().Nillable(),
		field.Text("opening").Optional(),
		field.Text("closing").Optional(),
		field.JSON("diagnosis", json.RawMessage{}).Optional().Comment("the snapshot used, as tenants/subscriptions writes it"),
		field.Time("opened_at"),
		field.Time("touched_at").Comment("when it was last saved; a rascunho that nobody touches is listed"),
		field.Time("due_at").Optional().Nillable().Comment("by when its type promises an end"),
		field.Time("closed_at").Optional().Nillable(),
		field.Int("rating").Optional().Nillable().Comment("1 to 5, the subscriber's, after the end"),
		field.Text("rating_text").Optional(),
		field.Int64("talk_chat").Optional().Nillable().Comment("the chat that talks with the office in it; the bot is silent there"),
		field.Time("talk_until").Optional().Nillable().Comment("when the bot speaks again there, unless somebody says a word"),
		field.Time("waits_since").Optional().Nillable().Comment("since when the subscriber waits for a word of the office"),
		field.Time("moved_at").Optional().Nillable().Comment("since when it is this customer's, where it went along with a service; what was said before is the other's"),
		field.UUID("outage_id", uuid.UUID{}).Annotations(References("outages")).Optional().Nillable().Comment("the outage it was merged under"),
	}
}

func (Ticket) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "protocol").Unique(),
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "subscription_id"),
		index.Fields("tenant_id", "outage_id").Annotations(only("outage_id IS NOT NULL")),
		index.Fields("tenant_id", "talk_chat").Annotations(only("talk_chat IS NOT NULL")),
		index.Fields("tenant_id", "waits_since").Annotations(only("waits_since IS NOT NULL")),
		index.Fields("tenant_id", "status", "opened_at"),
		index.Fields("tenant_id", "status", "due_at"),
		index.Fields("tenant_id", "opened_at", "protocol"),
		index.Fields("tenant_id", "assignee_id", "opened_at"),
		index.Fields("tenant_id", "sector_id", "opened_at"),
		index.Fields("tenant_id", "user_id", "subscription_id").Unique().Annotations(only("status = 'rascunho'")),
	}
}
