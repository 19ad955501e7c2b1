// Package jobs does what must happen after a commit. A relay takes rows of the outbox and hands them to Asynq, which is the transport: queues,
// priorities, concurrency. What counts is the row; a queue that loses everything only costs the time until the leases end.
package jobs

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"enlace/tenants"
	"enlace/tenants/outbox"
)

// Options say what Start needs.
type Options struct {
	DB       *tenants.DB
	RedisURL string // none: a queue inside this process, for an installation that has only this one
	Mux      *Mux
	Log      *slog.Logger // none: the process's own
	Hands    int          // jobs done at the same time, beside two hands that only do critical ones; 0 means 10
}

// Workers are the relay, the daily schedules and the hands that do the jobs, until Stop.
type Workers struct {
	db     *tenants.DB
	mux    *Mux
	log    *slog.Logger
	limits outbox.Limits
	pace   time.Duration
	isps   directory
	queue  *queue
	crews  crews
	wake   chan struct{}

	working   context.Context // what the handlers run in
	interrupt context.CancelCauseFunc
	loops     sync.WaitGroup
	endLoops  func()
	stop      sync.Once
}

// Start begins to work. It returns an error when the database or Redis does not answer, or when the Mux has a day's job without a handler.
// ctx holds for the start alone.
func Start(ctx context.Context, o Options) (*Workers, error) {
	if err := o.Mux.check(); err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Hands == 0 {
		o.Hands = 10
	}
	w := &Workers{
		db: o.DB, mux: o.Mux, log: o.Log, isps: directory{db: o.DB}, wake: make(chan struct{}, 1),
		// Few enough to be begun within their lease, enough to keep every hand busy; bulk never has more than half the hands.
		limits: outbox.Limits{Critical: 4 * o.Hands, Default: 4 * o.Hands, Bulk: max(1, o.Hands/2), Tenant: 2 * o.Hands},
	}
	var err error
	if w.pace, err = outbox.Pace(ctx, w.db); err != nil {
		return nil, err
	}
	if w.queue, err = openQueue(ctx, o.RedisURL); err != nil {
		return nil, err
	}
	if w.queue.inside != nil { // the one of the process before died with it
		if err := outbox.Recover(ctx, w.db); err != nil {
			return nil, errors.Join(err, w.queue.close())
		}
	}
	w.working, w.interrupt = context.WithCancelCause(context.Background())
	if w.crews, err = w.queue.serve(o.Hands, w.log, w.deliver); err != nil {
		return nil, errors.Join(err, w.queue.close())
	}
	loops, end := context.WithCancel(context.Background())
	forget := outbox.OnAdd(w.Nudge)
	w.endLoops = func() { forget(); end() }
	w.loops.Go(func() { w.relay(loops) })
	w.loops.Go(func() { w.everyDay(loops) })
	return w, nil
}

// Nudge has the relay look at the outbox at once.
func (w *Workers) Nudge() {
	select {
	case w.wake <- struct{}{}:
	default: // it is about to look anyway
	}
}

// Ready returns an error while the queue does not answer. Jobs wait in their rows meanwhile; none is lost.
func (w *Workers) Ready(ctx context.Context) error { return w.queue.ping(ctx) }

const (
	grace   = 4 * time.Second // for handlers to end by themselves
	stopped = 5 * time.Second // when those that were told to should have ended, too
)

var errStopping = errors.New("jobs: stopping")

// Stop takes nothing new, lets what runs end by itself, and after 4 s ends the contexts of the rest and gives their jobs back, due at once for
// another process. It returns within 6 s even when a handler ignores its context or Redis hangs; such a job is due when its lease is over.
func (w *Workers) Stop() { w.stop.Do(w.leave) }

func (w *Workers) leave() {
	defer w.interrupt(errStopping)
	w.endLoops()
	told := time.AfterFunc(grace, func() { w.interrupt(errStopping) })
	defer told.Stop()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		w.crews.stop()
		w.loops.Wait()
	}()
	select {
	case <-ended:
	case <-time.After(stopped + 500*time.Millisecond):
		w.log.Warn("jobs: stopped without waiting any longer")
	}
	if err := w.queue.close(); err != nil {
		w.log.Warn("jobs: closing the queue", "error", err)
	}
}
