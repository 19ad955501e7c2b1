package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// TicketEntry is one thing said or done in a ticket.
type TicketEntry struct{ ent.Schema }

func (TicketEntry) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (TicketEntry) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("ticket_id", uuid.UUID{}).Annotations(References("tickets")),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable().Comment("nobody when the subscriber speaks"),
		field.String("event").Optional().Comment("what was done; none: something was said"),
		field.Text("body").Optional(),
		field.Bool("shared").Default(false).Comment("the subscriber reads it, or wrote it"),
		field.Time("at"),
	}
}

func (TicketEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "ticket_id"),
	}
}
