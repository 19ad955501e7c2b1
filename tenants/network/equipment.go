package network

import (
	"context"
	"net/netip"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/nas"
	"enlace/tenants"
	"enlace/tenants/catalog"
)

// Vendors are those whose words a NAS may speak, in the order they are offered.
var Vendors = []string{string(nas.VendorMikrotik), string(nas.VendorHuawei), string(nas.VendorCisco), string(nas.VendorJuniper), string(nas.VendorAccel)}

// Equipment is the list of the ISP's NAS (concentradores) among its settings. A secret is never shown: one that is not typed stays as it is.
func (d Desk) Equipment() catalog.Shelf {
	return catalog.NewShelf("nas", equipment, d.keepNAS, func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		return c.Nas.UpdateOneID(id).SetActive(active).Exec(ctx)
	})
}

func equipment(ctx context.Context, c *ent.Client) (rows []catalog.Row, err error) {
	all, err := c.Nas.Query().Order(nas.ByName()).All(ctx)
	for _, n := range all {
		rows = append(rows, catalog.Row{ID: n.ID, Name: n.Name, Active: n.Active, Typed: tenants.Typed{"nome": n.Name, "endereco": n.Address, "autenticador": string(n.Authenticator),
			"fabricante": string(n.Vendor), "porta_coa": strconv.Itoa(n.CoaPort), "intervalo": strconv.Itoa(n.InterimSeconds), "pool_suspensos": n.WalledPool,
			"cgnat_privada": n.CgnatPrivate, "cgnat_publica": n.CgnatPublic, "cgnat_portas": strconv.Itoa(n.CgnatPorts)}})
	}
	return rows, err
}

// The interval of reports, in seconds: below, the equipment would do little else; above, a lost session is noticed late.
const shortestInterval, longestInterval = 60, 3600

func (d Desk) keepNAS(ctx context.Context, c *ent.Client, row catalog.Row, fresh bool) error {
	t := row.Typed
	var wrong tenants.Fields
	name := t.Required(&wrong, "nome")
	address, err := netip.ParseAddr(t.Text(&wrong, "endereco"))
	if err != nil || address.Zone() != "" {
		wrong.Add("endereco", "address_shape")
	}
	secret := t["segredo"]
	if len(secret) < shortestSecret && (fresh || secret != "") {
		wrong.Add("segredo", "secret_short")
	}
	authenticator := nas.Authenticator(t.Choice(&wrong, "autenticador", "auto", "sim", "nao"))
	vendor := nas.Vendor(t.Choice(&wrong, "fabricante", Vendors...))
	port, interval := t.Int(&wrong, "porta_coa", 0, 65535), t.Int(&wrong, "intervalo", shortestInterval, longestInterval)
	walled := t.Text(&wrong, "pool_suspensos")
	if !catalog.PoolName(walled) {
		wrong.Add("pool_suspensos", "pool_shape")
	}
	private, public, ports := t.Text(&wrong, "cgnat_privada"), t.Text(&wrong, "cgnat_publica"), t.Int(&wrong, "cgnat_portas", 0, lastPort+1-firstPort)
	readCGNAT(private, public, ports, &wrong)
	if err := wrong.Err(); err != nil {
		return err
	}
	switch taken, err := c.Nas.Query().Where(nas.Address(address.Unmap().String()), nas.IDNEQ(row.ID)).Exist(ctx); {
	case err != nil:
		return err
	case taken:
		return tenants.Invalid("endereco", "nas_taken")
	}
	before, err := c.Nas.Query().Where(nas.ID(row.ID)).All(ctx)
	if err != nil {
		return err
	}
	if fresh {
		sealed, err := d.Vault.Seal(ctx, forNAS, secret)
		if err != nil {
			return err
		}
		if err := c.Nas.Create().SetID(row.ID).SetName(name).SetAddress(address.Unmap().String()).SetSecret(sealed).Exec(ctx); err != nil {
			return err
		}
	}
	change := c.Nas.UpdateOneID(row.ID).SetName(name).SetAddress(address.Unmap().String()).SetAuthenticator(authenticator).SetVendor(vendor).SetCoaPort(port).
		SetInterimSeconds(interval).SetWalledPool(walled).SetCgnatPrivate(private).SetCgnatPublic(public).SetCgnatPorts(ports)
	if secret != "" && !fresh {
		sealed, err := d.Vault.Seal(ctx, forNAS, secret)
		if err != nil {
			return err
		}
		change.SetSecret(sealed)
	}
	if len(before) > 0 && (secret != "" || before[0].Address != address.Unmap().String() || before[0].Authenticator != authenticator) {
		change.SetAuthenticatorSeen(false) // it may be other equipment, which has signed nothing yet
	}
	return change.Exec(ctx)
}
