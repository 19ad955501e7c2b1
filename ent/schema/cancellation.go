package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// Cancellation is that a service was cancelled: why, what was offered to keep the customer, and what leaving cost. Transfers and migrations are none.
type Cancellation struct{ ent.Schema }

func (Cancellation) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Cancellation) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")).Comment("the holder when it was cancelled"),
		field.Enum("reason").Values("mudanca", "preco", "concorrente", "qualidade", "sem_uso", "inadimplencia", "arrependimento", "falecimento", "inviavel", "outro"),
		field.String("note").Comment("in the customer's words"),
		field.String("offer").Optional().Comment("what was offered to keep the customer, and refused"),
		field.Other("day", calendar.Date{}).SchemaType(civilDate).Comment("the first that is not paid for"),
		field.Enum("state_before").Values("aguardando_assinatura", "aguardando_instalacao", "habilitado", "suspenso_parcial", "suspenso_debito", "suspenso_pedido", "aguardando_migracao"),
		field.Int64("penalty").GoType(money.Cents(0)).Default(0).Comment("of loyalty, as charged"),
		field.Int64("spared").GoType(money.Cents(0)).Default(0).Comment("of loyalty, not charged"),
		field.String("spared_why").Optional().Comment("of one that somebody waived"),
		field.UUID("invoice_id", uuid.UUID{}).Annotations(References("invoices")).Optional().Nillable().Comment("the final one"),
		field.UUID("work_order_id", uuid.UUID{}).Annotations(References("work_orders")).Optional().Nillable().Comment("that fetches the equipment"),
		field.Time("at"),
		field.Time("undone_at").Optional().Nillable(),
	}
}

func (Cancellation) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "subscription_id").Unique().Annotations(only("undone_at IS NULL")),
		index.Fields("tenant_id", "day"),
	}
}
