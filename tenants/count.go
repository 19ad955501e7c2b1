package tenants

import (
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
	return pairs(ctx, lists, "name", func(one *Choice) (id, name any) { return &one.ID, &one.Name })
}

// Owned is a row that belongs to a customer.
type Owned struct {
	ID, CustomerID uuid.UUID
}

// Owners reads several sets of rows that belong to customers, with one statement, in the transaction the context is in.
func Owners(ctx context.Context, sets ...Rows) ([][]Owned, error) {
	return pairs(ctx, sets, "customer_id", func(one *Owned) (id, customer any) { return &one.ID, &one.CustomerID })
}

// pairs reads the id and another column of several sets of rows, each by that column, with one statement.
func pairs[T any](ctx context.Context, sets []Rows, column string, into func(*T) (id, other any)) ([][]T, error) {
	parts := make([]statement, len(sets))
	for i, set := range sets {
		parts[i] = func(dialect string) *entsql.Selector {
			rows := set.selector(dialect)
			if set.named != "" {
				return rows.Select(rows.C("id"), entsql.As(text(rows.C(set.named)), column))
			}
			return rows.Select(rows.C("id"), rows.C(column))
		}
	}
	read := make([][]T, len(sets))
	return read, together(ctx, parts, " ORDER BY 1, "+column, func(scan func(...any) error) error {
		var list int
		var one T
		id, other := into(&one)
		err := scan(&list, id, other)
		read[list] = append(read[list], one)
		return err
	})
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
