package bot

import (
	"context"
	"sync"
	"time"
)

// rota gives duties their turns, whose time has come first: as many at once as a process has ears, however many bots there are.
type rota struct {
	mu      sync.Mutex
	changed chan struct{} // rung when somebody's time may have come
	ended   *sync.Cond    // a turn
	all     map[*duty]bool
}

// mostEars is how many bots are asked at once. As many can be asked to be told as soon as there is something; of more each is asked in its turn.
const mostEars = 8

func newRota() *rota {
	r := &rota{changed: make(chan struct{}, 1), all: map[*duty]bool{}}
	r.ended = sync.NewCond(&r.mu)
	return r
}

// put gives a duty a turn at once.
func (r *rota) put(d *duty) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all[d], d.next, d.again = true, time.Now(), d.busy
	r.ring()
}

func (r *rota) ring() {
	select {
	case r.changed <- struct{}{}:
	default: // it is about to look anyway
	}
}

// retire gives a duty no more turns, and returns when its last, which is broken off, is over.
func (r *rota) retire(d *duty) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d.gone = true
	d.end()
	for d.busy {
		r.ended.Wait()
	}
	delete(r.all, d)
}

// run has turns taken until ctx ends, and returns when they are over.
func (r *rota) run(ctx context.Context, turn func(d *duty, crowded bool) time.Duration) {
	ears := make(chan struct{}, mostEars)
	var taken sync.WaitGroup
	defer taken.Wait()
	for ctx.Err() == nil {
		select {
		case ears <- struct{}{}:
		case <-ctx.Done():
			return
		}
		d, crowded, wait := r.take()
		if d == nil {
			<-ears
			r.sleep(ctx, wait)
			continue
		}
		taken.Go(func() {
			defer func() { <-ears }()
			r.giveBack(d, turn(d, crowded))
		})
	}
}

// take finds the duty whose turn it is, or how long it is until then.
func (r *rota) take() (first *duty, crowded bool, wait time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for d := range r.all {
		if !d.busy && !d.gone && (first == nil || d.next.Before(first.next)) {
			first = d
		}
	}
	if first == nil {
		return nil, false, time.Hour
	}
	if wait = time.Until(first.next); wait > 0 {
		return nil, false, wait
	}
	first.busy = true
	return first, len(r.all) > mostEars, 0
}

func (r *rota) giveBack(d *duty, after time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if d.again {
		after = 0
	}
	d.busy, d.again, d.next = false, false, time.Now().Add(after)
	r.ended.Broadcast()
	r.ring()
}

func (r *rota) sleep(ctx context.Context, d time.Duration) {
	clock := time.NewTimer(d)
	defer clock.Stop()
	select {
	case <-ctx.Done():
	case <-r.changed:
	case <-clock.C:
	}
}
