package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// AgreementDebt is an invoice, or a charge without one, that an agreement settled, and the payment of its books that did so.
type AgreementDebt struct{ ent.Schema }

func (AgreementDebt) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (AgreementDebt) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("agreement_id", uuid.UUID{}).Annotations(References("debt_agreements")),
		field.UUID("payment_id", uuid.UUID{}).Annotations(References("payments")),
		field.UUID("invoice_id", uuid.UUID{}).Annotations(References("invoices")).Optional().Nillable(),
		field.UUID("charge_id", uuid.UUID{}).Annotations(References("charges")).Optional().Nillable().Comment("of one without an invoice"),
	}
}

func (AgreementDebt) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "agreement_id"),
		index.Fields("tenant_id", "payment_id"),
		index.Fields("tenant_id", "invoice_id"),
	}
}
