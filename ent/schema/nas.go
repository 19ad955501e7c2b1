package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// Nas is a network access server of the ISP, found by address and secret.
type Nas struct{ ent.Schema }

func (Nas) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Nas) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.String("address"),
		field.String("secret").Sensitive().Comment("sealed"),
		field.Enum("authenticator").Values("auto", "sim", "nao").Default("auto").Comment("Message-Authenticator: required once seen, always, never"),
		field.Bool("authenticator_seen").Default(false),
		field.Enum("vendor").Values("mikrotik", "huawei", "cisco", "juniper", "accel").Default("mikrotik").Comment("whose attributes it understands"),
		field.Int("coa_port").Default(3799).Comment("UDP, where it hears CoA and Disconnect; 0: nowhere"),
		field.Int("interim_seconds").Default(300).Comment("between two reports of a session"),
		field.String("walled_pool").Default("").Comment("addresses for the suspended, who see only the notice; none: they are rejected"),
		field.String("cgnat_private").Default("").Comment("prefix its CGNAT maps, port blocks in the order of addresses; none: it does not, or tells by itself"),
		field.String("cgnat_public").Default("").Comment("prefix it maps to"),
		field.Int("cgnat_ports").Default(0).Comment("ports of a subscriber"),
		field.Bool("active").Default(true),
	}
}

func (Nas) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "address").Unique(),
	}
}
