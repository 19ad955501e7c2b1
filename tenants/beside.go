package tenants

import (
	entsql "entgo.io/ent/dialect/sql"

	"enlace/ent"
)

// Beside has each row come with a column of the first row of another table whose column theirs is the row's column ours, and which is as
// which says: the name of a plan beside its service. It is one statement where two would be asked. Said reads it. Within which the other table is
// called beside_ and the name.
func Beside[P ~func(*entsql.Selector)](as, ours, table, theirs, column string, which ...func(*entsql.Selector)) P {
	return beside[P](as, ours, table, theirs, func(other *entsql.Selector) { other.Select(text(other.C(column))).Limit(1) }, which)
}

// CountBeside has each row come with how many rows of another table name it: the contracts made of a template. Said reads it.
func CountBeside[P ~func(*entsql.Selector)](as, ours, table, theirs string, which ...func(*entsql.Selector)) P {
	return beside[P](as, ours, table, theirs, func(other *entsql.Selector) { other.Select(text("count(*)")) }, which)
}

func beside[P ~func(*entsql.Selector)](as, ours, table, theirs string, choose func(*entsql.Selector), which []func(*entsql.Selector)) P {
	return func(s *entsql.Selector) {
		other := entsql.Dialect(s.Dialect()).Select().From(entsql.Table(table).As("beside_" + as))
		other.Where(entsql.ColumnsEQ(other.C(theirs), s.C(ours)))
		for _, q := range which {
			q(other)
		}
		choose(other)
		s.AppendSelectExprAs(entsql.ExprFunc(func(b *entsql.Builder) { b.S("coalesce((").Join(other).S("), '')") }), as)
	}
}

// text is a value as text, whatever it is: a driver has to know of what nobody declared of which type it is.
func text(value string) string { return "CAST(" + value + " AS text)" }

// Each has a row come once for each row of another table whose column theirs is the row's column ours, and which is as which says, with
// columns of that row beside it, which Said reads by their names; a row with none comes once, with nothing beside it.
func Each[P ~func(*entsql.Selector)](ours, table, theirs string, columns []string, which ...func(*entsql.Selector)) P {
	return func(s *entsql.Selector) {
		other := entsql.Dialect(s.Dialect()).Select(append(columns, theirs)...).From(entsql.Table(table))
		for _, q := range which {
			q(other)
		}
		joined := other.As("each")
		s.LeftJoin(joined).On(s.C(ours), joined.C(theirs))
		for _, column := range columns {
			s.AppendSelectAs("coalesce("+text(joined.C(column))+", '')", column)
		}
	}
}

// Alike is that a column of a row beside another is a column of that one, which is of a table.
func Alike[P ~func(*entsql.Selector)](column, table, theirs string) P {
	return func(s *entsql.Selector) { s.Where(entsql.ColumnsEQ(s.C(column), entsql.Table(table).C(theirs))) }
}

// Has is that another table has a row which is as which says.
func Has[P ~func(*entsql.Selector)](table string, which ...func(*entsql.Selector)) P {
	return func(s *entsql.Selector) {
		other := entsql.Dialect(s.Dialect()).Select().From(entsql.Table(table))
		for _, q := range which {
			q(other)
		}
		s.Where(entsql.Exists(other))
	}
}

// Reached is that one column of a row has come to what another one says: that something ended at the instant set for it, and not before.
func Reached[P ~func(*entsql.Selector)](column, to string) P {
	return func(s *entsql.Selector) { s.Where(entsql.ColumnsGTE(s.C(column), s.C(to))) }
}

// told is a row that a query has put something beside.
type told interface {
	Value(name string) (ent.Value, error)
}

// Said is what a query has put beside a row under a name; "" for nothing. Asking for what no query put there is a mistake of ours.
func Said(row told, as string) string {
	value, err := row.Value(as)
	if err != nil {
		panic(err)
	}
	return value.(string)
}

// SaidYes is Said of a column that is a yes or a no.
func SaidYes(row told, as string) bool {
	said := Said(row, as)
	return said == "true" || said == "1"
}
