package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// TillCount is what was counted of one form of payment when a till was closed, beside what should have been there.
type TillCount struct{ ent.Schema }

func (TillCount) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (TillCount) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("till_id", uuid.UUID{}).Annotations(References("tills")),
		field.Enum("form").Values(HandedForms...),
		field.Int64("expected").GoType(money.Cents(0)),
		field.Int64("counted").GoType(money.Cents(0)),
		field.Time("at"),
	}
}

func (TillCount) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "till_id", "form").Unique(),
	}
}
