package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// Company is a legal entity of an ISP (empresa), issuer of contracts and boletos.
type Company struct{ ent.Schema }

func (Company) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Company) Fields() []ent.Field {
	return []ent.Field{
		field.String("name").Comment("razão social"),
		field.String("trade_name").Optional(),
		field.String("cnpj").Comment("14 characters, letters included"),
		field.String("state_registration").Optional().Comment("IE"),
		field.String("city_registration").Optional().Comment("IM"),
		field.String("cep"),
		field.String("street"),
		field.String("house_number"),
		field.String("complement").Optional(),
		field.String("district"),
		field.String("city"),
		field.String("uf"),
		field.String("ibge").Optional(),
		field.String("phone").Optional(),
		field.String("email").Optional(),
		field.UUID("logo_id", uuid.UUID{}).Annotations(References("files")).Optional().Nillable().Comment("PNG or JPEG, printed on its slips"),
		field.Bool("active").Default(true),
	}
}

func (Company) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "cnpj").Unique(),
	}
}
