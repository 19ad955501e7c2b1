package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// RemessaOrder is one thing a remessa asks of one title.
type RemessaOrder struct{ ent.Schema }

func (RemessaOrder) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (RemessaOrder) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("remessa_id", uuid.UUID{}).Annotations(References("remessas")),
		field.UUID("slip_id", uuid.UUID{}).Annotations(References("slips")),
		field.Int("position"),
		field.Enum("command").Values("register", "cancel", "grant_rebate", "cancel_rebate"),
		field.Int64("amount").GoType(money.Cents(0)).Comment("of the title"),
		field.Int64("rebate").GoType(money.Cents(0)),
		field.Other("due", calendar.Date{}).SchemaType(civilDate),
	}
}

func (RemessaOrder) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "remessa_id", "position").Unique(),
		index.Fields("tenant_id", "slip_id"),
	}
}
