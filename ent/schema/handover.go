package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Handover is money that a correspondente handed over to the ISP (repasse), with the commission it kept of it.
type Handover struct{ ent.Schema }

func (Handover) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Handover) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("correspondent_id", uuid.UUID{}).Annotations(References("correspondents")),
		field.Int64("amount").GoType(money.Cents(0)).Comment("what came in"),
		field.Int64("commission").GoType(money.Cents(0)).Comment("what was kept"),
		field.Enum("form").Values(HandedForms...),
		field.Other("day", calendar.Date{}).SchemaType(civilDate),
		field.Time("at"),
		field.String("note").Optional(),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
		field.UUID("till_id", uuid.UUID{}).Annotations(References("tills")).Optional().Nillable().Comment("the caixa it went into"),
	}
}

func (Handover) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "correspondent_id", "day"),
		index.Fields("tenant_id", "till_id").Annotations(only("till_id IS NOT NULL")),
	}
}
