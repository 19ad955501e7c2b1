package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/money"
)

// Outage is that the line of several services was down at once (falha): those of a place, of a NAS, or of a list of customers. Workers tell the
// customers of its beginning and its end, and give the days back.
type Outage struct{ ent.Schema }

func (Outage) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Outage) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		field.String("title").Comment("what subscribers read"),
		field.Enum("kind").Values("place", "nas", "list"),
		field.String("city").Optional(),
		field.String("district").Optional().Comment("none: the whole city"),
		field.UUID("nas_id", uuid.UUID{}).Annotations(References("nas")).Optional().Nillable(),
		field.Enum("state").Values("starting", "open", "ending", "over"),
		field.Time("began_at"),
		field.Time("ended_at").Optional().Nillable(),
		field.Text("ending").Optional().Comment("what was the matter, as subscribers read it at the end"),
		field.Bool("close_tickets").Default(true).Comment("the tickets under it are resolved with it"),
		field.Bool("credits").Default(false).Comment("its days are given back, by the rule of the day on which it ended"),
		field.Int("total").Comment("how many services were found"),
		field.Int("done").Default(0).Comment("of the phase it is in; moves with each"),
		field.Int("failed").Default(0).Comment("of the ending: whose days could not be given back"),
		field.Int("told").Default(0).Comment("customers to whom the bot has written of the beginning"),
		field.Int("tickets").Default(0).Comment("that were merged under it"),
		field.Int("credited").Default(0).Comment("services whose days were given back"),
		field.Int64("credit").GoType(money.Cents(0)).Default(0).Comment("of all of them"),
		field.UUID("user_id", uuid.UUID{}).Annotations(References("users")).Comment("who opened it, and then who ended it: the work is done in that name"),
		field.String("user_name"),
		field.String("user_role"),
		field.Time("created_at"),
		field.Time("changed_at").Comment("since when it is in its state"),
	}
}

func (Outage) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "number").Unique(),
		index.Fields("tenant_id", "state", "began_at"),
	}
}
