package network

import (
	"context"
	"database/sql"
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
	id               uuid.UUID // of the subscription
	password         string
	status           subscription.Status
	downKbps, upKbps int             // of the plan
	grant            *ent.TrustGrant // the open one; only its end is read
}

// subscriberOf is one statement that both engines read alike, since it runs for every connection of every subscriber. It names the ISP
// though the wall does already: the indexes begin with it.
const subscriberOf = `SELECT s.id, l.password, s.status, p.down_kbps, p.up_kbps, g.until
	FROM network_logins l
	JOIN subscriptions s ON s.tenant_id = l.tenant_id AND s.id = l.subscription_id
	JOIN plans p ON p.tenant_id = s.tenant_id AND p.id = s.plan_id
	LEFT JOIN trust_grants g ON g.tenant_id = s.tenant_id AND g.subscription_id = s.id AND g.ended_at IS NULL
	WHERE l.tenant_id = $1 AND l.login = $2 AND l.active`

// find returns the subscriber of a login in the context's ISP, or nil.
func (d Desk) find(ctx context.Context, login string) (*subscriber, error) {
	t, ok := tenants.From(ctx)
	if !ok {
		return nil, tenants.ErrNoTenant
	}
	if !storable(login) {
		return nil, nil
	}
	var found *subscriber
	err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err := c.QueryContext(ctx, subscriberOf, t.ID.String(), login)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s subscriber
			var until sql.Null[time.Time]
			if err := rows.Scan(&s.id, &s.password, &s.status, &s.downKbps, &s.upKbps, &until); err != nil {
				return err
			}
			if until.Valid {
				s.grant = &ent.TrustGrant{Until: until.V}
			}
			found = &s
		}
		return rows.Err()
	})
	if err != nil || found == nil {
		return nil, err
	}
	found.password, err = d.Vault.Open(ctx, forLogin, found.password)
	return found, err
}

// storable tells whether both engines take a text that came from the wire: Postgres refuses broken UTF-8 and NUL.
func storable(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }
