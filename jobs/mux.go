package jobs

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/outbox"
)

// Handler does one kind of job, by calling a use case: inside the job's ISP, as the system, and until ctx ends. A Fault ends the job for
// good; after any other error, a panic among them, it is tried again.
type Handler func(ctx context.Context, payload map[string]string) error

// Mux says which handler does which kind of job, and what is done every day. It is filled before Start and not afterwards.
type Mux struct {
	handlers map[string]run
	days     []daily
}

// run does a row and ends it.
type run func(ctx context.Context, db *tenants.DB, row *ent.Outbox) error

// Once has do run inside the transaction that ends the job, and the use cases it calls join that transaction: what they write is kept
// exactly once. do must not touch anything but the database.
func (m *Mux) Once(kind string, do Handler) {
	m.handle(kind, func(ctx context.Context, db *tenants.DB, row *ent.Outbox) error {
		return outbox.Once(ctx, db, row.ID, func(ctx context.Context, c *ent.Client) error {
			if err := do(ctx, row.Payload); err != nil {
				return err
			}
			return m.finish(ctx, c, db.Now(), row)
		})
	})
}

// Outside has do run before the job is ended and outside any transaction, for effects on the world: a message, a packet, a PDF. They happen at
// least once; do must bear to be run again.
func (m *Mux) Outside(kind string, do Handler) {
	m.handle(kind, func(ctx context.Context, db *tenants.DB, row *ent.Outbox) error {
		if err := do(ctx, row.Payload); err != nil {
			return err
		}
		return outbox.Once(ctx, db, row.ID, func(ctx context.Context, c *ent.Client) error { return m.finish(ctx, c, db.Now(), row) })
	})
}

func (m *Mux) handle(kind string, how run) {
	if _, there := m.handlers[kind]; there {
		panic("jobs: two handlers for " + kind)
	}
	if m.handlers == nil {
		m.handlers = map[string]run{}
	}
	m.handlers[kind] = how
}

// Daily adds a job of the kind for every ISP every day, once its clocks show the time of day, at after midnight. The payload's "day" is the
// ISP's civil date. A process that starts later in the day makes up for it; a day without any process is left out, so the handler must
// look at how things stand, not at what changed since yesterday.
func (m *Mux) Daily(kind string, q outbox.Queue, at time.Duration) {
	m.days = append(m.days, daily{kind, q, at})
}

// check finds what was forgotten.
func (m *Mux) check() error {
	for _, d := range m.days {
		if m.handlers[d.kind] == nil {
			return errors.New("jobs: no handler for the daily " + d.kind)
		}
	}
	return nil
}

func (m *Mux) run(ctx context.Context, db *tenants.DB, row *ent.Outbox) (err error) {
	how := m.handlers[row.Kind]
	if how == nil {
		return fmt.Errorf("jobs: no handler for %s", row.Kind) // perhaps a newer worker has one
	}
	defer func() {
		if p := recover(); p != nil {
			err = &panicked{p, debug.Stack()}
		}
	}()
	return how(ctx, db, row)
}

// panicked is a handler's panic as an error, with the place where it happened for the log.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprint("panic: ", p.value) }
