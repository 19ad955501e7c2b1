package network

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
)

// Login is what a subscription connects with.
type Login struct {
	Subscription    uuid.UUID
	Login, Password string
}

// CheckLogin returns Invalid, with the fields login and password, for what fits no packet.
func CheckLogin(login, password string) error { return checkLogin(login, password) }

// GiveLogins gives new subscriptions their logins, in one statement of the caller's transaction: each has passed CheckLogin, is nobody's yet,
// as the caller has seen, and is told in the history by the caller.
func (d Desk) GiveLogins(ctx context.Context, c *ent.Client, all []Login) error {
	rows := make([]*ent.NetworkLoginCreate, len(all))
	for i, one := range all {
		sealed, err := d.Vault.Seal(ctx, forLogin, one.Password)
		if err != nil {
			return err
		}
		rows[i] = c.NetworkLogin.Create().SetSubscriptionID(one.Subscription).SetLogin(one.Login).SetPassword(sealed)
	}
	return c.NetworkLogin.CreateBulk(rows...).Exec(ctx)
}
