package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// PixReceipt is a Pix the PSP told of, and what became of it. What a caller of the webhook says is here only an id to ask the PSP about.
type PixReceipt struct{ ent.Schema }

func (PixReceipt) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (PixReceipt) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("account_id", uuid.UUID{}).Annotations(References("psp_accounts")),
		field.String("end_to_end").Comment("32 letters and digits, the same at every bank"),
		field.Bool("pending").Default(true).Comment("a job to ask the PSP about it is on its way"),
		field.Enum("status").Values("told", "settled", "stranger", "unknown", "returned").Default("told").
			Comment("stranger: of no slip of ours; unknown: the PSP has none such; returned: given back before it was settled"),
		field.String("txid").Default("").Comment("as the PSP says"),
		field.Int64("amount").GoType(money.Cents(0)).Default(0).Comment("as the PSP says"),
		field.Int64("returned").GoType(money.Cents(0)).Default(0).Comment("given back of it since"),
		field.Time("paid_at").Optional().Nillable(),
		field.UUID("slip_id", uuid.UUID{}).Annotations(References("slips")).Optional().Nillable(),
		field.Time("told_at"),
		field.Time("read_at").Optional().Nillable().Comment("at the PSP"),
	}
}

func (PixReceipt) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "end_to_end").Unique(),
		index.Fields("tenant_id", "told_at"),
	}
}
