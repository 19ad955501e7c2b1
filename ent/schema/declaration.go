package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Declaration says to a customer that everything of a year and of those before it is paid (declaração anual de quitação, Lei 12.007/2009).
type Declaration struct{ ent.Schema }

func (Declaration) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Declaration) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.Int("year").Comment("of the debts it declares paid"),
		field.Int64("amount").GoType(money.Cents(0)).Comment("what fell due in the year"),
		field.Other("day", calendar.Date{}).SchemaType(civilDate).Comment("on which it was made"),
		field.Text("body").Comment("as the customer was told"),
		field.UUID("email_id", uuid.UUID{}).Annotations(References("emails")).Optional().Nillable(),
		field.Time("at"),
	}
}

func (Declaration) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "customer_id", "year").Unique(),
	}
}
