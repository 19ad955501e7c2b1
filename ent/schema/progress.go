package schema

import (
	"entgo.io/ent"
	"entgo.io/ent/dialect/entsql"
	"entgo.io/ent/schema"
	"entgo.io/ent/schema/field"
)

// Progress is how far a long transaction has come, while nobody can see what it writes. It is no ISP's: on SQLite it lies in another file
// than what is being written, which has one writer. Its id is that of the work.
type Progress struct{ ent.Schema }

func (Progress) Mixin() []ent.Mixin { return []ent.Mixin{Identified{}} }

func (Progress) Annotations() []schema.Annotation {
	return []schema.Annotation{entsql.Annotation{Table: "progress"}}
}

func (Progress) Fields() []ent.Field {
	return []ent.Field{
		field.Int("done"),
	}
}
