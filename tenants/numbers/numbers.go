// Package numbers gives the human numbers of an ISP: customers, invoices, contracts and the protocols of tickets.
package numbers

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
)

// Kind is what is numbered. Each kind counts on its own, from 1.
type Kind string

// The kinds.
const (
	Customer     Kind = "customer"
	Subscription Kind = "subscription"
	Contract     Kind = "contract"
	Booklet      Kind = "booklet"
	Invoice      Kind = "invoice"
	Charge       Kind = "charge"
	Agreement    Kind = "agreement"
	WorkOrder    Kind = "work_order"
	Receipt      Kind = "receipt"
	Till         Kind = "till"
	Outage       Kind = "outage"
	protocol     Kind = "protocol"
)

// Next takes the next number of a kind in the caller's transaction. An undone transaction gives it back, so that there are no gaps;
// others who want one wait until it is kept or undone.
func Next(ctx context.Context, c *ent.Client, k Kind) (int64, error) { return Block(ctx, c, k, 1) }

// Block takes n numbers in a row and returns the first.
func Block(ctx context.Context, c *ent.Client, k Kind, n int) (int64, error) {
	return take(ctx, c, k, 0, n)
}

// Protocol takes the next protocol of a year: AAAANNNNNNNN, counted by year.
func Protocol(ctx context.Context, c *ent.Client, year int) (string, error) {
	n, err := take(ctx, c, protocol, year, 1)
	return fmt.Sprintf("%04d%08d", year, n), err
}

// take is one statement that both engines read alike; ent's upsert would not tell the number.
func take(ctx context.Context, c *ent.Client, k Kind, year, n int) (first int64, err error) {
	t, ok := tenants.From(ctx)
	if !ok {
		return 0, tenants.ErrNoTenant
	}
	rows, err := c.QueryContext(ctx, `INSERT INTO sequences (id, tenant_id, name, year, last) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (tenant_id, name, year) DO UPDATE SET last = sequences.last + excluded.last RETURNING last`,
		uuid.Must(uuid.NewV7()).String(), t.ID.String(), string(k), year, n)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&first); err != nil {
			return 0, err
		}
	}
	return first - int64(n) + 1, rows.Err()
}
