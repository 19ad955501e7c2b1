package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Connection is one session of a login on a NAS, as accounting told it: the connection log, kept for a year (Marco Civil, Lei 12.965/2014,
// art. 13) and then deleted. It keeps whose the service was at the time: a service may change hands.
type Connection struct{ ent.Schema }

func (Connection) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Connection) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("nas_id", uuid.UUID{}).Annotations(References("nas")),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")).Optional().Nillable().Comment("none: nobody's login"),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")).Optional().Nillable().Comment("the holder when it began"),
		field.String("login"),
		field.String("acct_session_id").Comment("the NAS's own name of it, which may come again"),
		field.String("opening").Default("").Comment("authenticator of the packet that told its start, in hex; a replay has the same"),
		field.String("ipv4").Optional().Nillable(),
		field.String("ipv6").Optional().Nillable().Comment("prefix of the link"),
		field.String("ipv6_delegated").Optional().Nillable().Comment("prefix of the subscriber's own net"),
		field.String("public_ip").Optional().Nillable().Comment("behind CGNAT: the address the world saw, shared by port"),
		field.Int("port_from").Default(0),
		field.Int("port_to").Default(0),
		field.String("calling_station").Default("").Comment("MAC, mostly"),
		field.String("nas_port").Default(""),
		field.Time("started_at"),
		field.Time("updated_at").Comment("when it was last heard of"),
		field.Int64("seconds").Default(0).Comment("it had lasted by the NAS's own count when it was last heard of"),
		field.Time("ended_at").Optional().Nillable(),
		field.String("cause").Default("").Comment("code of why it ended"),
		field.Int64("bytes_up").Default(0).Comment("sent by the subscriber"),
		field.Int64("bytes_down").Default(0).Comment("received by the subscriber"),
		field.String("profile").Default("").Comment("what the NAS was last told to give; none: not known"),
		field.JSON("traffic", [][3]int64{}).Optional().Comment("of an open one, its last reports: unix second, bytes up, bytes down"),
	}
}

func (Connection) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "nas_id", "acct_session_id"),
		index.Fields("tenant_id", "nas_id", "acct_session_id").Unique().StorageKey("connection_open").Annotations(only("ended_at IS NULL")),
		index.Fields("tenant_id", "subscription_id", "started_at"),
		index.Fields("tenant_id", "ipv4", "started_at").Annotations(only("ipv4 IS NOT NULL")),
		index.Fields("tenant_id", "public_ip", "started_at").Annotations(only("public_ip IS NOT NULL")),
		index.Fields("tenant_id", "ipv6", "started_at").Annotations(only("ipv6 IS NOT NULL")),
		index.Fields("tenant_id", "ipv6_delegated", "started_at").Annotations(only("ipv6_delegated IS NOT NULL")),
		index.Fields("tenant_id", "ended_at").Annotations(only("ended_at IS NOT NULL")),
	}
}
