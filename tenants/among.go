package tenants

import (
	"math"

	"entgo.io/ent/dialect"
	entsql "entgo.io/ent/dialect/sql"
)

// IDs are ids that stand in the columns of other tables.
type IDs []func(dialect string) *entsql.Selector

// IDsIn are the ids in a column of the rows of another table that are as which says.
func IDsIn[Q ~func(*entsql.Selector)](table, column string, which ...Q) IDs {
	return IDs{func(dialect string) *entsql.Selector {
		other := entsql.Dialect(dialect).Select().From(entsql.Table(table))
		other.Select(other.C(column))
		for _, q := range which {
			q(other)
		}
		return other
	}}
}

// asked is the one query for them.
func (ids IDs) asked(dialect string) *entsql.Selector {
	of := ids[0](dialect)
	for _, other := range ids[1:] {
		of.UnionAll(other(dialect))
	}
	return of
}

// Among says that a column holds one of them, whichever place it stands in. It is one subquery: the ids themselves, by the ten thousand,
// would be more parameters than a statement takes.
func Among[P ~func(*entsql.Selector)](column string, ids IDs) P {
	return func(s *entsql.Selector) {
		s.Where(entsql.In(s.C(column), ids.asked(s.Dialect())))
	}
}

// First is Among of few ids of one column: the database looks them up first, by themselves, and then each row by its id. Of Among Postgres may think
// that to read all rows beside them costs as little, since it does not know the ISP whose rows it is to count.
func First[P ~func(*entsql.Selector)](column string, ids IDs) P {
	return func(s *entsql.Selector) {
		of := ids.asked(s.Dialect())
		if s.Dialect() == dialect.Postgres {
			s.Where(entsql.P(func(b *entsql.Builder) { b.Ident(s.C(column)).S(" = ANY(ARRAY(").Join(of).S("))") }))
		} else { // a limit that none reaches keeps SQLite from looking for them row after row
			s.Where(entsql.In(s.C(column), of.Limit(math.MaxInt32)))
		}
	}
}

// Looked says that a table has a row whose column theirs is the row's column ours, and which is as which says. Among finds all such rows first;
// here one is looked for row by row, so that who wants the first few, in the order of an index, waits for no others.
func Looked[P ~func(*entsql.Selector)](ours, table, theirs string, which ...func(*entsql.Selector)) P {
	return func(s *entsql.Selector) {
		other := entsql.Dialect(s.Dialect()).Select().From(entsql.Table(table).As("looked"))
		other.Select(other.C("id")).Where(entsql.ColumnsEQ(other.C(theirs), s.C(ours))).Limit(1)
		for _, q := range which {
			q(other)
		}
		s.Where(entsql.P(func(b *entsql.Builder) { b.S("(").Join(other).S(") IS NOT NULL") })) // EXISTS the planner may turn into Among
	}
}
