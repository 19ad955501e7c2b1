package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// BillingEventPart is what of a billing event rides on the invoice of one month.
type BillingEventPart struct{ ent.Schema }

func (BillingEventPart) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (BillingEventPart) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("event_id", uuid.UUID{}).Annotations(References("billing_events")),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.Int("place").Comment("1 for the first"),
		field.Other("month", calendar.Date{}).SchemaType(civilDate).Comment("its first day: the part rides on the first invoice due in it or after"),
		field.Int64("amount").GoType(money.Cents(0)),
		field.UUID("charge_id", uuid.UUID{}).Annotations(References("charges")).Optional().Nillable().Comment("what bills it; moves by a conditional update"),
		field.Time("cancelled_at").Optional().Nillable(),
	}
}

func (BillingEventPart) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "event_id", "place").Unique(),
		index.Fields("tenant_id", "subscription_id", "month").Annotations(only("charge_id IS NULL AND cancelled_at IS NULL")),
		index.Fields("tenant_id", "charge_id").Annotations(only("charge_id IS NOT NULL")),
	}
}
