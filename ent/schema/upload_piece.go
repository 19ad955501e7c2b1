package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// UploadPiece is a part of a large file that somebody sent, until it has been worked through.
type UploadPiece struct{ ent.Schema }

func (UploadPiece) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (UploadPiece) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("upload_id", uuid.UUID{}).Comment("id of whatever it is a file of"),
		field.Int("position").Comment("from 0"),
		field.Text("content").Sensitive().Comment("sealed"),
	}
}

func (UploadPiece) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "upload_id", "position").Unique(),
	}
}
