package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// Booklet is n invoices of one subscription printed together (carnê).
type Booklet struct{ ent.Schema }

func (Booklet) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Booklet) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.Other("start_on", calendar.Date{}).SchemaType(civilDate),
		field.Other("first_due", calendar.Date{}).SchemaType(civilDate),
		field.Int("instalments"),
		field.Enum("mode").Values("antecipado", "postecipado"),
		field.Time("issued_at"),
		field.Time("cancelled_at").Optional().Nillable(),
		field.String("cancel_reason").Optional(),
		field.UUID("file_id", uuid.UUID{}).Annotations(References("files")).Optional().Nillable().Comment("the PDF, once a worker has made it"),
		field.Int("version").Default(1).Comment("goes up with every change, so that two wait for each other and a PDF drawn before is not kept"),
	}
}

func (Booklet) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "number").Unique(),
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "subscription_id"),
	}
}
