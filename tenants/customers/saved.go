package customers

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/savedview"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Save gives a list of customers a name, for the person alone. It returns Invalid view_taken for a name the person has given already.
func (d Desk) Save(ctx context.Context, t tenants.Typed, f Filter) error {
	return d.SaveView(ctx, t, savedview.ListCustomers, f.Address())
}

// SaveView is Save of any list, whose filters stand in an address.
func (d Desk) SaveView(ctx context.Context, t tenants.Typed, list savedview.List, filters string) error {
	var wrong tenants.Fields
	name := t.Required(&wrong, "nome")
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		who := tenants.Who(ctx).ID
		taken, err := c.SavedView.Query().Where(savedview.UserID(who), savedview.ListEQ(list), savedview.Name(name)).Exist(ctx)
		switch {
		case err != nil:
			return err
		case taken:
			return tenants.Invalid("nome", "view_taken")
		}
		return c.SavedView.Create().SetUserID(who).SetList(list).SetName(name).SetFilters(filters).Exec(ctx)
	})
}

// Views are the lists of a kind that the person gave a name, by name.
func Views(ctx context.Context, c *ent.Client, list savedview.List) ([]*ent.SavedView, error) {
	return c.SavedView.Query().Where(savedview.UserID(tenants.Who(ctx).ID), savedview.ListEQ(list)).Order(savedview.ByName()).All(ctx)
}

// Forget takes a name of the person's own away. Of somebody else's it is NotFound.
func (d Desk) Forget(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		n, err := c.SavedView.Delete().Where(savedview.ID(id), savedview.UserID(tenants.Who(ctx).ID)).Exec(ctx)
		if err == nil && n == 0 {
			return tenants.NotFound()
		}
		return err
	})
}
