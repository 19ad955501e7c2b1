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
		field.Time("cancelled_at").Optional().Nillable(),
		field.Bool("untold").Default(true).Comment("the next remessa looks at it: it was made, or its invoice changed"),
		field.Time("sent_at").Optional().Nillable().Comment("when a remessa asked the bank to register it"),
		field.Time("registered_at").Optional().Nillable().Comment("when the bank said that it did"),
		field.String("refused").Optional().Comment("the bank's reasons, until it is sent anew"),
		field.Int64("rebate").GoType(money.Cents(0)).Default(0).Comment("abatimento the bank was told of"),
		field.Time("withdrawn_at").Optional().Nillable().Comment("since when the bank takes no more money by it: paid, or written off"),
	}
}

func (Slip) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "txid").Unique(),
		index.Fields("tenant_id", "agreement_id", "our_number").Unique(),
		index.Fields("tenant_id", "invoice_id"),
		index.Fields("tenant_id", "agreement_id", "issued_at").Annotations(only("untold AND agreement_id IS NOT NULL")),
	}
}
