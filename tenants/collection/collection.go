// Package collection is how an ISP's money is asked for and comes in by itself: the remessa that tells a bank of boletos, and the retorno in
// which the bank answers. What comes in is settled by tenants/billing, whatever way it came.
package collection

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankagreement"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Desk is where files go to banks and come from them. The vault seals what comes until it is worked through.
type Desk struct {
	DB    *tenants.DB
	Vault *tenants.Vault
}

// ApplyReturn is the kind of outbox row by which a worker works through a retorno.
const ApplyReturn = "collection.apply_return"

// look runs a reading for those who receive.
func (d Desk) look(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		return do(ctx, c)
	})
}

func agreementOf(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.BankAgreement, error) {
	row, err := c.BankAgreement.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return row, err
}

// agreements lists the ISP's, by name.
func agreements(ctx context.Context, c *ent.Client) ([]*ent.BankAgreement, error) {
	return c.BankAgreement.Query().Order(bankagreement.ByName()).All(ctx)
}
