package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Receipt is money that a person handed over at once, whatever it paid, and the paper of it (recibo).
type Receipt struct{ ent.Schema }

func (Receipt) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Receipt) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.Int64("amount").GoType(money.Cents(0)).Comment("the sum of its payments"),
		field.Enum("form").Values(HandedForms...),
		field.Other("paid_on", calendar.Date{}).SchemaType(civilDate),
		field.Time("at"),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
	}
}

func (Receipt) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "number").Unique(),
	}
}
