package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// BillingMethod is how invoices are collected (forma de cobrança).
type BillingMethod struct{ ent.Schema }

func (BillingMethod) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (BillingMethod) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("company_id", uuid.UUID{}).Annotations(References("companies")),
		field.String("name"),
		field.Enum("kind").Values("boleto", "pix", "counter"),
		field.UUID("agreement_id", uuid.UUID{}).Annotations(References("bank_agreements")).Optional().Nillable(),
		field.UUID("pix_key_id", uuid.UUID{}).Annotations(References("pix_keys")).Optional().Nillable(),
		field.UUID("psp_account_id", uuid.UUID{}).Annotations(References("psp_accounts")).Optional().Nillable().Comment("puts a charge of its own behind each Pix"),
		field.Bool("active").Default(true),
	}
}

func (BillingMethod) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
