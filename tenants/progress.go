package tenants

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/progress"
)

// ToldEvery is how many steps of a long work pass between two words about it.
const ToldEvery = 1_000

// Tell says, from within a long transaction of an ISP, how far its work has come: what the transaction writes nobody can see before its end.
// So the word is kept outside of it, in a transaction of its own at the platform: on Postgres that is another connection, and on SQLite another
// file, since the ISP's own has one writer, who is busy. It holds an id and a number, nothing of the ISP's.
// The store hears of it too, so that it finds its way in tables that were small when the transaction began.
// A word that cannot be said at once is left out: the work holds a connection, and waiting for another one while those who have them wait for
// the work would never end.
func (db *DB) Tell(ctx context.Context, work uuid.UUID, done int) error {
	if u := unitOf(ctx); u != nil && u.scope.write {
		if err := db.store.grown(ctx, u.client); err != nil {
			return err
		}
	}
	brief, cancel := context.WithTimeout(ctx, atOnce)
	defer cancel()
	err := db.beside(brief, func(ctx context.Context, c *ent.Client) error {
		n, err := c.Progress.Update().Where(progress.ID(work)).SetDone(done).Save(ctx)
		if err != nil || n > 0 {
			return err
		}
		return c.Progress.Create().SetID(work).SetDone(done).Exec(ctx)
	})
	if ctx.Err() == nil && brief.Err() != nil {
		return nil
	}
	return err
}

// atOnce is how long a word may take.
const atOnce = 200 * time.Millisecond

// Told is how far a work has come by its last word; zero when there is none.
func (db *DB) Told(ctx context.Context, work uuid.UUID) (done int, err error) {
	return done, db.beside(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := c.Progress.Query().Where(progress.ID(work)).Only(ctx)
		if err == nil {
			done = row.Done
		} else if ent.IsNotFound(err) {
			err = nil
		}
		return err
	})
}

// Hush forgets how far a work had come, once it is over.
func (db *DB) Hush(ctx context.Context, work uuid.UUID) error {
	return db.beside(ctx, func(ctx context.Context, c *ent.Client) error {
		_, err := c.Progress.Delete().Where(progress.ID(work)).Exec(ctx)
		return err
	})
}

// beside steps out of the transaction the context is in, which goes on, into one of the platform.
func (db *DB) beside(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	ctx = context.WithValue(ctx, unitKey{}, (*unit)(nil))
	return db.PlatformAt(ctx, OperatorSlug, do)
}
