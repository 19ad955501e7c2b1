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
		field.String("failure").Optional().Comment("why it does not answer, as tenants/bots says it"),
		field.Int64("last_update").Default(0),
		field.Text("greeting").Optional().Comment("the ISP's own word under the name, plain; none: the bot's own"),
		field.Text("contact").Optional().Comment("how else the ISP is reached, at the foot of the help"),
		field.Text("farewell").Optional().Comment("said to who unlinks the chat"),
		field.JSON("off", []string{}).Optional().Comment("what the bot does not offer, as tenants/bots lists it"),
		field.Int("quiet_from").Default(21).Comment("hour from which nothing is told that can wait; the same as quiet_until: always"),
		field.Int("quiet_until").Default(8),
		field.Int("talk_hours").Default(12).Comment("without a word, after which the bot speaks again in a chat that talks with somebody of the office"),
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
