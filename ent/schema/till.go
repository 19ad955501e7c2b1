package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Till is one person's cash of one stretch of work (caixa): opened with a float, closed with what was counted.
type Till struct{ ent.Schema }

func (Till) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Till) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")),
		field.Other("day", calendar.Date{}).SchemaType(civilDate).Comment("on which it was opened"),
		field.Int64("opening").GoType(money.Cents(0)).Comment("the float: cash that was there"),
		field.Time("opened_at"),
		field.Time("closed_at").Optional().Nillable(),
		field.UUID("closed_by", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
		field.String("reason").Optional().Comment("of the difference"),
		field.Int("version").Default(1).Comment("goes up with all that goes in or out, so that the closing waits for it"),
	}
}

func (Till) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "number").Unique(),
		index.Fields("tenant_id", "user_id").Unique().Annotations(only("closed_at IS NULL")),
		index.Fields("tenant_id", "day"),
	}
}
