package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// PspAccount is an ISP's access to the API Pix of the bank (PSP) that keeps one of its Pix keys.
type PspAccount struct{ ent.Schema }

func (PspAccount) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (PspAccount) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").Comment("as the ISP calls it"),
		field.UUID("pix_key_id", uuid.UUID{}).Annotations(References("pix_keys")),
		field.String("base_url").Comment("before /cob, without a slash at its end"),
		field.String("token_url"),
		field.String("client_id"),
		field.String("client_secret").Sensitive().Comment("sealed"),
		field.Text("certificate").Sensitive().Comment("of the ISP, in PEM; sealed"),
		field.Text("private_key").Sensitive().Comment("of the certificate, in PEM; sealed"),
		field.Time("certificate_until"),
		field.String("webhook_secret").Sensitive().Comment("sealed; the last part but one of the address the PSP calls"),
		field.String("webhook_hash").Sensitive().Comment("SHA-256 of it, in hexadecimal: what a caller's is compared with"),
		field.Enum("answer").Values("untried", "accepted", "credentials", "unreachable", "refused").Default("untried").Comment("of the PSP, when it was last tried"),
		field.Time("answered_at").Optional().Nillable(),
		field.Time("read_until").Optional().Nillable().Comment("up to when the PSP was asked what came in"),
		field.Bool("active").Default(true),
	}
}

func (PspAccount) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "name").Unique(),
	}
}
