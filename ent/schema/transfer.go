package schema

import (
	"encoding/json"

	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// Transfer is that a subscription changes hands (troca de titularidade): it waits for what both must accept, or was done. What it found, and
// what it made, stands in it for who undoes it.
type Transfer struct{ ent.Schema }

func (Transfer) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Transfer) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.UUID("from_id", uuid.UUID{}).Annotations(References("customers")).Comment("who held it"),
		field.UUID("to_id", uuid.UUID{}).Annotations(References("customers")).Comment("who takes it over"),
		field.UUID("method_id", uuid.UUID{}).Annotations(References("billing_methods")).Comment("this and what follows: how it is billed to who takes it over"),
		field.Int("due_day"),
		field.Enum("mode").Values("antecipado", "postecipado"),
		field.Bool("booklet").Default(false),
		field.Bool("separate_invoice").Default(false),
		field.Bool("separate_note").Default(false),
		field.UUID("template_id", uuid.UUID{}).Annotations(References("contract_templates")).Optional().Nillable().Comment("of the new contract; none: the plan's, or no contract"),
		field.UUID("address_id", uuid.UUID{}).Annotations(References("addresses")).Optional().Nillable().Comment("where who takes it over is registered; none: where it is installed"),
		field.UUID("billing_address_id", uuid.UUID{}).Annotations(References("addresses")).Optional().Nillable().Comment("none: as registered"),
		field.UUID("fiscal_address_id", uuid.UUID{}).Annotations(References("addresses")).Optional().Nillable().Comment("none: as registered"),
		field.String("override_reason").Optional().Comment("why it was done despite overdue debt, or a suspension"),
		field.Time("requested_at"),
		field.Other("expires_on", calendar.Date{}).SchemaType(civilDate).Optional().Comment("the day on which one that waits is given up"),
		field.Bytes("from_token").Optional().Nillable().Comment("hash of the link by which who held it accepts"),
		field.Time("from_accepted_at").Optional().Nillable(),
		field.Bytes("to_token").Optional().Nillable().Comment("hash of the link by which who takes it over accepts"),
		field.Time("to_accepted_at").Optional().Nillable(),
		field.Other("day", calendar.Date{}).SchemaType(civilDate).Optional().Comment("the first that who takes it over pays for"),
		field.Time("done_at").Optional().Nillable(),
		field.UUID("final_id", uuid.UUID{}).Annotations(References("invoices")).Optional().Nillable().Comment("the final invoice of who held it"),
		field.UUID("first_id", uuid.UUID{}).Annotations(References("invoices")).Optional().Nillable().Comment("the first one of who took it over"),
		field.UUID("contract_id", uuid.UUID{}).Annotations(References("contracts")).Optional().Nillable().Comment("of who took it over"),
		field.JSON("was", json.RawMessage{}).Optional().Comment("the rows it changed and made, as they were and as it left them; tenants/subscriptions writes it"),
		field.Time("given_up_at").Optional().Nillable(),
		field.String("given_up_reason").Optional(),
		field.Time("undone_at").Optional().Nillable(),
	}
}

func (Transfer) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "subscription_id").Unique().Annotations(only("done_at IS NULL AND given_up_at IS NULL")),
		index.Fields("tenant_id", "subscription_id", "done_at").Annotations(only("done_at IS NOT NULL")),
		index.Fields("tenant_id", "from_id"),
		index.Fields("tenant_id", "to_id"),
		index.Fields("tenant_id", "from_token").Unique().Annotations(only("from_token IS NOT NULL")),
		index.Fields("tenant_id", "to_token").Unique().Annotations(only("to_token IS NOT NULL")),
		index.Fields("tenant_id", "expires_on").Annotations(only("done_at IS NULL AND given_up_at IS NULL")),
	}
}
