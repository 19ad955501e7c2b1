package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// DebtAgreement is overdue debt of a customer agreed to be paid in instalments (acordo). Where it stands is derived from them.
type DebtAgreement struct{ ent.Schema }

func (DebtAgreement) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (DebtAgreement) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.Other("made_on", calendar.Date{}).SchemaType(civilDate).Comment("the day the late charges were reckoned for"),
		field.Time("made_at"),
		field.Int64("principal").GoType(money.Cents(0)),
		field.Int64("late").GoType(money.Cents(0)).Comment("fine and interest until made_on"),
		field.Int64("discount").GoType(money.Cents(0)).Default(0),
		field.Int("instalments"),
		field.String("reason").Optional().Comment("why the discount was given"),
		field.Time("cancelled_at").Optional().Nillable(),
		field.String("cancel_reason").Optional(),
	}
}

func (DebtAgreement) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "number").Unique(),
		index.Fields("tenant_id", "customer_id"),
	}
}
