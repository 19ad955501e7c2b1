package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// Remessa is a file for a bank: what it is asked to do with the titles of one agreement.
type Remessa struct{ ent.Schema }

func (Remessa) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Remessa) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("agreement_id", uuid.UUID{}).Annotations(References("bank_agreements")),
		field.Int("number").Comment("of the agreement, one more each time"),
		field.UUID("file_id", uuid.UUID{}).Annotations(References("files")),
		field.Int("orders"),
		field.Int64("registered").GoType(money.Cents(0)).Comment("sum of the titles it asks to register"),
		field.Time("written_at"),
		field.String("written_by"),
	}
}

func (Remessa) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "agreement_id", "number").Unique(),
		index.Fields("tenant_id", "written_at"),
	}
}
