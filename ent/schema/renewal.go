package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// Renewal is many carnês renewed at once ("renovar carnês até…"): a worker makes them one by one and prints them into one file.
type Renewal struct{ ent.Schema }

func (Renewal) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Renewal) Fields() []ent.Field {
	return []ent.Field{
		field.Enum("state").Values("running", "paused", "printing", "done"),
		field.Other("until", calendar.Date{}).SchemaType(civilDate).Comment("carnês whose last period ends up to this day"),
		field.Int("instalments"),
		field.Int("total").Comment("how many carnês were asked for"),
		field.Int("done").Default(0).Comment("made so far; moves with each"),
		field.Int("failed").Default(0).Comment("refused so far; moves with each"),
		field.Int("printed").Default(0).Comment("in the file of all of them"),
		field.Int64("size").Default(0).Comment("of that file in bytes, once it is there"),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Comment("who asked for it, and in whose name they are made"),
		field.String("user_name"),
		field.String("user_role"),
		field.Time("created_at"),
		field.Time("changed_at").Comment("since when it is in its state"),
	}
}

func (Renewal) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "created_at"),
	}
}
