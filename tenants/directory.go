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

// Build makes a new ISP, still closed, once setup has put into its office what every ISP starts with. Built again after a failure it goes on
// where it stopped. It returns Invalid for a host name that may not be had or is taken. Open opens it.
func (db *DB) Build(ctx context.Context, slug, name string, zone *time.Location, setup func(context.Context, *ent.Client) error) (Tenant, error) {
	if err := CheckSlug(slug); err != nil {
		return Tenant{}, err
	}
	t := Tenant{ID: uuid.Must(uuid.NewV7()), Slug: slug, Name: name, Zone: zone}
	if _, err := db.store.found(ctx, slug); err != nil {
		return Tenant{}, err
	}
	err := db.enter(ctx, &t)
	if ent.IsConstraintError(err) { // somebody entered it at the same moment, and has not opened it yet
		err = db.enter(ctx, &t)
	}
	if err != nil {
		return Tenant{}, err
	}
	db.store.founded(t)
	return t, db.Write(With(ctx, t), setup)
}

// enter writes an ISP into the directory, closed, or finds it there half built and takes its id.
func (db *DB) enter(ctx context.Context, t *Tenant) error {
	return db.PlatformAt(ctx, t.Slug, func(ctx context.Context, c *ent.Client) error {
		switch before, err := c.Tenant.Query().Where(tenant.Slug(t.Slug)).Only(ctx); {
		case ent.IsNotFound(err):
			return c.Tenant.Create().SetID(t.ID).SetSlug(t.Slug).SetName(t.Name).SetZone(t.Zone.String()).SetActive(false).SetCreatedAt(db.Now()).Exec(ctx)
		case err != nil:
			return err
		case before.FoundedAt != nil: // also when it is suspended
			return Invalid("slug", "slug_taken")
		default:
			t.ID = before.ID
			return before.Update().SetName(t.Name).SetZone(t.Zone.String()).Exec(ctx)
		}
	})
}

// Open opens an ISP that has been built, in a transaction of the platform; first says whether this was the time it was done.
func Open(ctx context.Context, c *ent.Client, now time.Time, isp uuid.UUID) (first bool, err error) {
	n, err := c.Tenant.Update().Where(tenant.ID(isp), tenant.FoundedAtIsNil()).SetActive(true).SetFoundedAt(now).Save(ctx)
	return n > 0, err
}

// Found is Build and Open.
func (db *DB) Found(ctx context.Context, slug, name string, zone *time.Location, setup func(context.Context, *ent.Client) error) (Tenant, error) {
	t, err := db.Build(ctx, slug, name, zone, setup)
	if err != nil {
		return Tenant{}, err
	}
	return t, db.PlatformAt(ctx, slug, func(ctx context.Context, c *ent.Client) error {
		_, err := Open(ctx, c, db.Now(), t.ID)
		return err
	})
}

// Inside returns a context inside the ISP of a line of the directory, open or not.
func Inside(ctx context.Context, row *ent.Tenant) (context.Context, error) {
	t, err := tenantOf(row)
	return With(ctx, t), err
}

func tenantOf(row *ent.Tenant) (Tenant, error) {
	zone, err := time.LoadLocation(row.Zone)
	return Tenant{ID: row.ID, Slug: row.Slug, Name: row.Name, Zone: zone, TrustSelfService: row.TrustSelfService}, err
}
