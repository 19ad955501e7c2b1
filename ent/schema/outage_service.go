package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// OutageService is a service whose line an outage took down: what became of it at the beginning and at the end.
type OutageService struct{ ent.Schema }

func (OutageService) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (OutageService) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("outage_id", uuid.UUID{}).Annotations(References("outages")),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")).Comment("the holder when it was found"),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.Enum("state").Values("waiting", "down", "up", "failed").Default("waiting"),
		field.Bool("told").Default(false).Comment("the bot has written to the customer of the beginning"),
		field.Other("from_day", calendar.Date{}).SchemaType(civilDate).Optional().Comment("of the days given back"),
		field.Other("until_day", calendar.Date{}).SchemaType(civilDate).Optional().Comment("the first day served again"),
		field.Int64("credit").GoType(money.Cents(0)).Default(0),
		field.String("memo").Optional(),
		field.String("code").Optional().Comment("of the fault by which its days could not be given back"),
		field.JSON("args", map[string]string{}).Optional(),
	}
}

func (OutageService) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "outage_id", "subscription_id").Unique(),
		index.Fields("tenant_id", "outage_id", "state", "customer_id"),
		index.Fields("tenant_id", "subscription_id"),
		index.Fields("tenant_id", "customer_id"),
	}
}
