package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// Notice is that a customer was told of a debt, with the proof.
type Notice struct{ ent.Schema }

func (Notice) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Notice) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("invoice_id", uuid.UUID{}).Annotations(References("invoices")),
		field.Enum("channel").Values("telegram", "email", "letter"),
		field.String("destination"),
		field.UUID("email_id", uuid.UUID{}).Annotations(References("emails")).Optional().Nillable().Comment("which carried it, and knows whether it arrived"),
		field.Text("body"),
		field.Other("day", calendar.Date{}).SchemaType(civilDate),
		field.Time("at"),
	}
}

func (Notice) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "invoice_id"),
		index.Fields("tenant_id", "customer_id"),
	}
}
