package subscriptions

import (
	"context"

	"enlace/ent"
	"enlace/tenants"
)

// AskBoth has a transfer wait for what both must accept.
func (d Desk) AskBoth(ctx context.Context, c *ent.Client, t *ent.Transfer) error {
	return tenants.Conflict("transfer_waits")
}
