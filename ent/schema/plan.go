package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// Plan is what an ISP sells (plano).
type Plan struct{ ent.Schema }

func (Plan) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Plan) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.Int64("price").GoType(money.Cents(0)).Comment("of a month; its items add up to it"),
		field.Enum("technology").Values("fibra", "radio", "cabo", "satelite"),
		field.Int("down_kbps"),
		field.Int("up_kbps"),
		field.Bool("emits_contract").Default(true),
		field.UUID("template_id", uuid.UUID{}).Annotations(References("contract_templates")).Optional().Nillable(),
		field.Int("loyalty_months").Default(0),
		field.Int64("loyalty_benefit").GoType(money.Cents(0)).Default(0).Comment("what the customer was spared for staying"),
		field.JSON("cities", []string{}).Comment("IBGE codes it is sold in; empty is everywhere"),
		field.String("pool").Default("").Comment("addresses of its subscribers, by the name the NAS knows; none: the NAS's own choice"),
		field.Int("session_hours").Default(0).Comment("after which a session is begun anew; 0: never"),
		field.Bool("active").Default(true),
	}
}

func (Plan) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
