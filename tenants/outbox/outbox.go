// Package outbox keeps what must happen after a commit, as rows written in the very transaction that makes it necessary. The row is the
// truth: a relay takes it for one lease at a time and has it delivered until it is done, and staff read in it what was tried and what failed.
package outbox

import (
	"context"
	"errors"
	"sync"
	"time"

	"enlace/ent"
	rows "enlace/ent/outbox"
	"enlace/tenants"
)

// Job is something to do once the transaction is kept.
type Job struct {
	Kind    string            // which handler does it
	Queue   Queue             // Default when empty
	Payload map[string]string // ids only: the handler reads the rest when it runs
	At      time.Time         // not before this instant; none means now
}

// Queue says how soon a row should be done, and how soon it is tried again.
type Queue = rows.Queue

// The queues.
const (
	Critical Queue = rows.QueueCritical // someone waits: a reconnection, an answer of the bot
	Default  Queue = rows.QueueDefault
	Bulk     Queue = rows.QueueBulk // carnês, the monthly run
)

// Add writes the job in the caller's transaction, so that it happens if and only if the rest of it does, and wakes the relays of this process
// once that is kept.
func Add(ctx context.Context, c *ent.Client, now time.Time, j Job) error {
	return AddAll(ctx, c, now, []Job{j})
}

// AddAll is Add of many jobs in few statements; none are none.
func AddAll(ctx context.Context, c *ent.Client, now time.Time, all []Job) error {
	if len(all) == 0 {
		return nil
	}
	rows := make([]*ent.OutboxCreate, len(all))
	for i, j := range all {
		if j.Kind == "" {
			return errors.New("outbox: a job without a kind")
		}
		if j.Queue == "" {
			j.Queue = Default
		}
		if j.Payload == nil {
			j.Payload = map[string]string{}
		}
		if j.At.IsZero() {
			j.At = now
		}
		rows[i] = c.Outbox.Create().SetKind(j.Kind).SetQueue(j.Queue).SetPayload(j.Payload).SetNextAt(j.At).SetCreatedAt(now)
	}
	err := tenants.InTurns(rows, func(some []*ent.OutboxCreate) error { return c.Outbox.CreateBulk(some...).Exec(ctx) })
	if err != nil {
		return err
	}
	tenants.AfterCommit(ctx, bell.ring)
	return nil
}

// OnAdd calls ring after every commit of this process that added jobs, until stop is called. ring must return at once.
// It hears all stores of the process: a ring too many costs a relay one look.
func OnAdd(ring func()) (stop func()) { return bell.listen(ring) }

var bell carillon

type carillon struct {
	mu        sync.Mutex
	listeners map[*func()]struct{}
}

func (b *carillon) listen(ring func()) (stop func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.listeners == nil {
		b.listeners = map[*func()]struct{}{}
	}
	b.listeners[&ring] = struct{}{}
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.listeners, &ring)
	}
}

func (b *carillon) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for ring := range b.listeners {
		(*ring)()
	}
}
