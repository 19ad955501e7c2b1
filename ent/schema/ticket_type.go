package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// TicketType is a kind of ticket (tipo de atendimento).
type TicketType struct{ ent.Schema }

func (TicketType) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TicketType) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Int("sla_hours").Default(48),
		field.Bool("active").Default(true),
	}
}

func (TicketType) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
