// Package network is where the ISP's office meets its equipment: the logins of subscribers, the NAS that ask about them, and the RADIUS
// server that answers by the state of the subscription.
package network

import (
	"context"
	"net/netip"
	"strings"

	"enlace/ent"
	"enlace/ent/nas"
	"enlace/tenants"
)

// Desk is the office's side. Its methods work in the caller's transaction.
type Desk struct {
	DB    *tenants.DB
	Vault *tenants.Vault
}

// What the vault is told a secret is for.
const (
	forLogin = "network login"
	forNAS   = "nas secret"
)

// NAS is a network access server of the ISP (concentrador), known by the address its requests come from and by the secret it shares.
type NAS struct {
	Name          string
	Address       string // IPv4 or IPv6
	Secret        string
	Authenticator nas.Authenticator // whether it must send Message-Authenticator: auto (once it has), sim, nao; none is auto
}

// shortestSecret is the fewest bytes of a shared secret: whoever sees one packet of the NAS can try secrets at leisure.
const shortestSecret = 8

// AddNAS makes a NAS known. It returns Invalid for a field and Conflict nas_taken when the ISP has one at that address. A server hears of
// it within a few seconds, at once by Server.Refresh after the commit.
func (d Desk) AddNAS(ctx context.Context, c *ent.Client, in NAS) (*ent.Nas, error) {
	address, err := in.check()
	if err != nil {
		return nil, err
	}
	secret, err := d.Vault.Seal(ctx, forNAS, in.Secret)
	if err != nil {
		return nil, err
	}
	create := c.Nas.Create().SetName(strings.TrimSpace(in.Name)).SetAddress(address.String()).SetSecret(secret)
	if in.Authenticator != "" {
		create.SetAuthenticator(in.Authenticator)
	}
	switch there, err := c.Nas.Query().Where(nas.Address(address.String())).Exist(ctx); {
	case err != nil:
		return nil, err
	case there:
		return nil, tenants.Conflict("nas_taken")
	}
	row, err := create.Save(ctx)
	return row, taken(err, "nas_taken")
}

func (in NAS) check() (netip.Addr, error) {
	var faults tenants.Fields
	if strings.TrimSpace(in.Name) == "" {
		faults.Add("name", "required")
	}
	address, err := netip.ParseAddr(strings.TrimSpace(in.Address))
	if err != nil || address.Zone() != "" {
		faults.Add("address", "address_shape")
	}
	if len(in.Secret) < shortestSecret {
		faults.Add("secret", "secret_short")
	}
	if in.Authenticator != "" && nas.AuthenticatorValidator(in.Authenticator) != nil {
		faults.Add("authenticator", "choice")
	}
	return address.Unmap(), faults.Err()
}

// taken turns the refusal of a unique index into a Conflict: somebody else was first since it was looked up.
func taken(err error, code string) error {
	if ent.IsConstraintError(err) {
		return tenants.Conflict(code)
	}
	return err
}
