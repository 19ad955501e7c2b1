package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/chargekind"
	"enlace/ent/group"
	"enlace/ent/origin"
	"enlace/ent/sector"
	"enlace/ent/seller"
	"enlace/ent/subscription"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/money"
)

// The simple lists: a name, and of some one thing more.

var groups = Shelf{Subject: "group",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.Group.Query().Order(group.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.Group) Row { return Row{ID: r.ID, Name: r.Name, Active: r.Active} }), err
	},
	keep: named(func(ctx context.Context, c *ent.Client, id uuid.UUID, fresh bool, name string) error {
		if fresh {
			return c.Group.Create().SetID(id).SetName(name).Exec(ctx)
		}
		return c.Group.UpdateOneID(id).SetName(name).Exec(ctx)
	}),
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		return c.Group.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}

var origins = Shelf{Subject: "origin",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.Origin.Query().Order(origin.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.Origin) Row { return Row{ID: r.ID, Name: r.Name, Active: r.Active} }), err
	},
	keep: named(func(ctx context.Context, c *ent.Client, id uuid.UUID, fresh bool, name string) error {
		if fresh {
			return c.Origin.Create().SetID(id).SetName(name).Exec(ctx)
		}
		return c.Origin.UpdateOneID(id).SetName(name).Exec(ctx)
	}),
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		return c.Origin.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}

var sectors = Shelf{Subject: "sector",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.Sector.Query().Order(sector.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.Sector) Row { return Row{ID: r.ID, Name: r.Name, Active: r.Active} }), err
	},
	keep: named(func(ctx context.Context, c *ent.Client, id uuid.UUID, fresh bool, name string) error {
		if fresh {
			return c.Sector.Create().SetID(id).SetName(name).Exec(ctx)
		}
		return c.Sector.UpdateOneID(id).SetName(name).Exec(ctx)
	}),
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		return c.Sector.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}

var sellers = Shelf{Subject: "seller",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.Seller.Query().Order(seller.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.Seller) Row {
			return Row{ID: r.ID, Name: r.Name, Active: r.Active, Typed: tenants.Typed{"comissao": money.Cents(r.Commission).String()}}
		}), err
	},
	keep: func(ctx context.Context, c *ent.Client, row Row, fresh bool) error {
		var wrong tenants.Fields
		name, commission := row.Typed.RequiredPrinted(&wrong, "nome"), row.Typed.Percent(&wrong, "comissao")
		if err := wrong.Err(); err != nil {
			return err
		}
		if fresh {
			return c.Seller.Create().SetID(row.ID).SetName(name).SetCommission(commission).Exec(ctx)
		}
		return c.Seller.UpdateOneID(row.ID).SetName(name).SetCommission(commission).Exec(ctx)
	},
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		return c.Seller.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}

var workOrderTypes = Shelf{Subject: "work_order_type",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.WorkOrderType.Query().Order(workordertype.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.WorkOrderType) Row {
			return Row{ID: r.ID, Name: r.Name, Active: r.Active, Typed: tenants.Typed{
				"minutos": fmt.Sprint(r.Minutes), "estados": strings.Join(r.States, ","), "instalacao": yes(r.Installation)}}
		}), err
	},
	keep: func(ctx context.Context, c *ent.Client, row Row, fresh bool) error {
		var wrong tenants.Fields
		name, minutes := row.Typed.RequiredPrinted(&wrong, "nome"), row.Typed.RequiredInt(&wrong, "minutos", 5, 12*60)
		states := strings.FieldsFunc(row.Typed["estados"], func(r rune) bool { return r == ',' })
		if len(states) == 0 {
			wrong.Add("estados", "required")
		}
		if slices.ContainsFunc(states, func(s string) bool { return subscription.StatusValidator(subscription.Status(s)) != nil }) {
			wrong.Add("estados", "choice")
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		if fresh {
			return c.WorkOrderType.Create().SetID(row.ID).SetName(name).SetMinutes(minutes).SetStates(states).SetInstallation(row.Typed.Yes("instalacao")).Exec(ctx)
		}
		return c.WorkOrderType.UpdateOneID(row.ID).SetName(name).SetMinutes(minutes).SetStates(states).SetInstallation(row.Typed.Yes("instalacao")).Exec(ctx)
	},
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		return c.WorkOrderType.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}

var chargeKinds = Shelf{Subject: "charge_kind",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.ChargeKind.Query().Order(chargekind.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.ChargeKind) Row {
			return Row{ID: r.ID, Name: r.Name, Active: r.Active, Typed: tenants.Typed{"suspende": yes(r.Suspends)}}
		}), err
	},
	keep: func(ctx context.Context, c *ent.Client, row Row, fresh bool) error {
		var wrong tenants.Fields
		name := row.Typed.RequiredPrinted(&wrong, "nome")
		if err := wrong.Err(); err != nil {
			return err
		}
		if fresh {
			return c.ChargeKind.Create().SetID(row.ID).SetName(name).SetSuspends(row.Typed.Yes("suspende")).Exec(ctx)
		}
		return c.ChargeKind.UpdateOneID(row.ID).SetName(name).SetSuspends(row.Typed.Yes("suspende")).Exec(ctx)
	},
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		n, err := c.ChargeKind.Update().Where(chargekind.ID(id), chargekind.Installation(false)).SetActive(active).Save(ctx)
		if err == nil && n == 0 { // a sale charges its Taxa de Instalação as one
			err = tenants.Conflict("installation_kind_stays")
		}
		return err
	},
}

// named keeps a row that is a name alone.
func named(keep func(ctx context.Context, c *ent.Client, id uuid.UUID, fresh bool, name string) error) func(context.Context, *ent.Client, Row, bool) error {
	return func(ctx context.Context, c *ent.Client, row Row, fresh bool) error {
		var wrong tenants.Fields
		name := row.Typed.Required(&wrong, "nome")
		if err := wrong.Err(); err != nil {
			return err
		}
		return keep(ctx, c, row.ID, fresh, name)
	}
}

// rowsOf turns what is kept into rows; each form begins with the name.
func rowsOf[T any](all []T, row func(T) Row) []Row {
	rows := make([]Row, len(all))
	for i, one := range all {
		rows[i] = row(one)
		if rows[i].Typed == nil {
			rows[i].Typed = tenants.Typed{}
		}
		rows[i].Typed["nome"] = rows[i].Name
	}
	return rows
}
