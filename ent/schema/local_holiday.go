package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"enlace/tenants/calendar"
)

// LocalHoliday is a day of a state or a city on which the ISP cuts nobody and visits nobody. It never moves a due date.
type LocalHoliday struct{ ent.Schema }

func (LocalHoliday) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (LocalHoliday) Fields() []ent.Field {
	return []ent.Field{
		field.Other("day", calendar.Date{}).SchemaType(civilDate),
		field.String("name"),
		field.String("uf").Default("").Comment("empty: everywhere the ISP works"),
		field.String("ibge").Default("").Comment("code of the city; empty: all of the state"),
	}
}

func (LocalHoliday) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "day", "uf", "ibge").Unique(),
	}
}
