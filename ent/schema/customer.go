package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// Customer is a person or company of one ISP (cliente); one record a CPF or CNPJ.
type Customer struct{ ent.Schema }

func (Customer) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Customer) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number").Comment("for people"),
		field.Enum("kind").Values("pf", "pj"),
		field.String("name").Comment("nome or razão social"),
		field.String("trade_name").Optional(),
		field.String("document").Comment("CPF, 11 digits, or CNPJ, 14 characters"),
		field.Other("birth", calendar.Date{}).SchemaType(civilDate).Optional(),
		field.String("rg").Optional(),
		field.String("rg_issuer").Optional(),
		field.Other("rg_issued", calendar.Date{}).SchemaType(civilDate).Optional(),
		field.String("mother").Optional(),
		field.String("father").Optional(),
		field.String("marital").Optional(),
		field.String("gender").Optional(),
		field.String("nationality").Optional(),
		field.String("state_registration").Optional().Comment("IE or ISENTO"),
		field.String("city_registration").Optional().Comment("IM"),
		field.String("responsible").Optional(),
		field.UUID("origin_id", uuid.UUID{}).Annotations(References("origins")).Optional().Nillable(),
		field.Text("notes").Optional(),
		field.Text("alert").Optional().Comment("shown on top of the customer's page"),
		field.Bool("active").Default(true),
		field.Int("version").Default(1).Comment("of the record, against two editors at once"),
	}
}

func (Customer) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "number").Unique(),
		index.Fields("tenant_id", "document").Unique(),
		// The list, by name and by number: whom a page shows is found in the index alone, however deep it lies.
		index.Fields("tenant_id", "active", "name", "number", "id"),
		index.Fields("tenant_id", "active", "number", "id"),
		index.Fields("tenant_id", "origin_id", "active", "name", "number", "id"),
	}
}
