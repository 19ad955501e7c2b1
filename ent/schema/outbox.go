package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Outbox is what must happen after a commit. The row is the truth; the queue only carries it.
type Outbox struct{ ent.Schema }

func (Outbox) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Outbox) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: "outbox"}}
}

func (Outbox) Fields() []ent.Field {
	return []ent.Field{
		field.String("kind"),
		field.Enum("queue").Values("critical", "default", "bulk"),
		field.JSON("payload", map[string]string{}).Comment("ids only"),
		field.Int("attempt").Default(0),
		field.Time("next_at").Comment("when it is due, or due again if the worker that took it is lost"),
		field.Time("taken_at").Optional().Nillable().Comment("since when a worker has it"),
		field.Time("done_at").Optional().Nillable(),
		field.String("last_error").Optional(),
		field.Time("created_at"),
	}
}

func (Outbox) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "queue", "next_at").Annotations(only("done_at IS NULL")),
		index.Fields("tenant_id", "queue").Annotations(only("taken_at IS NOT NULL AND done_at IS NULL")),
	}
}
