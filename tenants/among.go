package tenants

import entsql "entgo.io/ent/dialect/sql"

// Among says that a row's id stands in a column of another table, in a row of it that is as which says. It is one subquery: the ids
// themselves, by the ten thousand, would be more parameters than a statement takes.
func Among[P, Q ~func(*entsql.Selector)](table, column string, which ...Q) P {
	return func(s *entsql.Selector) {
		other := entsql.Dialect(s.Dialect()).Select().From(entsql.Table(table))
		other.Select(other.C(column))
		for _, q := range which {
			q(other)
		}
		s.Where(entsql.In(s.C("id"), other))
	}
}
