package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// TelegramBot is the ISP's bot. One row an ISP.
type TelegramBot struct{ ent.Schema }

func (TelegramBot) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (TelegramBot) Fields() []ent.Field {
	return []ent.Field{
		field.String("token").Sensitive().Comment("sealed"),
		field.String("username"),
		field.String("failure").Optional().Comment("why it does not answer, for the gerente"),
		field.Int64("last_update").Default(0),
		field.Time("updated_at"),
		field.String("polled_by").Optional().Comment("the process that asks for its updates"),
		field.Time("polled_until").Optional().Nillable().Comment("when another process may, unless it says it lives"),
		field.Time("paced_until").Optional().Nillable().Comment("when it may say something unasked again: its pace, or what Telegram asked for"),
	}
}

func (TelegramBot) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id").Unique(),
	}
}
