package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Payment is money that came in (baixa), or one that is taken back.
type Payment struct{ ent.Schema }

func (Payment) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Payment) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("source").Values("counter", "correspondent", "boleto", "pix", "credit", "agreement"),
		field.String("external_id").Comment("bank line, endToEndId or form key; the same one never settles twice"),
		field.Int64("amount").GoType(money.Cents(0)).Comment("negative in a reversal"),
		field.Other("paid_on", calendar.Date{}).SchemaType(civilDate),
		field.Time("received_at"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("invoice_id", uuid.UUID{}).Annotations(References("invoices")).Optional().Nillable(),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
		field.Enum("form").Values(HandedForms...).Optional().Nillable().Comment("of what a person handed over"),
		field.UUID("receipt_id", uuid.UUID{}).Annotations(References("receipts")).Optional().Nillable().Comment("the recibo of the handing over it is part of"),
		field.UUID("till_id", uuid.UUID{}).Annotations(References("tills")).Optional().Nillable().Comment("the caixa it went into, or a reversal came out of"),
		field.UUID("correspondent_id", uuid.UUID{}).Annotations(References("correspondents")).Optional().Nillable().Comment("who took it for the ISP"),
	}
}

func (Payment) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "source", "external_id").Unique(),
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "invoice_id"),
		index.Fields("tenant_id", "paid_on"),
		index.Fields("tenant_id", "receipt_id").Annotations(only("receipt_id IS NOT NULL")),
		index.Fields("tenant_id", "till_id").Annotations(only("till_id IS NOT NULL")),
		index.Fields("tenant_id", "correspondent_id", "paid_on").Annotations(only("correspondent_id IS NOT NULL")),
	}
}

// HandedForms are the ways in which money is handed over (formas de pagamento).
var HandedForms = []string{"cash", "debit_card", "credit_card", "pix", "transfer", "cheque"}
