package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// DueDay is a due day the ISP offers; 31 is the last day of the month.
type DueDay struct{ ent.Schema }

func (DueDay) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (DueDay) Fields() []ent.Field {
	return []ent.Field{
		field.Int("day"),
	}
}

func (DueDay) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "day").Unique(),
	}
}
