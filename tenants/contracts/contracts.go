// Package contracts is the room of the ISP's documents: the templates they are made of, and the contracts attached to services. A contract is
// rendered once, when it is attached; its text is frozen with its hash, its paper is drawn from the frozen text and kept, and nothing changes
// either afterwards.
package contracts

import (
	"context"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Desk is where documents are made and looked after.
type Desk struct {
	DB    *tenants.DB
	Vault *tenants.Vault           // marks the link to the bot that a paper has; nil: it has none
	Site  func(slug string) string // address of an ISP's pages, with a slash at its end; nil: papers say of no address to be checked at
}

// once runs a change for those who sell, once for a form however often it is sent.
func (d Desk) once(ctx context.Context, action, key string, input any, do func(context.Context, *ent.Client) error) error {
	if key != "" { // nobody else's press is answered with it
		key = tenants.Who(ctx).ID.String() + "/" + key
	}
	_, err := d.DB.Once(ctx, action, key, input, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return "", err
		}
		return "", do(ctx, c)
	})
	return err
}

func found(err error) error {
	if ent.IsNotFound(err) {
		return tenants.NotFound()
	}
	return err
}
