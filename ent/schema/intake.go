package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Intake is a file of another system brought in (importação): plans, customers or services. It is read first, and written when somebody says so.
type Intake struct{ ent.Schema }

func (Intake) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Intake) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("kind").Values("planos", "clientes", "servicos"),
		field.String("name").Comment("of the file, as it was sent"),
		field.Int64("size").Comment("in bytes"),
		field.Bool("latin").Comment("Windows-1252; otherwise UTF-8"),
		field.Enum("state").Values("reading", "read", "writing", "written", "refused"),
		field.Int("lines").Comment("of the file; a guess until it has been read"),
		field.Int("good").Default(0).Comment("lines that can be written, or have been"),
		field.Int("errors").Default(0),
		field.Int("warnings").Default(0),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Comment("who brought it, and in whose name it is written"),
		field.String("user_name"),
		field.String("user_role"),
		field.Time("created_at"),
		field.Time("changed_at").Comment("since when it is in its state"),
	}
}

func (Intake) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "created_at"),
	}
}
