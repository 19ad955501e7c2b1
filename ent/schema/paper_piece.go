package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/schema/field"
	"entgo.io/ent/schema/index"
	"github.com/google/uuid"
)

// PaperPiece is a part of a printed file too large for one row: nobody ever has it in memory whole.
type PaperPiece struct{ ent.Schema }

func (PaperPiece) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}, Owned{}} }

func (PaperPiece) Fields() []ent.Field {
	return []ent.Field{
		field.UUID("paper_id", uuid.UUID{}),
		field.Int("position"),
		field.Bytes("content"),
	}
}

func (PaperPiece) Indexes() []ent.Index {
	return []ent.Index{
		index.Fields("tenant_id", "paper_id", "position").Unique(),
	}
}
