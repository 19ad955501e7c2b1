package tenants

import entsql "entgo.io/ent/dialect/sql"

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

// Has says of a row that another table has one whose column theirs is the row's column ours, and which is as which says. It is asked of row
// after row, in their order, so that a limit ends it; Among is asked of all at once.
func Has[P ~func(*entsql.Selector)](ours, table, theirs string, which ...func(*entsql.Selector)) P {
	return func(s *entsql.Selector) {
		other := entsql.Dialect(s.Dialect()).Select().From(entsql.Table(table).As("has"))
		other.Select(other.C(theirs))
		other.Where(entsql.ColumnsEQ(other.C(theirs), s.C(ours)))
		for _, q := range which {
			q(other)
		}
		s.Where(entsql.P(func(b *entsql.Builder) { b.S("(").Join(other.Limit(1)).S(") IS NOT NULL") }))
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
