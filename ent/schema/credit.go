package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// Credit is an amount in favour of a customer.
type Credit struct{ ent.Schema }

func (Credit) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Credit) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")).Optional().Nillable().Comment("when its invoice is separate"),
		field.Int64("amount").GoType(money.Cents(0)),
		field.UUID("payment_id", uuid.UUID{}).Annotations(References("payments")).Optional().Nillable().Comment("the payment that was more than what was owed"),
		field.String("memo"),
		field.Time("created_at"),
	}
}

func (Credit) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "customer_id", "created_at"),
		index.Fields("tenant_id", "payment_id").Unique().Annotations(only("payment_id IS NOT NULL")),
	}
}
