package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// BankReturn is a file of a bank (retorno): what became of the titles of one agreement.
type BankReturn struct{ ent.Schema }

func (BankReturn) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (BankReturn) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("agreement_id", uuid.UUID{}).Annotations(References("bank_agreements")),
		field.String("name").Comment("of the file, as it was sent"),
		field.String("sha256"),
		field.String("sequence").Comment("the bank's number of the file"),
		field.Other("written_on", calendar.Date{}).SchemaType(civilDate).Optional().Comment("by the bank"),
		field.Int("lines").Comment("titles and damaged records; as many rows are in its report once it is finished"),
		field.String("brought_by"),
		field.Time("brought_at"),
		field.Time("finished_at").Optional().Nillable(),
	}
}

func (BankReturn) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "agreement_id", "sha256").Unique(),
		index.Fields("tenant_id", "brought_at"),
	}
}
