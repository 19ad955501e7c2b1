package outbox

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	rows "enlace/ent/outbox"
	"enlace/tenants"
)

// Open returns the row of a delivery, in the context's own ISP. It is not ok, and there is nothing to do, when the row is another ISP's or
// none, is done, or is no longer this delivery's: its lease is over or it was taken again.
func Open(ctx context.Context, db *tenants.DB, d Delivery) (row *ent.Outbox, ok bool, err error) {
	err = db.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err = c.Outbox.Query().Where(rows.ID(d.ID), rows.Attempt(d.Attempt), rows.DoneAtIsNil(), rows.TakenAtNotNil(), rows.NextAtGT(db.Now())).Only(ctx)
		return err
	})
	if ent.IsNotFound(err) {
		return nil, false, nil
	}
	return row, err == nil, err
}

// Once runs do in the transaction that ends the row: what do writes is kept exactly once, however often the row is delivered and wherever a
// process is killed. Use cases called by do with its context join that transaction. When the row is done, another ISP's or none, there is
// nothing to do: do does not run, and Once returns nil. An error of do undoes both and leaves the row as it was.
// An effect outside the database comes before Once, and happens at least once: a process killed in between does it again.
func Once(ctx context.Context, db *tenants.DB, id uuid.UUID, do func(context.Context, *ent.Client) error) error {
	return db.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		ended, err := c.Outbox.Update().Where(rows.ID(id), rows.DoneAtIsNil()).SetDoneAt(db.Now()).Save(ctx)
		if err != nil || ended == 0 {
			return err
		}
		return do(ctx, c)
	})
}

// Fail notes why a delivery failed, for staff to read in the row. A Fault ends the row, since trying again would find the same; after any
// other error it is due again when its lease is over. A delivery that is no longer the row's changes nothing.
func Fail(ctx context.Context, db *tenants.DB, d Delivery, why error) error {
	return db.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		update := c.Outbox.Update().Where(rows.ID(d.ID), rows.Attempt(d.Attempt), rows.DoneAtIsNil()).SetLastError(legible(why)).ClearTakenAt()
		if tenants.FaultOf(why) != nil {
			update.SetDoneAt(db.Now())
		}
		return update.Exec(ctx)
	})
}

// legible is an error as both stores take it: Postgres refuses what is not UTF-8, and a NUL.
func legible(err error) string {
	text := strings.ReplaceAll(strings.ToValidUTF8(err.Error(), ""), "\x00", "")
	if runes := []rune(text); len(runes) > 500 {
		text = string(runes[:500])
	}
	return text
}

// Later is the error of a job whose time has not come: its row is due again then. It has not failed.
type Later struct {
	At  time.Time
	Why string // for staff to read in the row; "" for nothing worth telling
}

func (l *Later) Error() string { return cmp.Or(l.Why, "not yet") }

// PutOff makes a row due again at a later time. A delivery that is no longer the row's changes nothing.
func PutOff(ctx context.Context, db *tenants.DB, d Delivery, later *Later) error {
	return db.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.Outbox.Update().Where(rows.ID(d.ID), rows.Attempt(d.Attempt), rows.DoneAtIsNil()).SetNextAt(later.At).SetLastError(later.Why).ClearTakenAt().Exec(ctx)
	})
}

// GiveBack makes rows due at once whose delivery was broken off before it could succeed or fail.
func GiveBack(ctx context.Context, db *tenants.DB, broken ...Delivery) error {
	return db.Platform(ctx, func(ctx context.Context, c *ent.Client) error {
		for _, d := range broken {
			err := c.Outbox.Update().Where(rows.ID(d.ID), rows.Attempt(d.Attempt), rows.DoneAtIsNil()).SetNextAt(db.Now()).ClearTakenAt().Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// patience is how many lost attempts are forgiven: a row that was lost more often may be what kills the process.
const patience = 3

// Recover gives back the rows in flight of a process that is no more, for a caller whose queue died with it. A row lost too often waits for
// the end of its lease, so that one that kills the process does not kill it without a pause.
func Recover(ctx context.Context, db *tenants.DB) error {
	return db.Platform(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.Outbox.Update().Where(rows.TakenAtNotNil(), rows.DoneAtIsNil(), rows.AttemptLTE(patience)).
			SetNextAt(db.Now()).ClearTakenAt().Exec(ctx)
	})
}
