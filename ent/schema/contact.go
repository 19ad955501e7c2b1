package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Contact is a phone or e-mail of a customer.
type Contact struct{ ent.Schema }

func (Contact) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Contact) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.Enum("kind").Values("phone", "email"),
		field.String("value").Comment("E.164 or address"),
		field.Int("position"),
	}
}

func (Contact) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "customer_id", "kind", "value").Unique(),
		index.Fields("tenant_id", "kind", "value"),
	}
}
