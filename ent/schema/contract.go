package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"

	"enlace/tenants/calendar"
)

// Contract is the document attached to a subscription. Its text and bytes are frozen at issue.
type Contract struct{ ent.Schema }

func (Contract) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (Contract) Fields() []ent.Field {
	return []ent.Field{
		field.Int64("number"),
		field.UUID("subscription_id", uuid.UUID{}).Annotations(References("subscriptions")),
		field.UUID("customer_id", uuid.UUID{}).Annotations(References("customers")),
		field.UUID("company_id", uuid.UUID{}).Annotations(References("companies")),
		field.UUID("template_id", uuid.UUID{}).Annotations(References("contract_templates")),
		field.Int("template_version"),
		field.Int("term_months").Default(0),
		field.Text("body").Comment("as rendered: the document, in the small HTML of a template"),
		field.String("body_hash").Comment("SHA-256 of the text, shown on the verification page"),
		field.JSON("printed", map[string]string{}).Comment("what stands around the text on paper: provider, holder, template"),
		field.UUID("file_id", uuid.UUID{}).Annotations(References("files")).Optional().Nillable().Comment("the PDF as issued"),
		field.Time("issued_at"),
		field.Time("accepted_at").Optional().Nillable().Comment("when it was marked"),
		field.Other("accepted_on", calendar.Date{}).SchemaType(civilDate).Optional().Comment("when the holder accepted"),
		field.String("accepted_by").Optional().Comment("who marked it"),
		field.String("acceptance").Optional().Comment("how it was accepted"),
		field.UUID("accepted_file_id", uuid.UUID{}).Annotations(References("files")).Optional().Nillable().Comment("the PDF with the annex"),
		field.Time("deactivated_at").Optional().Nillable(),
		field.String("deactivation_reason").Optional(),
	}
}

func (Contract) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "number").Unique(),
		index.Fields("tenant_id", "subscription_id"),
		index.Fields("tenant_id", "customer_id"),
	}
}
