package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Email is a message to somebody outside: written with what makes it necessary, sent by a worker, kept with how it went.
type Email struct{ ent.Schema }

func (Email) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Email) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")).Optional().Nillable(),
		field.String("about").Comment("kind of the thing it is about, as in history"),
		field.UUID("about_id", uuid.UUID{}),
		field.String("to"),
		field.String("reply_to").Optional(),
		field.String("subject"),
		field.Text("text"),
		field.JSON("files", []uuid.UUID{}).Comment("what is attached"),
		field.Enum("status").Values("waiting", "sent", "failed").Default("waiting"),
		field.Int("tries").Default(0),
		field.String("error").Optional().Comment("of the last try"),
		field.Time("created_at"),
		field.Time("sent_at").Optional().Nillable(),
	}
}

func (Email) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "about_id", "created_at"),
	}
}
