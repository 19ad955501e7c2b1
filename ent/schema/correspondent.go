package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Correspondent is a shop that takes payments for the ISP and hands them over (correspondente).
type Correspondent struct{ ent.Schema }

func (Correspondent) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Correspondent) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Int("commission").Default(0).Comment("hundredths of a percent of what it takes"),
		field.Bool("active").Default(true),
		field.Int("version").Default(1).Comment("goes up with every payment and repasse, so that two wait for each other"),
	}
}

func (Correspondent) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
