// Package collection is how an ISP's money is asked for and comes in by itself: the remessa that tells a bank of boletos, the retorno in which the
// bank answers, and the charges a PSP holds for Pix, of which it tells. What comes in is settled by tenants/billing, whatever way it came.
package collection

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankagreement"
	"enlace/tenants"
	"enlace/tenants/brazil/pix/psp"
	"enlace/tenants/staff"
)

// Desk is where files go to banks and come from them, and PSPs are asked. The vault seals what comes until it is worked through, and the secrets
// PSPs are asked with.
type Desk struct {
	DB    *tenants.DB
	Vault *tenants.Vault
	PSPs  psp.Doors
	Site  func(slug string) string // address of an ISP's pages, with a slash at its end
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
