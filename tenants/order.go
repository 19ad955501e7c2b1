package tenants

import (
	"strings"

	entsql "entgo.io/ent/dialect/sql"
)

// Upcoming orders rows as whoever has them before him reads them: what is to come by its hour, what has none yet, and then what is over, the latest
// first. A row is over whose column state is one of those, which are words of ours and nobody's typing. Both engines have the same order, whichever
// end they put an empty cell at.
func Upcoming[O ~func(*entsql.Selector), S ~string](hour, state string, over ...S) O {
	ended := make([]string, len(over))
	for i, one := range over {
		ended[i] = "'" + string(one) + "'"
	}
	return func(s *entsql.Selector) {
		at, is := s.C(hour), s.C(state)+" IN ("+strings.Join(ended, ", ")+")"
		s.OrderExpr(
			entsql.Expr("CASE WHEN "+is+" THEN 2 ELSE 0 END + CASE WHEN "+at+" IS NULL THEN 1 ELSE 0 END"),
			entsql.Expr("CASE WHEN "+is+" THEN NULL ELSE "+at+" END"))
		s.OrderBy(entsql.Desc(at))
	}
}
