package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Reactivation is that a cancelled service came back as a new one (reativação).
type Reactivation struct{ ent.Schema }

func (Reactivation) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Reactivation) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("from_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.UUID("to_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.Time("at"),
	}
}

func (Reactivation) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "from_id").Unique(),
		index.Fields("tenant_id", "to_id").Unique(),
	}
}
