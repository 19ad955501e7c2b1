package schema

import (
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
		field.JSON("diagnosis", map[string]string{}).Optional().Comment("the snapshot used"),
		field.Time("opened_at"),
		field.Time("closed_at").Optional().Nillable(),
	}
}

func (Ticket) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "protocol").Unique(),
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "status", "opened_at"),
		index.Fields("tenant_id", "opened_at", "protocol"),
	}
}
