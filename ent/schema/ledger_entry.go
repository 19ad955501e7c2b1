package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// LedgerEntry is one side of a posting. The entries of one posting add up to zero.
type LedgerEntry struct{ ent.Schema }

func (LedgerEntry) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (LedgerEntry) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("posting_id", uuid.UUID{}),
		field.Enum("account").Values("receivable", "revenue", "cash", "bank", "pix", "credits", "late_revenue", "discounts",
			"cards", "correspondents", "commissions", "till_differences"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")).Optional().Nillable(),
		field.UUID("charge_id", uuid.UUID{}).Annotations(References("charges")).Optional().Nillable(),
		field.UUID("payment_id", uuid.UUID{}).Annotations(References("payments")).Optional().Nillable(),
		field.Int64("amount").GoType(money.Cents(0)).Comment("debit positive, credit negative"),
		field.Other("day", calendar.Date{}).SchemaType(civilDate),
		field.Time("at"),
		field.String("memo"),
	}
}

func (LedgerEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "posting_id"),
		index.Fields("tenant_id", "account", "day", "amount", "payment_id"), // what came in is summed in the index alone
		index.Fields("tenant_id", "charge_id"),
		index.Fields("tenant_id", "payment_id").Annotations(only("payment_id IS NOT NULL")),
		index.Fields("tenant_id", "customer_id", "at"),
	}
}
