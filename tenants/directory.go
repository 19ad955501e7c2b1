package tenants

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/tenant"
)

// Directory lists the ISPs of the installation that are open for work, by host name.
func (db *DB) Directory(ctx context.Context) ([]Tenant, error) {
	var all []Tenant
	err := db.everywhere(ctx, false, func(ctx context.Context, c *ent.Client) error {
		rows, err := c.Tenant.Query().Where(tenant.Active(true)).Order(tenant.BySlug()).All(ctx)
		for _, row := range rows {
			t, zoneErr := tenantOf(row)
			if zoneErr != nil {
				return zoneErr
			}
			all = append(all, t)
		}
		return err
	})
	return all, err
}

// Find returns the open ISP of a host name, or NotFound.
func (db *DB) Find(ctx context.Context, slug string) (Tenant, error) {
	all, err := db.Directory(ctx)
	for _, t := range all {
		if t.Slug == slug {
			return t, nil
		}
	}
	if err == nil {
		err = NotFound()
	}
	return Tenant{}, err
}

// Found makes a new ISP and opens it once setup has put into its office what every ISP starts with. Found again after a failure it goes on
// where it stopped. It returns Invalid for a host name that may not be had and Conflict for one that is taken.
func (db *DB) Found(ctx context.Context, slug, name string, zone *time.Location, setup func(context.Context, *ent.Client) error) (Tenant, error) {
	if err := CheckSlug(slug); err != nil {
		return Tenant{}, err
	}
	t := Tenant{ID: uuid.Must(uuid.NewV7()), Slug: slug, Name: name, Zone: zone}
	if err := db.store.found(ctx, slug); err != nil {
		return Tenant{}, err
	}
	inDirectory := scope{platform: true, write: true, file: slug + suffix}
	err := db.run(ctx, inDirectory, func(ctx context.Context, c *ent.Client) error {
		switch before, err := c.Tenant.Query().Where(tenant.Slug(slug)).Only(ctx); {
		case ent.IsNotFound(err):
			return c.Tenant.Create().SetID(t.ID).SetSlug(slug).SetName(name).SetZone(zone.String()).SetActive(false).Exec(ctx)
		case err != nil:
			return err
		case before.Active:
			return Conflict("slug_taken")
		default:
			t.ID = before.ID
			return nil
		}
	})
	if err != nil {
		return Tenant{}, err
	}
	db.store.founded(t)
	if err := db.Write(With(ctx, t), setup); err != nil {
		return Tenant{}, err
	}
	return t, db.run(ctx, inDirectory, func(ctx context.Context, c *ent.Client) error {
		return c.Tenant.UpdateOneID(t.ID).SetActive(true).Exec(ctx)
	})
}

// SetTrustSelfService is the operator's switch for Desbloqueio em Confiança in the bot of an ISP.
func (db *DB) SetTrustSelfService(ctx context.Context, slug string, on bool) error {
	return db.Platform(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.Tenant.Update().Where(tenant.Slug(slug)).SetTrustSelfService(on).Exec(ctx)
	})
}

func tenantOf(row *ent.Tenant) (Tenant, error) {
	zone, err := time.LoadLocation(row.Zone)
	return Tenant{ID: row.ID, Slug: row.Slug, Name: row.Name, Zone: zone, TrustSelfService: row.TrustSelfService}, err
}
