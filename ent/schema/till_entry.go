package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// TillEntry is cash put into a till (suprimento) or taken out of it (sangria) that pays nothing.
type TillEntry struct{ ent.Schema }

func (TillEntry) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (TillEntry) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("till_id", uuid.UUID{}).Annotations(References("tills")),
		field.Enum("kind").Values("supply", "withdrawal"),
		field.Int64("amount").GoType(money.Cents(0)).Comment("negative when taken out"),
		field.String("reason"),
		field.Time("at"),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
	}
}

func (TillEntry) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "till_id"),
	}
}
