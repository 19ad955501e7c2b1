package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// PixKey is a Pix key of a company, for slips without the bank's own Pix.
type PixKey struct{ ent.Schema }

func (PixKey) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (PixKey) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("company_id", uuid.UUID{}).Annotations(References("companies")),
		field.Enum("kind").Values("cpf", "cnpj", "phone", "email", "evp"),
		field.String("key"),
		field.String("name").Comment("of the receiver, at most 25 characters"),
		field.String("city").Comment("at most 15 characters"),
	}
}

func (PixKey) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "key").Unique(),
	}
}
