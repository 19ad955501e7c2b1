package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"

	"github.com/google/uuid"
)

// Batch is how far a long piece of work has come.
type Batch struct{ ent.Schema }

func (Batch) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Batch) Fields() []ent.Field {
	return []ent.Field{
		field.String("kind"),
		field.UUID("subject_id", uuid.UUID{}),
		field.Int("total"),
		field.Int("done").Default(0),
		field.Int("failed").Default(0),
		field.Time("created_at"),
		field.Time("finished_at").Optional().Nillable(),
		field.String("failure").Optional(),
	}
}

func (Batch) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "subject_id"),
	}
}
