package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Reversal is that a payment was taken back (estorno) by another one of the same amount, negative.
type Reversal struct{ ent.Schema }

func (Reversal) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (Reversal) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("payment_id", uuid.UUID{}).Annotations(References("payments")),
		field.UUID("reverses_id", uuid.UUID{}).Annotations(References("payments")),
		field.String("reason"),
		field.Time("at"),
	}
}

func (Reversal) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "payment_id").Unique(),
		index.Fields("tenant_id", "reverses_id").Unique(),
	}
}
