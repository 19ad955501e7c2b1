package tenants

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	entsql "entgo.io/ent/dialect/sql"
	"github.com/google/uuid"
)

// Exact is up to how many rows a list is counted. What is more is only said to be more: counting 200,000 rows is work for nobody, at every
// page that somebody opens.
const Exact = 10_000

// Rows are the rows of a table that are as they are asked to be.
type Rows struct {
	table string
	which []func(*entsql.Selector)
	named string // column that is their name; "": name
}

// Named are the rows with another column for their name.
func (r Rows) Named(column string) Rows {
	r.named = column
	return r
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
		text, more := one.selected(u.dialect, len(args), "id").Limit(most + 1).Query()
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

// Choice is a row that people choose, by its name.
type Choice struct {
	ID   uuid.UUID
	Name string
}

// Choices reads several lists of what people choose from, each by name, with one statement, in the transaction the context is in.
func Choices(ctx context.Context, lists ...Rows) ([][]Choice, error) {
	u := unitOf(ctx)
	if u == nil {
		return nil, errOutside
	}
	var parts []string
	var args []any
	for i, one := range lists {
		choice, more := one.selected(u.dialect, len(args), "id", text(cmp.Or(one.named, "name"))+" AS name").Query()
		parts, args = append(parts, fmt.Sprintf("SELECT %d AS list, id, name FROM (%s) AS rows", i, choice)), append(args, more...)
	}
	found, err := u.client.QueryContext(ctx, strings.Join(parts, " UNION ALL ")+" ORDER BY list, name", args...)
	if err != nil {
		return nil, err
	}
	choices := make([][]Choice, len(lists))
	for found.Next() {
		var list int
		var one Choice
		err = errors.Join(err, found.Scan(&list, &one.ID, &one.Name))
		choices[list] = append(choices[list], one)
	}
	return choices, errors.Join(err, found.Err(), found.Close())
}

// selected is the selection of some columns of the rows, in a statement that has so many arguments already.
func (r Rows) selected(dialect string, args int, columns ...string) *entsql.Selector {
	rows := entsql.Dialect(dialect).Select(columns...).From(entsql.Table(r.table))
	for _, q := range r.which {
		q(rows)
	}
	rows.SetTotal(args)
	return rows
}
