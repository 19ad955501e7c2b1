package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Address is a place of a customer. Editing for one role makes a new row; documents keep their own copy.
type Address struct{ ent.Schema }

func (Address) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Address) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.String("cep"),
		field.String("street"),
		field.String("house_number"),
		field.String("complement").Optional(),
		field.String("district"),
		field.String("city"),
		field.String("town").Comment("the city as it is looked for: small letters without accents"),
		field.String("uf"),
		field.String("ibge").Optional(),
		field.String("landmark").Optional(),
	}
}

func (Address) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "town", "customer_id"),
	}
}
