package jobs

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/tickrun"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/outbox"
)

// daily is a kind of job that every ISP has every day.
type daily struct {
	kind  string
	queue outbox.Queue
	at    time.Duration // after midnight, by the ISP's clocks
}

// entered is a day's job that needs no second look.
type entered struct {
	isp  uuid.UUID
	kind string
	day  calendar.Date
}

func (w *Workers) everyDay(ctx context.Context) {
	done := map[entered]bool{}
	clock := time.NewTicker(15 * time.Second)
	defer clock.Stop()
	for {
		if err := w.tick(ctx, done); err != nil && ctx.Err() == nil {
			w.log.Error("jobs: a day's jobs cannot be entered", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-clock.C:
		}
	}
}

// tick enters the jobs of the day whose hour has come. An ISP that fails does not keep the others waiting.
func (w *Workers) tick(ctx context.Context, done map[entered]bool) error {
	if len(w.mux.days) == 0 {
		return nil
	}
	isps, err := w.db.Directory(ctx)
	for _, isp := range isps {
		local := w.db.Now().In(isp.Zone)
		for _, d := range w.mux.days {
			e := entered{isp.ID, d.kind, calendar.Of(local)}
			if done[e] || sinceMidnight(local) < d.at {
				continue
			}
			if enterErr := enter(tenants.With(ctx, isp), w.db, d, e.day); enterErr != nil {
				err = errors.Join(err, enterErr)
				continue
			}
			delete(done, entered{isp.ID, d.kind, e.day.AddDays(-1)})
			done[e] = true
		}
	}
	return err
}

// sinceMidnight is what the hands of the clocks show, also on the days they are moved.
func sinceMidnight(local time.Time) time.Duration {
	hour, minute, second := local.Clock()
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
}

// enter adds the job of a day in the transaction that notes that the day has it, so that any number of schedulers add one.
func enter(ctx context.Context, db *tenants.DB, d daily, day calendar.Date) error {
	return db.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		err := c.TickRun.Create().SetKind(d.kind).SetDay(day).SetStartedAt(db.Now()).
			OnConflictColumns(tickrun.FieldTenantID, tickrun.FieldKind, tickrun.FieldDay).DoNothing().Exec(ctx)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return nil // it was there
		case err != nil:
			return err
		}
		return outbox.Add(ctx, c, db.Now(), outbox.Job{Kind: d.kind, Queue: d.queue, Payload: map[string]string{"day": day.String()}})
	})
}

// finish notes, with the end of a day's job, that the day's run is over.
func (m *Mux) finish(ctx context.Context, c *ent.Client, now time.Time, row *ent.Outbox) error {
	if !slices.ContainsFunc(m.days, func(d daily) bool { return d.kind == row.Kind }) {
		return nil
	}
	day, err := calendar.Parse(row.Payload["day"])
	if err != nil {
		return err
	}
	return c.TickRun.Update().Where(tickrun.Kind(row.Kind), tickrun.Day(day), tickrun.FinishedAtIsNil()).SetFinishedAt(now).Exec(ctx)
}

// tally notes what a day's run did; one that is tried again adds to it.
func tally(ctx context.Context, db *tenants.DB, kind, on string, done, failed int) error {
	day, err := calendar.Parse(on)
	if err != nil {
		return err
	}
	return db.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.TickRun.Update().Where(tickrun.Kind(kind), tickrun.Day(day)).AddDone(done).SetFailed(failed).Exec(ctx)
	})
}
