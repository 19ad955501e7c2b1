package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// OperatorAction is what an operator did, to an ISP or to the platform itself. On SQLite it lies where the change it tells of lies, so that
// both are one transaction.
type OperatorAction struct{ ent.Schema }

func (OperatorAction) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, AppendOnly{}} }

func (OperatorAction) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("isp_id", uuid.UUID{}).Optional().Nillable().Comment("none for what concerns no ISP"),
		field.String("event"),
		field.Time("at"),
		field.UUID("operator_id", uuid.UUID{}).Optional().Nillable().Comment("none for a command on the server"),
		field.String("operator_name"),
		field.Enum("channel").Values("web", "job"),
		field.String("reason").Optional(),
		field.JSON("before", map[string]any{}).Optional(),
		field.JSON("after", map[string]any{}).Optional(),
	}
}

func (OperatorAction) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("isp_id", "at"),
		index.Fields("at"),
	}
}
