package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// CreditUse is a credit spent on an invoice, refunded, or taken back; a negative one gives it back.
type CreditUse struct{ ent.Schema }

func (CreditUse) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (CreditUse) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("credit_id", uuid.UUID{}).Annotations(References("credits")),
		field.UUID("charge_id", uuid.UUID{}).Annotations(References("charges")).Optional().Nillable(),
		field.UUID("payment_id", uuid.UUID{}).Annotations(References("payments")).Optional().Nillable().Comment("what it paid, or the reversal that took it or gave it back"),
		field.Int64("amount").GoType(money.Cents(0)),
		field.Time("at"),
	}
}

func (CreditUse) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "credit_id"),
		index.Fields("tenant_id", "payment_id").Annotations(only("payment_id IS NOT NULL")),
	}
}
