package staff

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/sector"
	"enlace/tenants"
	"enlace/tenants/history"
)

// Sectors are where somebody may work, by name. Denied without ManageUsers.
func (d *Desk) Sectors(ctx context.Context) (all []tenants.Choice, err error) {
	return all, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := Require(ctx, c, ManageUsers); err != nil {
			return err
		}
		lists, err := tenants.Choices(ctx, tenants.RowsOf(sector.Table, sector.Active(true)))
		if err == nil {
			all = lists[0]
		}
		return err
	})
}

// Assign gives a person a role and a sector, or neither. It returns the faults of ChangeRole and Place.
func (d *Desk) Assign(ctx context.Context, id uuid.UUID, role string, at uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, _ *ent.Client) error {
		if err := d.ChangeRole(ctx, id, role); err != nil {
			return err
		}
		return d.Place(ctx, id, at)
	})
}

// Place says where somebody works: the tickets of that sector are theirs too. No id is no sector. It returns NotFound for a person or a sector that
// is not the ISP's, and Denied without ManageUsers.
func (d *Desk) Place(ctx context.Context, id, at uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := Require(ctx, c, ManageUsers); err != nil {
			return err
		}
		person, err := c.User.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		before := uuid.Nil
		if person.SectorID != nil {
			before = *person.SectorID
		}
		if before == at {
			return nil
		}
		change, name := person.Update(), "nenhum"
		if at == uuid.Nil {
			change.ClearSectorID()
		} else {
			row, err := c.Sector.Get(ctx, at)
			if ent.IsNotFound(err) {
				return tenants.NotFound()
			} else if err != nil {
				return err
			}
			change, name = change.SetSectorID(at), row.Name
		}
		if err := change.Exec(ctx); err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: "user", ID: id, Event: "sector_changed", After: map[string]any{"name": name}})
	})
}
