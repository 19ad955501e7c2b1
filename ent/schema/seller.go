package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Seller is who sells and earns commission (vendedor).
type Seller struct{ ent.Schema }

func (Seller) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Seller) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
		field.Int("commission").Default(0).Comment("hundredths of a percent"),
		field.Bool("active").Default(true),
	}
}

func (Seller) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
