package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// WorkOrder is a technician's visit (ordem de serviço).
type WorkOrder struct{ ent.Schema }

func (WorkOrder) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (WorkOrder) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.UUID("ticket_id", uuid.UUID{}).Annotations(References("tickets")).Optional().Nillable(),
		field.UUID("type_id", uuid.UUID{}).Annotations(References("work_order_types")),
		field.Enum("status").Values("aguardando_agendamento", "agendada", "em_execucao", "finalizada", "cancelada"),
		field.UUID("technician_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable(),
		field.UUID("helper_id", uuid.UUID{}).Annotations(References("users")).Optional().Nillable().Comment("a second technician"),
		field.Time("starts_at").Optional().Nillable(),
		field.Int("minutes").Default(60),
		field.Text("description"),
		field.Time("opened_at"),
		field.Time("on_way_at").Optional().Nillable().Comment("when the technician set out, and the customer was told"),
		field.Time("began_at").Optional().Nillable(),
		field.Time("finished_at").Optional().Nillable(),
		field.Text("done").Optional().Comment("what was done there"),
		field.String("signed_by").Optional().Comment("whose signature the attachment of that kind is"),
	}
}

func (WorkOrder) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "number").Unique(),
		index.Fields("tenant_id", "technician_id", "starts_at"),
		index.Fields("tenant_id", "helper_id", "starts_at"),
		index.Fields("tenant_id", "starts_at"),
		index.Fields("tenant_id", "customer_id"),
		index.Fields("tenant_id", "status"),
		index.Fields("tenant_id", "ticket_id"),
	}
}
