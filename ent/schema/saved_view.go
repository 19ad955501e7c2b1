package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// SavedView is a list that a person gave a name: its filters, as they stand in the address.
type SavedView struct{ ent.Schema }

func (SavedView) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (SavedView) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")),
		field.Enum("list").Values("customers", "receivables").Default("customers"),
		field.String("name"),
		field.Text("filters").Comment("a query string"),
	}
}

func (SavedView) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "user_id", "list", "name").Unique(),
	}
}
