package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/hibiken/asynq"

	"enlace/tenants"
	"enlace/tenants/outbox"
)

// deliver opens a parcel and has its row done. It answers Asynq nothing but success: what failed is in the row, and a row that could not
// even be read is due again when its lease is over. It works in a context of our own, since Asynq does not wait for a handler whose context
// has ended.
func (w *Workers) deliver(_ context.Context, task *asynq.Task) error {
	defer w.Nudge() // there is room for another
	ctx := w.working
	var p parcel
	if err := json.Unmarshal(task.Payload(), &p); err != nil {
		w.log.Error("jobs: not a parcel of ours", "error", err)
		return nil
	}
	log := w.log.With("isp", p.ISP, "row", p.Row, "attempt", p.Attempt)
	isp, known, err := w.isps.find(ctx, p.ISP)
	if err != nil || !known {
		log.Warn("jobs: no such ISP is open", "error", err)
		return nil
	}
	ctx = tenants.With(ctx, isp)
	d := outbox.Delivery{Tenant: p.ISP, ID: p.Row, Attempt: p.Attempt}
	row, ok, err := outbox.Open(ctx, w.db, d)
	switch {
	case err != nil:
		log.Error("jobs: the row cannot be read", "error", err)
		return nil
	case !ok:
		return nil // done before, taken again since, or not this ISP's
	}
	log = log.With("kind", row.Kind)
	doing, cancel := context.WithTimeout(ctx, row.NextAt.Sub(w.db.Now())) // no longer than the row is this delivery's
	defer cancel()
	if err := w.mux.run(doing, w.db, row); err != nil {
		w.settle(ctx, log, d, err)
	}
	return nil
}

// settle writes down how a delivery failed, or gives it back when it was broken off by Stop.
func (w *Workers) settle(ctx context.Context, log *slog.Logger, d outbox.Delivery, failure error) {
	stopping := errors.Is(context.Cause(ctx), errStopping)
	ctx, cancel := briefly(ctx)
	defer cancel()
	var p *panicked
	var later *outbox.Later
	var err error
	switch {
	case errors.As(failure, &p):
		log.Error("jobs: panic", "error", failure, "stack", string(p.stack))
		err = outbox.Fail(ctx, w.db, d, failure)
	case tenants.FaultOf(failure) != nil:
		log.Warn("jobs: ended by a fault", "error", failure)
		err = outbox.Fail(ctx, w.db, d, failure)
	case errors.As(failure, &later):
		log.Debug("jobs: put off", "until", later.At, "error", failure)
		err = outbox.PutOff(ctx, w.db, d, later)
	case stopping:
		err = outbox.GiveBack(ctx, w.db, d)
	default:
		log.Error("jobs: failed, to be tried again", "error", failure)
		err = outbox.Fail(ctx, w.db, d, failure)
	}
	if err != nil {
		log.Error("jobs: the failure cannot be noted", "error", err)
	}
}

// directory remembers the open ISPs for a moment: on SQLite asking for them is a walk over all files.
type directory struct {
	db   *tenants.DB
	mu   sync.Mutex
	as   time.Time
	isps map[uuid.UUID]tenants.Tenant
}

const moment = 5 * time.Second

// find returns an open ISP as it was at most 5 s ago.
func (d *directory) find(ctx context.Context, id uuid.UUID) (isp tenants.Tenant, known bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if isp, known = d.isps[id]; known && time.Since(d.as) < moment {
		return isp, true, nil
	}
	all, err := d.db.Directory(ctx)
	if err != nil {
		return tenants.Tenant{}, false, err
	}
	d.as, d.isps = time.Now(), make(map[uuid.UUID]tenants.Tenant, len(all))
	for _, t := range all {
		d.isps[t.ID] = t
	}
	isp, known = d.isps[id]
	return isp, known, nil
}
