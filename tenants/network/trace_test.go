package network_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/nas"
	"enlace/ent/subscription"
	"enlace/tenants/tenanttest"
)

// crowdOf fills a log: n sessions of a year, one after the other, of a thousand private addresses behind sixteen public ones.
func (s *stage) crowdOf(t testing.TB, n int) {
	t.Helper()
	s.change(t, s.Ctx(), func(ctx context.Context, c *ent.Client) error {
		at, err := c.Nas.Query().First(ctx)
		if err != nil {
			return err
		}
		sub, err := c.Subscription.Query().First(ctx)
		if err != nil {
			return err
		}
		_, err = c.ExecContext(ctx, fmt.Sprintf(`INSERT INTO connections (id, tenant_id, nas_id, subscription_id, customer_id, login, acct_session_id, opening, ipv4, public_ip, port_from, port_to,
			calling_station, nas_port, started_at, updated_at, seconds, ended_at, cause, bytes_up, bytes_down, profile)
			SELECT gen_random_uuid(), '%s', '%s', '%s', '%s', 'l' || i, 's' || i, '', '100.64.' || i %% 4 || '.' || i %% 250, '198.51.100.' || i %% 16, 1024 + 2000 * (i %% 32), 3023 + 2000 * (i %% 32),
			'', '', now() - i * interval '1 second', now(), 1, now() - i * interval '1 second' + interval '1 hour', 'user', 1, 1, '' FROM generate_series(1, %d) i`,
			s.Here.ID, at.ID, sub.ID, sub.CustomerID, n))
		return err
	})
}

// traced are the questions of the log's pages, as ent asks them.
var traced = map[string]string{
	"by address":      `SELECT * FROM connections WHERE ipv4 = '100.64.1.9' AND started_at <= now() AND (ended_at IS NULL OR ended_at >= now()) ORDER BY started_at DESC LIMIT 100`,
	"by port":         `SELECT * FROM connections WHERE public_ip = '198.51.100.3' AND port_from <= 5000 AND port_to >= 5000 AND started_at <= now() AND (ended_at IS NULL OR ended_at >= now()) ORDER BY started_at DESC LIMIT 100`,
	"by prefix":       `SELECT * FROM connections WHERE ipv6_delegated IN ('2001:db8::/56', '2001:db8::/48') AND started_at <= now() ORDER BY started_at DESC LIMIT 100`,
	"by name":         `SELECT * FROM connections WHERE nas_id = '%s' AND acct_session_id IN ('s1', 's2', 's3') ORDER BY started_at, id`,
	"by subscription": `SELECT * FROM connections WHERE subscription_id = '%s' ORDER BY started_at DESC, id DESC LIMIT 5`,
	"what is old":     `SELECT id FROM connections WHERE ended_at < now() - interval '1 year' LIMIT 1000`,
}

func TestTheLogIsAskedByItsIndexes(t *testing.T) {
	o := tenanttest.Postgres(t)
	s := set(t, o)
	s.addNAS(t, o.Ctx(), here, secret, nas.AuthenticatorNao)
	s.sell(t, o.Ctx(), subscription.StatusHabilitado, "maria@fibranorte", "maria-demo")
	s.crowdOf(t, 15_000)
	o.Analyze(t)
	s.change(t, o.Ctx(), func(ctx context.Context, c *ent.Client) error {
		at, sub := c.Nas.Query().OnlyX(ctx), c.Subscription.Query().OnlyX(ctx)
		for name, question := range traced {
			switch name {
			case "by name":
				question = fmt.Sprintf(question, at.ID)
			case "by subscription":
				question = fmt.Sprintf(question, sub.ID)
			}
			rows, err := c.QueryContext(ctx, "EXPLAIN "+question)
			if err != nil {
				return err
			}
			var plan []string
			for rows.Next() {
				var line string
				if err := rows.Scan(&line); err != nil {
					return err
				}
				plan = append(plan, line)
			}
			if err := rows.Close(); err != nil {
				return err
			}
			if text := strings.Join(plan, "\n"); strings.Contains(text, "Seq Scan on connections") || !strings.Contains(text, "Index") {
				t.Errorf("%s:\n%s", name, text)
			}
		}
		return nil
	})
}
