package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// PixCharge is the charge of a slip at the PSP (cobrança Pix dinâmica): one a slip, since a changed invoice gets a new slip.
type PixCharge struct{ ent.Schema }

func (PixCharge) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (PixCharge) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("slip_id", uuid.UUID{}).Annotations(References("slips")),
		field.UUID("account_id", uuid.UUID{}).Annotations(References("psp_accounts")),
		field.String("txid").Comment("26 to 35 letters and digits"),
		field.Enum("kind").Values("cob", "cobv").Optional().Nillable().Comment("immediate, or with a due date; known once it was asked for"),
		field.Enum("status").Values("asked", "active", "paid", "refused", "withdrawn", "removed").Default("asked").
			Comment("withdrawn here, removed once the PSP knows it"),
		field.String("refusal").Default("").Comment("what the PSP found wrong"),
		field.Time("asked_at"),
		field.Time("answered_at").Optional().Nillable(),
	}
}

func (PixCharge) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "slip_id").Unique(),
		index.Fields("tenant_id", "txid").Unique(),
		index.Fields("tenant_id", "status", "id"),
	}
}
