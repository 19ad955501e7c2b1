package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// User is a person of the ISP's staff.
type User struct{ ent.Schema }

func (User) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (User) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.String("email"),
		field.String("password_hash").Sensitive(),
		field.Enum("role").Values("gerente", "comercial", "financeiro", "suporte", "tecnico"),
		field.UUID("sector_id", uuid.UUID{}).Annotations(References("sectors")).Optional().Nillable().Comment("where they work: its tickets are theirs too"),
		field.Bool("active").Default(true),
		field.Time("signed_in_at").Optional().Nillable(),
	}
}

func (User) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "email").Unique(),
	}
}
