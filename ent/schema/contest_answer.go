package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// ContestAnswer is how a contest ended.
type ContestAnswer struct{ ent.Schema }

func (ContestAnswer) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (ContestAnswer) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("contest_id", uuid.UUID{}).Annotations(References("contests")),
		field.Enum("outcome").Values("upheld", "rejected"),
		field.String("reason"),
		field.Int64("refund").GoType(money.Cents(0)).Default(0).Comment("given back as credit for what had been paid"),
		field.Other("due", calendar.Date{}).SchemaType(civilDate).Optional().Comment("when what was rejected falls due anew"),
		field.Time("at"),
	}
}

func (ContestAnswer) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "contest_id").Unique(),
	}
}
