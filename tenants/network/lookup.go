package network

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants"
)

// subscriber is what the answer to one login depends on.
type subscriber struct {
	id, customer     uuid.UUID // of the subscription, and its holder
	login            string
	password         string // sealed, unless find read it
	status           subscription.Status
	downKbps, upKbps int // of the plan
	pool             string
	sessionHours     int
	grant            *ent.TrustGrant // the open one; only its end is read
}

// subscriberOf is one statement that both engines read alike, since it runs for every connection of every subscriber. It names the ISP
// though the wall does already: the indexes begin with it.
const subscriberOf = `SELECT s.id, s.customer_id, l.login, l.password, s.status, p.down_kbps, p.up_kbps, p.pool, p.session_hours, g.until
	FROM network_logins l
	JOIN subscriptions s ON s.tenant_id = l.tenant_id AND s.id = l.subscription_id
	JOIN plans p ON p.tenant_id = s.tenant_id AND p.id = s.plan_id
	LEFT JOIN trust_grants g ON g.tenant_id = s.tenant_id AND g.subscription_id = s.id AND g.ended_at IS NULL
	WHERE l.tenant_id = $1 AND l.active AND `

// find returns the subscriber of a login in the context's ISP, or nil.
func (d Desk) find(ctx context.Context, login string) (found *subscriber, err error) {
	if !storable(login) {
		return nil, nil
	}
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		known, err := subscribersOf(ctx, c, login)
		found = known[login]
		return err
	})
	if err != nil || found == nil {
		return nil, err
	}
	found.password, err = d.Vault.Open(ctx, forLogin, found.password)
	return found, err
}

// subscribersOf returns the subscribers of logins in the context's ISP, by login; who has none is not there.
func subscribersOf(ctx context.Context, c *ent.Client, logins ...string) (map[string]*subscriber, error) {
	marks, args := make([]string, len(logins)), make([]any, len(logins))
	for i, login := range logins {
		marks[i], args[i] = fmt.Sprintf("$%d", i+2), login
	}
	return readSubscribers(ctx, c, "l.login IN ("+strings.Join(marks, ", ")+")", args...)
}

// subscriberBy returns the subscriber of a subscription; nil for one without a login, or none.
func subscriberBy(ctx context.Context, c *ent.Client, subscription uuid.UUID) (*subscriber, error) {
	known, err := readSubscribers(ctx, c, "s.id = $2", subscription.String())
	for _, s := range known {
		return s, err
	}
	return nil, err
}

func readSubscribers(ctx context.Context, c *ent.Client, which string, args ...any) (map[string]*subscriber, error) {
	t, ok := tenants.From(ctx)
	if !ok {
		return nil, tenants.ErrNoTenant
	}
	rows, err := c.QueryContext(ctx, subscriberOf+which, append([]any{t.ID.String()}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	known := map[string]*subscriber{}
	for rows.Next() {
		var s subscriber
		var until sql.Null[time.Time]
		if err := rows.Scan(&s.id, &s.customer, &s.login, &s.password, &s.status, &s.downKbps, &s.upKbps, &s.pool, &s.sessionHours, &until); err != nil {
			return nil, err
		}
		if until.Valid {
			s.grant = &ent.TrustGrant{Until: until.V}
		}
		known[s.login] = &s
	}
	return known, rows.Err()
}

// storable tells whether both engines take a text that came from the wire: Postgres refuses broken UTF-8 and NUL.
func storable(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }
