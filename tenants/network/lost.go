package network

import (
	"context"
	"time"

	"enlace/ent"
	"enlace/ent/connection"
	"enlace/tenants"
)

// A session that is no longer heard of is over: after three reports that did not come, and no sooner than a quarter of an hour; one that has
// never reported, since its NAS may not know how, after a day.
const (
	missed    = 3
	shortest  = 15 * time.Minute
	reportful = 24 * time.Hour
)

func patienceWith(n *ent.Nas) time.Duration {
	return max(missed*time.Duration(n.InterimSeconds)*time.Second, shortest)
}

// unheard is how long a session whose end nobody told may have gone on after its last report.
func unheard(s *ent.Connection, n *ent.Nas) time.Duration {
	if s.Seconds == 0 { // it has never reported
		return reportful
	}
	return time.Duration(n.InterimSeconds) * time.Second
}

// EndLost ends the sessions of the context's ISP that are no longer heard of, at the instant of their last report. since is from when on
// somebody has been there to hear: for the time before, silence says nothing. One that goes on nevertheless says so by its next report.
func (d Desk) EndLost(ctx context.Context, since time.Time) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		isp, _ := tenants.From(ctx)
		all, err := c.Nas.Query().All(ctx)
		if err != nil {
			return err
		}
		now := d.DB.Now()
		for _, n := range all {
			limit := patienceWith(n)
			if now.Sub(since) < limit {
				continue
			}
			if err := holdNAS(ctx, c, n.ID); err != nil {
				return err
			}
			_, err := c.ExecContext(ctx, `UPDATE connections SET ended_at = updated_at, cause = $1, traffic = NULL
				WHERE tenant_id = $2 AND nas_id = $3 AND ended_at IS NULL AND (seconds > 0 AND updated_at < $4 OR updated_at < $5)`,
				Lost, isp.ID.String(), n.ID.String(), now.Add(-limit), now.Add(-max(limit, reportful)))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// keepTime ends what is lost, every minute.
func (s *Server) keepTime() {
	since := s.desk.DB.Now()
	for s.pause(time.Minute) {
		s.guard("ending lost sessions", func() {
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			isps, err := s.desk.DB.Directory(ctx)
			for _, isp := range isps {
				if ending := s.desk.EndLost(tenants.With(ctx, isp), since); ending != nil {
					err = ending
				}
			}
			if err != nil {
				s.log.Warn("network: lost sessions were not ended", "error", err)
			}
		})
	}
}

// Forget is the kind of the daily job that deletes the connection log of more than a year ago, ForgottenAt when it runs.
const (
	Forget      = "network.forget"
	ForgottenAt = 3*time.Hour + 30*time.Minute
)

// atOnce is how many rows are deleted in one transaction.
const atOnce = 1000

// ForgetOld deletes the sessions that ended more than a year ago: so long the law wants them kept (Lei 12.965/2014, art. 13), and no longer
// does anybody need them; and the answers to Access-Requests that nobody looks back at any more.
func (d Desk) ForgetOld(ctx context.Context) (done int, err error) {
	if done, err = d.forgetAttempts(ctx); err != nil {
		return done, err
	}
	before := d.DB.Now().AddDate(-1, 0, 0)
	for {
		deleted := 0
		err := d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			old, err := c.Connection.Query().Where(connection.EndedAtLT(before)).Limit(atOnce).IDs(ctx)
			if err != nil || len(old) == 0 {
				return err
			}
			deleted, err = c.Connection.Delete().Where(connection.IDIn(old...)).Exec(ctx)
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
