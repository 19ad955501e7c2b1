package jobs

import (
	"context"
	"errors"
	"time"

	"enlace/tenants/outbox"
)

// relay takes what is due to the queue: when a commit of this process or a job that has ended wakes it, and by itself once a pace.
func (w *Workers) relay(ctx context.Context) {
	well := true
	for ctx.Err() == nil {
		carried, err := w.pass(ctx)
		pause := w.pace
		switch {
		case err != nil && ctx.Err() != nil:
			return
		case err != nil:
			if well {
				w.log.Error("jobs: the relay stands still", "error", err)
			}
			pause, well = time.Second, false
		case !well:
			w.log.Info("jobs: the relay runs again")
			well = true
		}
		if carried > 0 {
			continue
		}
		wake := w.wake
		if err != nil {
			wake = nil // whoever wakes it does not make the trouble go away
		}
		select {
		case <-ctx.Done():
		case <-wake:
		case <-time.After(pause):
		}
	}
}

// pass takes rows and carries them. It takes none while the queue does not answer, and gives back those it could not carry.
func (w *Workers) pass(ctx context.Context) (carried int, err error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if err := w.queue.ping(ctx); err != nil {
		return 0, err
	}
	taken, err := outbox.Claim(ctx, w.db, w.limits)
	for i, d := range taken {
		if carryErr := w.queue.carry(ctx, d); carryErr != nil {
			ctx, cancel := briefly(ctx)
			defer cancel()
			return i, errors.Join(err, carryErr, outbox.GiveBack(ctx, w.db, taken[i:]...))
		}
	}
	return len(taken), err
}

// briefly is time to note what must be noted although ctx has ended.
func briefly(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
}
