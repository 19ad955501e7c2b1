package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Deed is what an operation on a service did, so that it can be undone for a while (desfazer).
type Deed struct{ ent.Schema }

func (Deed) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Deed) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("kind").Values("cancellation", "migration"),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")).Comment("the service that it ended"),
		field.UUID("to_id", uuid.UUID{}).Annotations(References("subscriptions")).Optional().Nillable().Comment("the service that took its place"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.Time("at"),
		field.JSON("changed", json.RawMessage{}).Comment("the rows it changed and made, as they were and as it left them; tenants/subscriptions writes it"),
		field.Time("undone_at").Optional().Nillable(),
		field.String("undone_reason").Optional(),
	}
}

func (Deed) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "subscription_id").Unique().Annotations(only("undone_at IS NULL")),
		index.Fields("tenant_id", "to_id").Annotations(only("to_id IS NOT NULL")),
	}
}
