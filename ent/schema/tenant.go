package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
)

// Tenant is one ISP of the installation (provedor). Its row is the only one every part of Enlace may read without being inside an ISP.
type Tenant struct{ ent.Schema }

func (Tenant) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

func (Tenant) Fields() []ent.Field {
	return []ent.Field{
		field.String("slug").Unique().Immutable().Comment("its host name, [a-z0-9-]{2,32}"),
		field.String("name"),
		field.String("zone").Comment("IANA zone; \"today\" is a date there"),
		field.Bool("trust_self_service").Default(false).Comment("the operator's switch for Desbloqueio em Confiança in the bot; off by default"),
		field.Bool("active").Default(true).Comment("open for work; while it is not, no page, job, bot or RADIUS of it answers"),
		field.Time("created_at").Immutable(),
		field.Time("founded_at").Optional().Nillable().Comment("its office was ready; none where the making of it was broken off"),
	}
}
