package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Subscription is a plan sold to a customer at an address (serviço do cliente).
type Subscription struct{ ent.Schema }

func (Subscription) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Subscription) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")).Comment("the holder; a transfer changes it"),
		field.UUID("plan_id", uuid.UUID{}).Annotations(References("plans")),
		field.UUID("seller_id", uuid.UUID{}).Annotations(References("sellers")).Optional().Nillable(),
		field.UUID("origin_id", uuid.UUID{}).Annotations(References("origins")).Optional().Nillable().Comment("the customer's on the day of the sale, for the reports"),
		field.Enum("made_by").Values("sale", "migration", "import").Default("sale").Comment("neither a migration nor what another system had is a sale of the reports"),
		field.UUID("chain_id", uuid.UUID{}).Optional().Nillable().Comment("the first of the services this one follows by migration; none: it is the first. A table cannot point at itself"),
		field.Enum("ended_by").Values("cancellation", "migration").Optional().Nillable().Comment("nor is the service it replaced a cancellation"),
		field.Enum("status").Values("aguardando_assinatura", "aguardando_instalacao", "habilitado", "suspenso_parcial", "suspenso_debito", "suspenso_pedido", "aguardando_migracao", "cancelado"),
		field.Time("status_since"),
		field.Int64("price").GoType(money.Cents(0)).Comment("contracted, a month"),
		field.Int64("discount_fixed").GoType(money.Cents(0)).Default(0),
		field.Int("discount_percent").Default(0).Comment("hundredths of a percent"),
		field.Int("discount_months").Default(0).Comment("whole periods; 0 is for ever"),
		field.Int("whole_billed").Default(0).Comment("whole periods billed so far"),
		field.Other("sold_on", calendar.Date{}).SchemaType(civilDate),
		field.Other("enabled_on", calendar.Date{}).SchemaType(civilDate).Optional().Comment("habilitação"),
		field.Other("held_from", calendar.Date{}).SchemaType(civilDate).Optional().Comment("the holder's first day, where it came by a transfer"),
		field.Int("due_day_before").Optional().Comment("with held_from: the due day on which the period ends that the holder took over the rest of"),
		field.Other("cancelled_on", calendar.Date{}).SchemaType(civilDate).Optional(),
		field.String("cancel_reason").Optional(),
		field.Other("loyalty_from", calendar.Date{}).SchemaType(civilDate).Optional(),
		field.Other("loyalty_to", calendar.Date{}).SchemaType(civilDate).Optional(),
		field.Int64("loyalty_benefit").GoType(money.Cents(0)).Default(0),
		field.UUID("method_id", uuid.UUID{}).Annotations(References("billing_methods")),
		field.Int("due_day"),
		field.Enum("mode").Values("antecipado", "postecipado"),
		field.Bool("booklet").Default(false).Comment("billed by carnê, never by the monthly run"),
		field.Bool("separate_invoice").Default(false),
		field.Bool("separate_note").Default(false),
		field.Enum("fee_choice").Values("none", "first_invoices", "upfront"),
		field.Int64("fee").GoType(money.Cents(0)).Default(0).Comment("taxa de instalação"),
		field.Int("fee_parts").Default(0),
		field.Other("billed_until", calendar.Date{}).SchemaType(civilDate).Optional().Comment("end of the last recurring period billed; moves by a conditional update"),
		field.Other("no_block_until", calendar.Date{}).SchemaType(civilDate).Optional(),
		field.Bool("never_block").Default(false),
		field.String("block_reason").Optional().Comment("why it is spared"),
	}
}

func (Subscription) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "number").Unique(),
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "chain_id").Annotations(only("chain_id IS NOT NULL")),
		index.Fields("tenant_id", "status", "status_since"),
		index.Fields("tenant_id", "status", "customer_id"),
		index.Fields("tenant_id", "plan_id", "status", "customer_id"),
		// The month of the panel is counted in the indexes alone.
		index.Fields("tenant_id", "made_by", "sold_on", "origin_id"),
		index.Fields("tenant_id", "made_by", "enabled_on", "price"),
		index.Fields("tenant_id", "ended_by", "cancelled_on", "enabled_on", "price"),
		index.Fields("tenant_id", "status", "billed_until").Annotations(only("booklet")),
	}
}
