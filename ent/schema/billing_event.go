package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// BillingEvent is a surcharge or a discount of a subscription beside its price (evento de faturamento), in one part or more, one a month.
type BillingEvent struct{ ent.Schema }

func (BillingEvent) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (BillingEvent) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")).Comment("the holder when it was agreed"),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.String("description"),
		field.Int64("amount").GoType(money.Cents(0)).Comment("of all parts; negative for a discount"),
		field.Int("parts"),
		field.String("memo").Optional().Comment("how the amount came about, of one that an operation reckoned"),
		field.Other("from_month", calendar.Date{}).SchemaType(civilDate).Comment("its first day"),
		field.Time("created_at"),
		field.Time("cancelled_at").Optional().Nillable().Comment("the parts not billed by then never are"),
		field.String("cancel_reason").Optional(),
	}
}

func (BillingEvent) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "subscription_id"),
	}
}
