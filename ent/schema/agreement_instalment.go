package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// AgreementInstalment is an invoice that pays a part of an agreement; its charges are of the kind agreement.
type AgreementInstalment struct{ ent.Schema }

func (AgreementInstalment) Mixin() []ent.Mixin {
	return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}}
}

func (AgreementInstalment) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("agreement_id", uuid.UUID{}).Annotations(References("debt_agreements")),
		field.UUID("invoice_id", uuid.UUID{}).Annotations(References("invoices")),
		field.Int("place").Comment("1 for the first: its payment gives the service back"),
	}
}

func (AgreementInstalment) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "agreement_id", "place").Unique(),
		index.Fields("tenant_id", "invoice_id").Unique(),
	}
}
