package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Slip is the boleto and the Pix of an invoice as printed. A changed invoice gets a new one.
type Slip struct{ ent.Schema }

func (Slip) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Slip) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("invoice_id", uuid.UUID{}).Annotations(References("invoices")),
		field.UUID("agreement_id", uuid.UUID{}).Annotations(References("bank_agreements")).Optional().Nillable(),
		field.Int64("amount").GoType(money.Cents(0)),
		field.Other("due", calendar.Date{}).SchemaType(civilDate),
		field.String("our_number").Optional().Comment("nosso número as printed, with its digit"),
		field.String("barcode").Optional().Comment("44 digits"),
		field.String("linha").Optional().Comment("47 digits"),
		field.String("txid"),
		field.String("pix_payload").Optional().Comment("copia e cola: of the PSP's charge once there is one, else the ISP's own"),
		field.String("pix_static").Optional().Comment("the ISP's own, where the PSP's charge took its place"),
		field.String("pix_location").Optional().Comment("where the PSP serves the charge"),
		field.Time("issued_at"),
		field.Time("registered_at").Optional().Nillable(),
		field.Time("cancelled_at").Optional().Nillable(),
	}
}

func (Slip) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "txid").Unique(),
		index.Fields("tenant_id", "agreement_id", "our_number").Unique(),
		index.Fields("tenant_id", "invoice_id"),
	}
}
