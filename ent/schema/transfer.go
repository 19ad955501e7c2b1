package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
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
		field.JSON("was", TransferWas{}).Optional().Comment("what it found and changed"),
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

// TransferWas is what a transfer found of a subscription, and the rows it changed or made. Days are yyyy-mm-dd, "" for none.
type TransferWas struct {
	Status          string      `json:"status"`
	Method          uuid.UUID   `json:"method"`
	DueDay          int         `json:"due_day"`
	Mode            string      `json:"mode"`
	Booklet         bool        `json:"booklet,omitempty"`
	SeparateInvoice bool        `json:"separate_invoice,omitempty"`
	SeparateNote    bool        `json:"separate_note,omitempty"`
	FeeChoice       string      `json:"fee_choice"`
	Fee             money.Cents `json:"fee,omitempty"`
	FeeParts        int         `json:"fee_parts,omitempty"`
	DiscountFixed   money.Cents `json:"discount_fixed,omitempty"`
	DiscountPercent int         `json:"discount_percent,omitempty"`
	DiscountMonths  int         `json:"discount_months,omitempty"`
	WholeBilled     int         `json:"whole_billed,omitempty"`
	BilledUntil     string      `json:"billed_until,omitempty"`
	HeldFrom        string      `json:"held_from,omitempty"`
	NeverBlock      bool        `json:"never_block,omitempty"`
	NoBlockUntil    string      `json:"no_block_until,omitempty"`
	BlockReason     string      `json:"block_reason,omitempty"`

	Addresses  map[string]uuid.UUID `json:"addresses,omitempty"`   // by role
	Contracts  []uuid.UUID          `json:"contracts,omitempty"`   // that ended
	Cancelled  []uuid.UUID          `json:"cancelled,omitempty"`   // invoices
	Passed     []uuid.UUID          `json:"passed,omitempty"`      // charges whose days are another's now
	Credits    []uuid.UUID          `json:"credits,omitempty"`     // given to who held it
	Tickets    []uuid.UUID          `json:"tickets,omitempty"`     // that moved
	WorkOrders []uuid.UUID          `json:"work_orders,omitempty"` // that moved
	Links      []uuid.UUID          `json:"links,omitempty"`       // to Telegram, that ended
}
