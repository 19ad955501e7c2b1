package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// BankReturnLine is what a line of a retorno said, and what was done upon it.
type BankReturnLine struct{ ent.Schema }

func (BankReturnLine) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (BankReturnLine) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("return_id", uuid.UUID{}).Annotations(References("bank_returns")),
		field.Int("line").Comment("of the file, from 1; 0 is the file as a whole"),
		field.Int("position").Comment("in the report"),
		field.Enum("outcome").Values("paid", "credited", "registered", "refused", "withdrawn", "fee", "noted", "repeated", "unknown", "damaged"),
		field.String("movement").Optional().Comment("the bank's code"),
		field.String("reasons").Optional().Comment("the bank's codes, two characters each"),
		field.String("our_number").Optional(),
		field.String("document").Optional().Comment("seu número"),
		field.Other("occurred_on", calendar.Date{}).SchemaType(civilDate).Optional(),
		field.Other("credited_on", calendar.Date{}).SchemaType(civilDate).Optional(),
		field.Int64("received").GoType(money.Cents(0)).Default(0).Comment("what the payer handed over"),
		field.Int64("fee").GoType(money.Cents(0)).Default(0).Comment("of the bank"),
		field.Int64("credit").GoType(money.Cents(0)).Default(0).Comment("of it, what was left as the customer's credit"),
		field.Int64("forgiven").GoType(money.Cents(0)).Default(0).Comment("late charges let go"),
		field.UUID("slip_id", uuid.UUID{}).Annotations(References("slips")).Optional().Nillable(),
		field.UUID("payment_id", uuid.UUID{}).Annotations(References("payments")).Optional().Nillable(),
		field.Int("column").Default(0).Comment("of a damaged record"),
		field.String("problem").Optional().Comment("of a damaged record, cnab's code"),
	}
}

func (BankReturnLine) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "return_id", "position").Unique(),
		index.Fields("tenant_id", "return_id", "outcome"),
	}
}
