package network

import (
	"context"
	"time"

	"enlace/ent"
	"enlace/ent/authattempt"
)

// AttemptsKept is how long an answer to an Access-Request is kept: the diagnosis looks back a week, and a complaint about it may come in the next.
const AttemptsKept = 15 * 24 * time.Hour

// forgetAttempts deletes the answers that nobody looks back at any more. The connection log, which the law wants kept, is another table.
func (d Desk) forgetAttempts(ctx context.Context) (done int, err error) {
	before := d.DB.Now().Add(-AttemptsKept)
	for {
		deleted := 0
		err := d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			old, err := c.AuthAttempt.Query().Where(authattempt.AtLT(before)).Limit(atOnce).IDs(ctx)
			if err != nil || len(old) == 0 {
				return err
			}
			deleted, err = c.AuthAttempt.Delete().Where(authattempt.IDIn(old...)).Exec(ctx)
			return err
		})
		if err != nil {
			return done, err
		}
		if done += deleted; deleted < atOnce {
			return done, nil
		}
	}
}
