package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// TemplateVersion is the text of a contract template from one change to the next. What was issued keeps its own.
type TemplateVersion struct{ ent.Schema }

func (TemplateVersion) Mixin() []ent.Mixin {
	return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}}
}

func (TemplateVersion) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("template_id", uuid.UUID{}).Annotations(References("contract_templates")),
		field.Int("version"),
		field.Text("body").Comment("small, clean HTML with merge fields"),
		field.String("made_by"),
		field.Time("made_at"),
	}
}

func (TemplateVersion) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "template_id", "version").Unique(),
	}
}
