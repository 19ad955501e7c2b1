package tenants

import (
	"context"
	"errors"
	"fmt"
	"strings"

	entsql "entgo.io/ent/dialect/sql"
)

// Grouped are rows told apart by a column, with others of their own added up.
type Grouped struct {
	rows  Rows
	via   []hop
	by    string
	whole bool
	sums  [2]string
}

// hop is a column that points at another table.
type hop struct{ column, table string }

// By tells rows apart by what stands in a column of theirs and adds up one or two others.
func (r Rows) By(column string, sums ...string) Grouped {
	g := Grouped{rows: r, by: column}
	copy(g.sums[:], sums)
	return g
}

// Whole adds rows up together, under the least that stands in a column of theirs: to tell 200,000 apart takes longer than to read them. Of no
// rows it counts none.
func (r Rows) Whole(column string, sums ...string) Grouped {
	g := r.By(column, sums...)
	g.whole = true
	return g
}

// Via says that the column to tell rows apart by stands in a table that a column of theirs points at, or, hop by hop, of that table's.
// Rows that point at nothing are together.
func (g Grouped) Via(column, table string) Grouped {
	g.via = append(g.via[:len(g.via):len(g.via)], hop{column, table})
	return g
}

// Sum is how many rows of a set have a key, and what their columns add up to.
type Sum[K any] struct {
	Set   int // which of the sets asked for, from 0
	Key   K
	Count int
	Sums  [2]int64
}

// SumUp counts and adds up several sets of rows with one statement, in the transaction the context is in.
func SumUp[K any](ctx context.Context, sets ...Grouped) (all []Sum[K], err error) {
	parts := make([]statement, len(sets))
	for i, g := range sets {
		parts[i] = g.selector
	}
	err = together(ctx, parts, "", func(scan func(...any) error) error {
		var one Sum[K]
		err := scan(&one.Set, &one.Key, &one.Count, &one.Sums[0], &one.Sums[1])
		all = append(all, one)
		return err
	})
	return all, err
}

func (g Grouped) selector(dialect string) *entsql.Selector {
	rows := g.rows.selector(dialect)
	at := rows.C
	for _, h := range g.via {
		other := entsql.Table(h.table)
		rows.LeftJoin(other).On(at(h.column), other.C("id"))
		at = other.C
	}
	if g.whole {
		rows.Select(entsql.Min(at(g.by)), "count(*)")
	} else {
		rows.Select(at(g.by), "count(*)").GroupBy(at(g.by))
	}
	for _, column := range g.sums {
		if column == "" {
			rows.AppendSelectExpr(entsql.Raw("0"))
		} else {
			rows.AppendSelect("COALESCE(" + entsql.Sum(rows.C(column)) + ", 0)")
		}
	}
	return rows
}

// Found is a row of one of several sets.
type Found[K any] struct {
	Set int // which of the sets asked for, from 0
	ID  K
}

// Merge lists the ids of the rows of several tables as one list, in the order of columns that all of them have: limit of them after offset.
// Each table is read in an index that begins with the columns, no further than the place asked for.
func Merge[K any](ctx context.Context, columns []string, descending bool, offset, limit int, sets ...Rows) (page []Found[K], err error) {
	ordered := func(names []string) string {
		if descending {
			return strings.Join(names, " DESC, ") + " DESC"
		}
		return strings.Join(names, ", ")
	}
	parts := make([]statement, len(sets))
	for i, set := range sets {
		parts[i] = func(dialect string) *entsql.Selector {
			rows := set.selector(dialect)
			own := rows.Columns(columns...)
			return rows.Select(append([]string{rows.C("id")}, own...)...).OrderBy(ordered(own)).Limit(offset + limit)
		}
	}
	err = together(ctx, parts, fmt.Sprintf(" ORDER BY %s, 1 LIMIT %d OFFSET %d", ordered(columns), limit, offset), func(scan func(...any) error) error {
		var one Found[K]
		into := []any{&one.Set, &one.ID}
		for range columns {
			into = append(into, new(any))
		}
		err := scan(into...)
		page = append(page, one)
		return err
	})
	return page, err
}

// statement makes one for a dialect.
type statement func(dialect string) *entsql.Selector

func (r Rows) selector(dialect string) *entsql.Selector {
	rows := entsql.Dialect(dialect).Select().From(entsql.Table(r.table))
	for _, q := range r.which {
		q(rows)
	}
	return rows
}

// together runs statements as one, the number of each before its columns, and shows see each row.
func together(ctx context.Context, parts []statement, after string, see func(scan func(...any) error) error) error {
	u := unitOf(ctx)
	if u == nil {
		return errOutside
	}
	var texts []string
	var args []any
	for i, part := range parts {
		rows := part(u.dialect)
		rows.SetTotal(len(args))
		text, more := rows.Query()
		texts, args = append(texts, fmt.Sprintf("SELECT %d, rows.* FROM (%s) AS rows", i, text)), append(args, more...)
	}
	found, err := u.client.QueryContext(ctx, strings.Join(texts, " UNION ALL ")+after, args...)
	if err != nil {
		return err
	}
	for found.Next() {
		err = errors.Join(err, see(found.Scan))
	}
	return errors.Join(err, found.Err(), found.Close())
}
