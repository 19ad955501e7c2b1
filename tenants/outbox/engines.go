package outbox

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	rows "enlace/ent/outbox"
	"enlace/ent/tenant"
	"enlace/tenants"
)

// Pace is how often a relay should look by itself: often where other machines may add rows it does not hear of, seldom over the files that
// only this process writes to, where it is for rows that become due later.
func Pace(ctx context.Context, db *tenants.DB) (time.Duration, error) {
	pace := 5 * time.Second
	err := db.Platform(ctx, func(ctx context.Context, c *ent.Client) error {
		shared, err := onPostgres(ctx, c)
		if shared {
			pace = 200 * time.Millisecond
		}
		return err
	})
	return pace, err
}

// onPostgres asks the engine for a truth, which only Postgres spells out.
func onPostgres(ctx context.Context, c *ent.Client) (bool, error) {
	result, err := c.QueryContext(ctx, `SELECT CAST(1 = 1 AS text)`)
	if err != nil {
		return false, err
	}
	defer result.Close()
	var truth string
	for result.Next() {
		if err := result.Scan(&truth); err != nil {
			return false, err
		}
	}
	return truth == "true", result.Err()
}

// find lists the rows that are due, at most n of each ISP and queue, the longest due first.
func find(ctx context.Context, c *ent.Client, now time.Time, n int) ([]candidate, error) {
	switch shared, err := onPostgres(ctx, c); {
	case err != nil:
		return nil, err
	case shared:
		return findInTables(ctx, c, now, n)
	default:
		return findInFile(ctx, c, now, n)
	}
}

// findInTables goes to the index once for each ISP and queue: however long one backlog is, it costs n rows.
func findInTables(ctx context.Context, c *ent.Client, now time.Time, n int) ([]candidate, error) {
	result, err := c.QueryContext(ctx, `SELECT due.* FROM tenants CROSS JOIN unnest(ARRAY['critical', 'default', 'bulk']) AS line CROSS JOIN LATERAL (
		SELECT tenant_id, id, queue, attempt + 1, next_at FROM outbox
		WHERE tenant_id = tenants.id AND queue = line AND done_at IS NULL AND next_at <= $1
		ORDER BY next_at LIMIT $2) AS due WHERE tenants.active`, now, n)
	if err != nil {
		return nil, err
	}
	defer result.Close()
	var due []candidate
	for result.Next() {
		var d candidate
		if err := result.Scan(&d.Tenant, &d.ID, &d.Queue, &d.Attempt, &d.since); err != nil {
			return nil, err
		}
		due = append(due, d)
	}
	return due, result.Err()
}

// findInFile does the same in the file of one ISP, or finds nothing in the platform's own.
func findInFile(ctx context.Context, c *ent.Client, now time.Time, n int) ([]candidate, error) {
	isp, err := c.Tenant.Query().Where(tenant.Active(true)).OnlyID(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	var due []candidate
	for _, q := range []Queue{Critical, Default, Bulk} {
		if err != nil {
			return nil, err
		}
		var found []*ent.Outbox
		found, err = c.Outbox.Query().Where(rows.TenantID(isp), rows.QueueEQ(q), rows.DoneAtIsNil(), rows.NextAtLTE(now)).
			Order(rows.ByNextAt()).Limit(n).All(ctx)
		for _, row := range found {
			due = append(due, candidate{Delivery: Delivery{isp, row.ID, q, row.Attempt + 1}, since: row.NextAt})
		}
	}
	return due, err
}

// take raises the attempt of the chosen rows where it still is what it was when they were found. On Postgres it passes by the rows that
// another relay is taking at this moment; a file has one writer at a time.
func take(ctx context.Context, c *ent.Client, now time.Time, chosen []candidate) ([]Delivery, error) {
	shared, err := onPostgres(ctx, c)
	if err != nil {
		return nil, err
	}
	lock := ""
	if shared {
		lock = " FOR UPDATE SKIP LOCKED"
	}
	type kind struct { // of attempt, for which one lease holds
		queue   Queue
		attempt int
	}
	alike := map[kind][]uuid.UUID{}
	for _, d := range chosen {
		alike[kind{d.Queue, d.Attempt}] = append(alike[kind{d.Queue, d.Attempt}], d.ID)
	}
	var taken []Delivery
	for k, ids := range alike {
		args, marks := []any{now, now.Add(Lease(k.queue, k.attempt)), k.attempt, k.attempt - 1}, make([]string, len(ids))
		for i, id := range ids {
			args, marks[i] = append(args, id.String()), fmt.Sprintf("$%d", len(args)+1)
		}
		result, err := c.QueryContext(ctx, `UPDATE outbox SET taken_at = $1, next_at = $2, attempt = $3 WHERE id IN (
			SELECT id FROM outbox WHERE id IN (`+strings.Join(marks, ", ")+`) AND attempt = $4 AND done_at IS NULL`+lock+`)
			RETURNING tenant_id, id, queue, attempt`, args...)
		if err != nil {
			return nil, err
		}
		for result.Next() {
			var d Delivery
			if err := result.Scan(&d.Tenant, &d.ID, &d.Queue, &d.Attempt); err != nil {
				return nil, errors.Join(err, result.Close())
			}
			taken = append(taken, d)
		}
		if err := errors.Join(result.Err(), result.Close()); err != nil {
			return nil, err
		}
	}
	return taken, nil
}
