package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Charge is one amount owed for one reason (cobrança), with the memo that explains it.
type Charge struct{ ent.Schema }

func (Charge) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Charge) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")).Comment("who owes; stays when the subscription changes hands"),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")).Optional().Nillable(),
		field.UUID("invoice_id", uuid.UUID{}).Annotations(References("invoices")).Optional().Nillable(),
		field.UUID("late_invoice_id", uuid.UUID{}).Annotations(References("invoices")).Optional().Nillable().Comment("of late charges: the invoice that was paid late"),
		field.Enum("kind").Values("recurring", "installation", "loose", "late", "credit", "agreement", "penalty", "event"),
		field.UUID("charge_kind_id", uuid.UUID{}).Annotations(References("charge_kinds")).Optional().Nillable(),
		field.Bool("suspends").Default(false).Comment("debt of it may suspend the service"),
		field.String("description"),
		field.Other("period_from", calendar.Date{}).SchemaType(civilDate).Optional(),
		field.Other("period_to", calendar.Date{}).SchemaType(civilDate).Optional().Comment("first day not covered"),
		field.Bool("whole").Default(false).Comment("it covers a whole period, not a part of one"),
		field.Other("competence", calendar.Date{}).SchemaType(civilDate).Optional().Comment("first day of the month the period starts in"),
		field.Other("due", calendar.Date{}).SchemaType(civilDate),
		field.Int64("amount").GoType(money.Cents(0)).Comment("negative for a credit line"),
		field.Int64("settled").GoType(money.Cents(0)).Default(0).Comment("the sum of its settlements; moves with them"),
		field.Time("closed_at").Optional().Nillable().Comment("when its invoice was paid: from then on it is no open debt"),
		field.String("memo").Comment("\"13 de 30 dias × R$ 89,90\""),
		field.Int("position").Comment("order within the invoice"),
		field.Time("created_at"),
		field.Time("cancelled_at").Optional().Nillable(),
		field.String("cancel_reason").Optional(),
		field.Time("passed_on_at").Optional().Nillable().Comment("when days of it became another holder's: what it is of them was given back"),
		field.Time("contested_at").Optional().Nillable(),
		field.Time("contest_answered_at").Optional().Nillable(),
	}
}

func (Charge) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "number").Unique(),
		index.Fields("tenant_id", "subscription_id", "period_from", "kind").Unique().Annotations(only("kind = 'recurring' AND cancelled_at IS NULL AND passed_on_at IS NULL")),
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "invoice_id"),
		index.Fields("tenant_id", "late_invoice_id").Annotations(only("late_invoice_id IS NOT NULL")),
		index.Fields("tenant_id", "due", "amount").Annotations(only("cancelled_at IS NULL")), // what fell due in a month is summed in the index alone
		index.Fields("tenant_id", "subscription_id", "due").Annotations(only("closed_at IS NULL AND cancelled_at IS NULL")),
		index.Fields("tenant_id", "due", "amount", "settled").Annotations(only("closed_at IS NULL AND cancelled_at IS NULL AND invoice_id IS NOT NULL")),
		index.Fields("tenant_id", "due", "number", "amount", "settled").Annotations(only("closed_at IS NULL AND cancelled_at IS NULL AND invoice_id IS NULL")),
		index.Fields("tenant_id", "invoice_id", "due").Annotations(only("contested_at IS NOT NULL AND contest_answered_at IS NULL AND cancelled_at IS NULL")),
	}
}
