package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// CustomerGroup is that a customer belongs to a group.
type CustomerGroup struct{ ent.Schema }

func (CustomerGroup) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (CustomerGroup) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("group_id", uuid.UUID{}).Annotations(References("groups")),
	}
}

func (CustomerGroup) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "customer_id", "group_id").Unique(),
		index.Fields("tenant_id", "group_id", "customer_id"),
	}
}
