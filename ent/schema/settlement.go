package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// Settlement is what part of a payment settled which charge.
type Settlement struct{ ent.Schema }

func (Settlement) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Settlement) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("payment_id", uuid.UUID{}).Annotations(References("payments")),
		field.UUID("charge_id", uuid.UUID{}).Annotations(References("charges")).Optional().Nillable(),
		field.UUID("invoice_id", uuid.UUID{}).Annotations(References("invoices")).Optional().Nillable().Comment("for late charges, which are owed on the invoice"),
		field.Enum("kind").Values("principal", "fine", "interest"),
		field.Int64("amount").GoType(money.Cents(0)),
		field.Time("at"),
	}
}

func (Settlement) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "payment_id"),
		index.Fields("tenant_id", "charge_id"),
		index.Fields("tenant_id", "invoice_id"),
	}
}
