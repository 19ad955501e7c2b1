package tenants

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"

	entsql "entgo.io/ent/dialect/sql"
	"entgo.io/ent/dialect/sql/schema"
	"entgo.io/ent/dialect/sql/sqlgraph"

	"enlace/ent"
)

// source is where the rows of one ISP, and no others, are seen.
type source struct {
	rows    *ent.Client
	dialect string
}

// carrier takes the rows of an ISP from where they are to where they go, and sums up what it took.
type carrier struct {
	from    source
	into    *ent.Client
	dialect string // of into
	sum     hash.Hash
	tables  []MovedTable
}

func newCarrier(from source, into *ent.Client, dialect string) *carrier {
	return &carrier{from: from, into: into, dialect: dialect, sum: sha256.New()}
}

// errUnread means that rows could not be read where they are.
var errUnread = errors.New("tenants: rows that cannot be read")

// carry takes a table, in the order of its ids; instead says what some columns hold on the other side. It returns errUnread when the rows
// cannot be read, and Conflict isp_there when one of them is on the other side already.
func (c *carrier) carry(ctx context.Context, table *schema.Table, instead map[string]any) error {
	query, args := entsql.Dialect(c.from.dialect).Select(columnNames(table)...).From(entsql.Table(table.Name)).OrderBy("id").Query()
	rows, err := c.from.rows.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", errUnread, table.Name, err)
	}
	defer rows.Close()
	c.add(table.Name)
	carried, next := 0, load{table: table}
	for ; rows.Next(); carried++ {
		row, size, err := c.read(rows, table)
		if err != nil {
			return fmt.Errorf("%w: %s: %w", errUnread, table.Name, err)
		}
		for i, column := range table.Columns {
			if other, set := instead[column.Name]; set {
				row[i] = other
			}
		}
		next.rows, next.values, next.bytes = append(next.rows, row), next.values+len(row), next.bytes+size
		if next.full() {
			if err := c.put(ctx, &next); err != nil {
				return err
			}
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("%w: %s: %w", errUnread, table.Name, err)
	}
	c.tables = append(c.tables, MovedTable{table.Name, carried})
	return c.put(ctx, &next)
}

// load is what is carried with one statement. It keeps memory flat, however much an ISP has.
type load struct {
	table         *schema.Table
	rows          [][]any
	values, bytes int
}

// full says when to put a load down: both stores take a statement of so many values, and printed documents lie in rows too.
func (l *load) full() bool { return len(l.rows) >= 1_000 || l.values >= 10_000 || l.bytes >= 1<<20 }

// put writes a load and empties it.
func (c *carrier) put(ctx context.Context, l *load) error {
	if len(l.rows) == 0 {
		return nil
	}
	insert := entsql.Dialect(c.dialect).Insert(l.table.Name).Columns(columnNames(l.table)...)
	for _, row := range l.rows {
		insert.Values(row...)
	}
	statement, args := insert.Query()
	_, err := c.into.ExecContext(ctx, statement, args...)
	switch {
	case sqlgraph.IsUniqueConstraintError(err):
		return Conflict("isp_there")
	case err != nil:
		return fmt.Errorf("tenants: writing %s: %w", l.table.Name, err)
	}
	*l = load{table: l.table, rows: l.rows[:0]}
	return nil
}

// read is one row in values that both stores take, how many bytes it has, and adds it to the sum.
func (c *carrier) read(rows *sql.Rows, table *schema.Table) (row []any, size int, err error) {
	row, into := make([]any, len(table.Columns)), make([]any, len(table.Columns))
	for i := range row {
		into[i] = &row[i]
	}
	if err := rows.Scan(into...); err != nil {
		return nil, 0, err
	}
	for i, column := range table.Columns {
		if row[i], err = portable(column, row[i]); err != nil {
			return nil, 0, fmt.Errorf("%s: %w", column.Name, err)
		}
		size += c.add(row[i])
	}
	return row, size, nil
}

// add adds a value to the sum, with its length, so that no two rows read alike, and returns how many bytes it has.
func (c *carrier) add(value any) int {
	var text []byte
	switch v := value.(type) {
	case sql.NullString:
		c.sum.Write([]byte{0})
		return 0
	case []byte:
		text = v
	default:
		text = fmt.Append(nil, v)
	}
	c.sum.Write(binary.AppendUvarint([]byte{1}, uint64(len(text))))
	c.sum.Write(text)
	return len(text)
}

// total is the sum of all that was carried.
func (c *carrier) total() string { return hex.EncodeToString(c.sum.Sum(nil)) }
