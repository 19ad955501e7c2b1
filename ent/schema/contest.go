package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// Contest is that a customer contested a charge (contestação). It is open while it has no answer.
type Contest struct{ ent.Schema }

func (Contest) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Contest) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("charge_id", uuid.UUID{}).Annotations(References("charges")),
		field.Enum("channel").Values("counter", "phone", "email", "telegram", "regulator"),
		field.String("reason"),
		field.Time("at"),
		field.Other("answer_by", calendar.Date{}).SchemaType(civilDate).Comment("the last day for an answer"),
	}
}

func (Contest) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "charge_id").Unique(),
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "answer_by"),
	}
}
