package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
)

// File is bytes kept by their hash: printed documents and uploads.
type File struct{ ent.Schema }

func (File) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}, AppendOnly{}} }

func (File) Fields() []ent.Field {
	return []ent.Field{
		field.String("name"),
		field.String("content_type"),
		field.Int64("size"),
		field.String("sha256"),
		field.Bytes("content"),
		field.Time("created_at"),
	}
}

func (File) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "sha256"),
	}
}
