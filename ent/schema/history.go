package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// History is who did what, when, through which channel, and why; before and after, so that any past day can be rebuilt.
type History struct{ ent.Schema }

func (History) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (History) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: "history"}}
}

func (History) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")).Optional().Nillable(),
		field.String("subject").Comment("kind of the thing: subscription, invoice …"),
		field.UUID("subject_id", uuid.UUID{}),
		field.String("event"),
		field.Time("at"),
		field.Enum("actor").Values("user", "subscriber", "system"),
		field.UUID("actor_id", uuid.UUID{}).Optional().Nillable(),
		field.String("actor_name"),
		field.Enum("channel").Values("web", "telegram", "job"),
		field.String("reason").Optional(),
		field.JSON("before", map[string]any{}).Optional(),
		field.JSON("after", map[string]any{}).Optional(),
	}
}

func (History) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "customer_id", "at"),
		index.Fields("tenant_id", "subject_id", "at"),
	}
}
