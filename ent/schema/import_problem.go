package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// ImportProblem is what is wrong with one line of a file that somebody brings in.
type ImportProblem struct{ ent.Schema }

func (ImportProblem) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (ImportProblem) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("batch_id", uuid.UUID{}).Annotations(References("batches")),
		field.Int("line").Comment("of the file, the heading being 1"),
		field.String("field").Comment("the column"),
		field.String("code").Comment("of the fault"),
		field.String("value").Optional().Comment("what stood there"),
	}
}

func (ImportProblem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "batch_id", "line"),
	}
}
