package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"enlace/tenants/calendar"
)

// TickRun is that a nightly job of an ISP ran for a day.
type TickRun struct{ ent.Schema }

func (TickRun) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TickRun) Fields() []ent.Field {
	return []ent.Field{
		field.String("kind"),
		field.Other("day", calendar.Date{}).SchemaType(civilDate),
		field.Time("started_at"),
		field.Time("finished_at").Optional().Nillable(),
		field.Int("done").Default(0),
		field.Int("failed").Default(0),
	}
}

func (TickRun) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "kind", "day").Unique(),
	}
}
