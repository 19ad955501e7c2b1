package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// TelegramInvite is a one-time link to Telegram, kept as a hash: one that is shown from when it is made, one that is printed from when it is
// over, used by a chat or, without used_at, taken back by the office.
type TelegramInvite struct{ ent.Schema }

func (TelegramInvite) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TelegramInvite) Fields() []ent.Field {
	return []ent.Field{
		field.Bytes("token_hash").Comment("of a printed one its name, which opens nothing without the vault's mark: tenants/invites"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.Enum("kind").Values("shown", "printed"),
		field.Time("created_at"),
		field.Time("expires_at").Optional().Nillable(),
		field.Time("used_at").Optional().Nillable(),
	}
}

func (TelegramInvite) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "token_hash").Unique(),
		index.Fields("tenant_id", "customer_id"),
	}
}
