package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// RenewalItem is one carnê of a renewal of many: what was shown of it before, and what became of it.
type RenewalItem struct{ ent.Schema }

func (RenewalItem) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (RenewalItem) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("renewal_id", uuid.UUID{}).Annotations(References("renewals")),
		field.Int("position").Comment("in the file: by the end of what is billed, then the service's number"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.Other("start_on", calendar.Date{}).SchemaType(civilDate),
		field.Other("first_due", calendar.Date{}).SchemaType(civilDate),
		field.Int64("amount").GoType(money.Cents(0)).Comment("of the whole carnê, as it was shown: one of another total is not made"),
		field.Enum("state").Values("waiting", "done", "failed").Default("waiting"),
		field.UUID("booklet_id", uuid.UUID{}).Annotations(References("booklets")).Optional().Nillable(),
		field.String("code").Optional().Comment("of the fault by which it failed"),
		field.JSON("args", map[string]string{}).Optional(),
	}
}

func (RenewalItem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "renewal_id", "position").Unique(),
		index.Fields("tenant_id", "renewal_id", "subscription_id").Unique(),
		index.Fields("tenant_id", "subscription_id").Annotations(only("state = 'waiting'")),
	}
}
