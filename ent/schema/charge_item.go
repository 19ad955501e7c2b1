package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// ChargeItem is a component of a charge: what of it is telecom service and what is value added.
type ChargeItem struct{ ent.Schema }

func (ChargeItem) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (ChargeItem) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("charge_id", uuid.UUID{}).Annotations(References("charges")),
		field.Enum("kind").Values("scm", "sva", "other"),
		field.String("name"),
		field.Int64("amount").GoType(money.Cents(0)),
		field.Int("position"),
	}
}

func (ChargeItem) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "charge_id"),
	}
}
