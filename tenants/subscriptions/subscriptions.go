// Package subscriptions is the life of a service after its sale: habilitar, suspend, unblock on trust.
package subscriptions

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
)

// Desk is where services are looked after.
type Desk struct {
	DB *tenants.DB
}

// find reads a subscription of the ISP, or NotFound.
func find(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Subscription, error) {
	sub, err := c.Subscription.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return sub, err
}
