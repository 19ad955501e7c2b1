package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Attachment is a file that belongs to a ticket, to a technician's visit or to a contest.
type Attachment struct{ ent.Schema }

func (Attachment) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Attachment) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("ticket_id", uuid.UUID{}).Annotations(References("tickets")).Optional().Nillable(),
		field.UUID("work_order_id", uuid.UUID{}).Annotations(References("work_orders")).Optional().Nillable(),
		field.UUID("contest_id", uuid.UUID{}).Annotations(References("contests")).Optional().Nillable(),
		field.UUID("file_id", uuid.UUID{}).Annotations(References("files")),
		field.Enum("kind").Values("document", "photo", "signature"),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
		field.Time("at"),
	}
}

func (Attachment) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "ticket_id"),
		index.Fields("tenant_id", "work_order_id"),
		index.Fields("tenant_id", "contest_id").Annotations(only("contest_id IS NOT NULL")),
	}
}
