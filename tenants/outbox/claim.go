package outbox

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	rows "enlace/ent/outbox"
	"enlace/tenants"
)

// Delivery is one try at a row.
type Delivery struct {
	Tenant  uuid.UUID
	ID      uuid.UUID // of the row
	Queue   Queue
	Attempt int // from 1
}

// Limits says how many rows may be in flight at once: taken, within their lease, and neither done nor failed.
type Limits struct {
	Critical, Default, Bulk int // of all ISPs together
	Tenant                  int // of one ISP in one queue
}

// Claim takes the rows that are due, as far as the limits leave room, each for one lease; when that is over, the row is due again. ISPs take
// turns: whoever has the fewest rows in flight comes first, then whose row is due longest. Rows of an ISP that is closed wait.
// No row is taken twice, however many claim; but each of them may fill the same room, so that for a moment n relays may stand at n times
// the limits. What was taken before an error is returned beside it.
func Claim(ctx context.Context, db *tenants.DB, l Limits) ([]Delivery, error) {
	now := db.Now()
	var due []candidate
	busy := map[lane]int{}
	err := db.Platform(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := countBusy(ctx, c, now, busy); err != nil {
			return err
		}
		found, err := find(ctx, c, now, l.Tenant)
		due = append(due, found...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("outbox: find: %w", err)
	}
	chosen := choose(due, busy, l)
	if len(chosen) == 0 {
		return nil, nil
	}
	var taken []Delivery
	err = db.Platform(ctx, func(ctx context.Context, c *ent.Client) error {
		mine, err := take(ctx, c, now, chosen)
		tenants.AfterCommit(ctx, func() { taken = append(taken, mine...) })
		return err
	})
	if err != nil {
		err = fmt.Errorf("outbox: take: %w", err)
	}
	return taken, err
}

// candidate is a row that is due, with the attempt that would be next.
type candidate struct {
	Delivery
	since time.Time
	turn  int
}

// lane is one ISP's share of a queue.
type lane struct {
	tenant uuid.UUID
	queue  Queue
}

// countBusy adds up the rows in flight. They are read one by one: the limits keep them few.
func countBusy(ctx context.Context, c *ent.Client, now time.Time, busy map[lane]int) error {
	flying, err := c.Outbox.Query().Where(rows.TakenAtNotNil(), rows.DoneAtIsNil(), rows.NextAtGT(now)).
		Select(rows.FieldTenantID, rows.FieldQueue).All(ctx)
	for _, row := range flying {
		busy[lane{row.TenantID, row.Queue}]++
	}
	return err
}

// choose lets the ISPs take turns: a row's turn is the place it would have among its ISP's rows in flight.
func choose(due []candidate, busy map[lane]int, l Limits) []candidate {
	room := map[Queue]int{Critical: l.Critical, Default: l.Default, Bulk: l.Bulk}
	for lane, n := range busy {
		room[lane.queue] -= n
	}
	slices.SortFunc(due, func(a, b candidate) int { return a.since.Compare(b.since) })
	for i, row := range due {
		in := lane{row.Tenant, row.Queue}
		busy[in]++
		due[i].turn = busy[in]
	}
	slices.SortStableFunc(due, func(a, b candidate) int { return a.turn - b.turn })
	return slices.DeleteFunc(due, func(row candidate) bool {
		if row.turn > l.Tenant || room[row.Queue] <= 0 {
			return true
		}
		room[row.Queue]--
		return false
	})
}
