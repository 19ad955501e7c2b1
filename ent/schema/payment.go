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
		field.Enum("source").Values("counter", "boleto", "pix", "credit", "agreement"),
		field.String("external_id").Comment("bank line, endToEndId or form key; the same one never settles twice"),
		field.Int64("amount").GoType(money.Cents(0)).Comment("negative in a reversal"),
		field.Other("paid_on", calendar.Date{}).SchemaType(civilDate),
		field.Time("received_at"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("invoice_id", uuid.UUID{}).Annotations(References("invoices")).Optional().Nillable(),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
	}
}

func (Payment) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "source", "external_id").Unique(),
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "invoice_id"),
		index.Fields("tenant_id", "paid_on"),
	}
}
