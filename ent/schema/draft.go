package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Draft is a wizard not yet saved (rascunho).
type Draft struct{ ent.Schema }

func (Draft) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Draft) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")),
		field.String("kind"),
		field.Int("step").Default(1),
		field.JSON("data", map[string]string{}),
		field.String("title").Optional(),
		field.Int("version").Default(1).Comment("against two tabs"),
		field.Time("created_at"),
		field.Time("updated_at"),
	}
}

func (Draft) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "user_id"),
	}
}
