package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// TrustQuota is that a subscriber's unblock of a month is used, for a subscription or a customer.
type TrustQuota struct{ ent.Schema }

func (TrustQuota) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (TrustQuota) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("subject_id", uuid.UUID{}),
		field.Other("month", calendar.Date{}).SchemaType(civilDate).Comment("first day"),
		field.Time("at"),
	}
}

func (TrustQuota) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "subject_id", "month").Unique(),
	}
}
