package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// SearchWord is one accent-blind word by which a customer is found. Row-level security defeats LIKE; a range over whole words does not lose
// its index.
type SearchWord struct{ ent.Schema }

func (SearchWord) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (SearchWord) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.String("word").Annotations(bytewise),
		field.String("name").Comment("the customer's: the first of ten thousand by name are found in the index alone"),
	}
}

func (SearchWord) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "word", "name", "customer_id"),
		index.Fields("tenant_id", "customer_id", "word").Unique(),
	}
}
