package tenants

import (
	"context"
	"errors"
	"time"

	"entgo.io/ent/dialect"

	"enlace/ent"
	"enlace/ent/migrate"
	"enlace/ent/predicate"
	"enlace/ent/tenant"
)

// Moved tells of an ISP that went from a store into a file, or from a file into a store.
type Moved struct {
	Tenant   Tenant
	Active   bool         // it arrives as it left: open for work, or closed by the operator
	OtherKey bool         // what it has in the vault was sealed under another ENLACE_SECRET_KEY and does not open here
	Tables   []MovedTable // in the order they were written
}

// MovedTable tells how many rows of a table went along.
type MovedTable struct {
	Name string
	Rows int
}

// longestMove is how long an ISP may take to go into a file or out of it.
const longestMove = 2 * time.Hour

// forExports is the purpose of the one sealed value by which a file tells under which key all the others were sealed.
const forExports = "export"

// Export writes an ISP, open or closed, as it is at one instant, into a new SQLite file: its line of the directory and every row of its own.
// It returns NotFound for a host name without an ISP and Conflict file_there where there is a file already; after an error there is none.
func (db *DB) Export(ctx context.Context, vault *Vault, slug, path string) (moved Moved, err error) {
	ctx, cancel := context.WithTimeout(ctx, longestMove)
	defer cancel()
	line, err := db.inDirectory(ctx, tenant.Slug(slug), tenant.FoundedAtNotNil())
	if err != nil {
		return Moved{}, err
	}
	isp, err := tenantOf(line)
	if err != nil {
		return Moved{}, err
	}
	seal, err := vault.Seal(With(ctx, isp), forExports, slug)
	if err != nil {
		return Moved{}, err
	}
	err = newExport(ctx, slug, path, func(file *DB) error {
		return db.Read(With(ctx, isp), func(_ context.Context, rows *ent.Client) error {
			moved, err = file.arrive(ctx, line, slug, source{rows, db.store.dialect()}, func(into *ent.Client, sum string) error {
				return signExport(ctx, into, sum, seal)
			})
			return err
		})
	})
	return moved, err
}

// Import reads an ISP from a file that Export of the same version of Enlace wrote, in one transaction: it comes whole or not at all, with the
// ids it had. slug is the host name it gets; "" is the one it had. It returns Invalid for a host name that may not be had, and Conflict
// slug_taken, isp_there, not_an_export, export_version or export_damaged.
func (db *DB) Import(ctx context.Context, vault *Vault, path, slug string) (Moved, error) {
	ctx, cancel := context.WithTimeout(ctx, longestMove)
	defer cancel()
	file, err := openExport(ctx, path)
	if err != nil {
		return Moved{}, err
	}
	defer file.rows.Close()
	if slug == "" {
		slug = file.line.Slug
	}
	if err := CheckSlug(slug); err != nil {
		return Moved{}, err
	}
	moved, err := db.arrive(ctx, file.line, slug, source{file.rows, dialect.SQLite}, func(_ *ent.Client, sum string) error {
		if sum != file.sum {
			return Conflict("export_damaged")
		}
		return nil
	})
	switch {
	case errors.Is(err, errUnread) && ctx.Err() == nil:
		return Moved{}, Conflict("export_damaged")
	case err != nil:
		return Moved{}, err
	}
	_, err = vault.Open(With(ctx, moved.Tenant), forExports, file.seal)
	moved.OtherKey = err != nil
	return moved, nil
}

// arrive puts an ISP into a store in one transaction: first its line of the directory, as the platform, then its own rows, as the ISP itself.
// Nobody sees anything of it before the end, so no job of it is done twice or too early. last is told the sum of what arrived.
func (db *DB) arrive(ctx context.Context, line *ent.Tenant, slug string, from source, last func(into *ent.Client, sum string) error) (Moved, error) {
	switch there, err := db.inDirectory(ctx, tenant.Or(tenant.ID(line.ID), tenant.Slug(slug))); {
	case err == nil && there.ID == line.ID:
		return Moved{}, Conflict("isp_there").With("slug", there.Slug)
	case err == nil:
		return Moved{}, Conflict("slug_taken")
	case FaultOf(err) == nil:
		return Moved{}, err
	}
	isp, err := tenantOf(line)
	if err != nil {
		return Moved{}, err
	}
	isp.Slug = slug
	undo, err := db.store.found(ctx, slug)
	if err != nil {
		return Moved{}, err
	}
	var tables []MovedTable
	err = db.run(ctx, scope{platform: true, arriving: true, write: true, file: slug + suffix}, func(ctx context.Context, into *ent.Client) error {
		c := newCarrier(from, into, db.store.dialect())
		if err := c.carry(ctx, migrate.TenantsTable, map[string]any{tenant.FieldSlug: slug}); err != nil {
			return err
		}
		if err := db.store.enter(ctx, into, isp.ID); err != nil {
			return err
		}
		for _, table := range OwnedTables() {
			if err := c.carry(ctx, table, nil); err != nil {
				return err
			}
		}
		tables = c.tables
		return last(into, c.total())
	})
	if err != nil {
		return Moved{}, errors.Join(err, undo())
	}
	db.store.founded(isp)
	return Moved{Tenant: isp, Active: line.Active, Tables: tables}, nil
}

// inDirectory is the line of the directory of an ISP, open or not, that all of it holds for, or NotFound.
func (db *DB) inDirectory(ctx context.Context, holds ...predicate.Tenant) (line *ent.Tenant, err error) {
	err = db.everywhere(ctx, false, func(ctx context.Context, c *ent.Client) error {
		found, err := c.Tenant.Query().Where(holds...).First(ctx)
		if ent.IsNotFound(err) {
			return nil
		}
		line = found
		return err
	})
	if err == nil && line == nil {
		err = NotFound()
	}
	return line, err
}
