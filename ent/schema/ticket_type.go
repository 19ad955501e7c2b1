package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// TicketType is a kind of ticket (tipo de atendimento).
type TicketType struct{ ent.Schema }

func (TicketType) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TicketType) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Int("sla_hours").Default(48),
		field.UUID("sector_id", uuid.UUID{}).Annotations(References("sectors")).Optional().Nillable().Comment("that a ticket a subscriber opens goes to; none: nobody's"),
		field.Bool("subscriber").Default(false).Comment("what a subscriber opens begins as one; of one at most"),
		field.Bool("active").Default(true),
	}
}

func (TicketType) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
		index.Fields("tenant_id").Unique().Annotations(only("subscriber")),
	}
}
