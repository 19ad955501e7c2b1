package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// Invoice is charges grouped under one due date, with one boleto and one Pix (fatura). Its status is derived.
type Invoice struct{ ent.Schema }

func (Invoice) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Invoice) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")).Optional().Nillable().Comment("when it is of one alone: separate, or of a carnê"),
		field.UUID("booklet_id", uuid.UUID{}).Annotations(References("booklets")).Optional().Nillable(),
		field.Int("instalment").Default(0).Comment("of the carnê"),
		field.UUID("method_id", uuid.UUID{}).Annotations(References("billing_methods")),
		field.Other("due", calendar.Date{}).SchemaType(civilDate),
		field.Time("issued_at"),
		field.Other("reminded_on", calendar.Date{}).SchemaType(civilDate).Optional().Comment("when it was called to mind before it was due"),
		field.Other("noticed_on", calendar.Date{}).SchemaType(civilDate).Optional().Comment("when the customer was told that it is overdue; the notice has the proof. An estorno clears it: what was told of then was paid"),
		field.Time("cancelled_at").Optional().Nillable(),
		field.String("cancel_reason").Optional(),
		field.Int("version").Default(1).Comment("goes up with every payment, so that two wait for each other"),
		field.Time("paid_at").Optional().Nillable().Comment("principal and late charges at zero"),
	}
}

func (Invoice) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "number").Unique(),
		index.Fields("tenant_id", "customer_id", "due"),
		index.Fields("tenant_id", "booklet_id", "instalment"),
		index.Fields("tenant_id", "due"),
		index.Fields("tenant_id", "due", "number", "customer_id").Annotations(only("paid_at IS NULL AND cancelled_at IS NULL")),
		index.Fields("tenant_id", "noticed_on", "due").Annotations(only("paid_at IS NULL AND cancelled_at IS NULL")),
		index.Fields("tenant_id", "paid_at").Annotations(only("paid_at IS NOT NULL")),
	}
}
