package tenants

import (
	"context"
	"errors"
	"fmt"
	"strings"

	entsql "entgo.io/ent/dialect/sql"
)

// Exact is up to how many rows a list is counted. What is more is only said to be more: counting 200,000 rows is work for nobody, at every
// page that somebody opens.
const Exact = 10_000

// Rows are the rows of a table that are as they are asked to be.
type Rows struct {
	table string
	which []func(*entsql.Selector)
}

// RowsOf are the rows of a table that are as which says.
func RowsOf[Q ~func(*entsql.Selector)](table string, which ...Q) Rows {
	rows := Rows{table: table}
	for _, q := range which {
		rows.which = append(rows.which, q)
	}
	return rows
}

// Count counts several sets of rows, each up to most and one more, with one statement, in the transaction the context is in.
func Count(ctx context.Context, most int, sets ...Rows) ([]int, error) {
	u := unitOf(ctx)
	if u == nil {
		return nil, errOutside
	}
	var columns []string
	var args []any
	for _, one := range sets {
		rows := entsql.Dialect(u.dialect).Select("id").From(entsql.Table(one.table))
		for _, q := range one.which {
			q(rows)
		}
		rows.Limit(most + 1).SetTotal(len(args))
		text, more := rows.Query()
		columns, args = append(columns, fmt.Sprintf("(SELECT count(*) FROM (%s) AS rows)", text)), append(args, more...)
	}
	found, err := u.client.QueryContext(ctx, "SELECT "+strings.Join(columns, ", "), args...)
	if err != nil {
		return nil, err
	}
	counts, into := make([]int, len(sets)), make([]any, len(sets))
	for i := range counts {
		into[i] = &counts[i]
	}
	for found.Next() {
		err = errors.Join(err, found.Scan(into...))
	}
	return counts, errors.Join(err, found.Err(), found.Close())
}
