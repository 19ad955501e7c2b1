package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// IntakeProblem is what is wrong with a cell of a file brought in, or to be known of it. It goes with its intake.
type IntakeProblem struct{ ent.Schema }

func (IntakeProblem) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (IntakeProblem) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("intake_id", uuid.UUID{}).Annotations(References("intakes")),
		field.Int("position").Comment("in the report: by line, then column"),
		field.Bool("warning").Comment("it keeps nothing from being written"),
		field.Int("line").Comment("of the file, from 1; 0 is the file as a whole"),
		field.String("column").Optional(),
		field.String("typed").Optional().Comment("what stood there, never a password"),
		field.String("code"),
		field.JSON("args", map[string]string{}).Optional(),
	}
}

func (IntakeProblem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "intake_id", "position"),
	}
}
