package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Nas is a network access server of the ISP, found by address and secret.
type Nas struct{ ent.Schema }

func (Nas) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Nas) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.String("address"),
		field.String("secret").Sensitive().Comment("sealed"),
		field.Enum("authenticator").Values("auto", "sim", "nao").Default("auto").Comment("Message-Authenticator: required once seen, always, never"),
		field.Bool("authenticator_seen").Default(false),
	}
}

func (Nas) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "address").Unique(),
	}
}
