package customers

import (
	"context"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/savedview"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Names of lists are a row of links above the list: so many of them fit, so many letters long.
const mostViews, longestView = 20, 40

// Save gives a list of customers a name, for the person alone. It returns Invalid view_taken for a name the person has given already,
// view_long for one that is no name any more, and views_many where the person has as many as there may be.
func (d Desk) Save(ctx context.Context, t tenants.Typed, f Filter) error {
	return d.SaveView(ctx, t, savedview.ListCustomers, f.Address())
}

// SaveView is Save of any list, whose filters stand in an address.
func (d Desk) SaveView(ctx context.Context, t tenants.Typed, list savedview.List, filters string) error {
	var wrong tenants.Fields
	name := t.Required(&wrong, "nome")
	if utf8.RuneCountInString(name) > longestView {
		wrong.Add("nome", "view_long")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	err := d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		who := tenants.Who(ctx).ID
		there, err := c.SavedView.Query().Where(savedview.UserID(who), savedview.ListEQ(list)).Select(savedview.FieldName).Strings(ctx)
		switch {
		case err != nil:
			return err
		case slices.Contains(there, name):
			return tenants.Invalid("nome", "view_taken")
		case len(there) >= mostViews:
			return tenants.Invalid("nome", "views_many").With("most", strconv.Itoa(mostViews))
		}
		return c.SavedView.Create().SetUserID(who).SetList(list).SetName(name).SetFilters(filters).Exec(ctx)
	})
	if ent.IsConstraintError(err) { // the same name from two tabs at once
		return tenants.Invalid("nome", "view_taken")
	}
	return err
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
