package tenants

import (
	"math"

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

// First has them looked up first, by themselves: a limit that none reaches keeps the database from looking for them row after row of another
// table. It is for ids of one column, not for several together.
func (ids IDs) First() IDs {
	return IDs{func(dialect string) *entsql.Selector { return ids[0](dialect).Limit(math.MaxInt32) }}
}

// Among says that a column holds one of them, whichever place it stands in. It is one subquery: the ids themselves, by the ten thousand,
// would be more parameters than a statement takes.
func Among[P ~func(*entsql.Selector)](column string, ids IDs) P {
	return func(s *entsql.Selector) {
		of := ids[0](s.Dialect())
		for _, other := range ids[1:] {
			of.UnionAll(other(s.Dialect()))
		}
		s.Where(entsql.In(s.C(column), of))
	}
}

// Page is the rows at one place of an order: limit of them after offset, by the columns. Which they are is found by their ids, which an index
// that begins with the columns holds: the rows passed over are never fetched.
func Page[P, O ~func(*entsql.Selector)](table string, where []P, order []O, offset, limit int) P {
	return func(s *entsql.Selector) {
		of := entsql.Dialect(s.Dialect()).Select().From(entsql.Table(table).As("page"))
		of.Select(of.C("id"))
		for _, q := range where {
			q(of)
		}
		for _, by := range order {
			by(of)
		}
		s.Where(entsql.In(s.C("id"), of.Offset(offset).Limit(limit)))
	}
}
