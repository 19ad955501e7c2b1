package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Operator is a person who runs the platform: creates ISPs and switches features, and sees no customer.
type Operator struct{ ent.Schema }

func (Operator) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

func (Operator) Fields() []ent.Field {
	return []ent.Field{
		field.String("email").Unique(),
		field.String("name"),
		field.String("password_hash").Sensitive(),
		field.Time("signed_in_at").Optional().Nillable(),
	}
}
