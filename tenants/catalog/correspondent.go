package catalog

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/correspondent"
	"enlace/tenants"
	"enlace/tenants/money"
)

// correspondents are the shops that take payments for the ISP, each with the commission it keeps, in hundredths of a percent.
var correspondents = Shelf{Subject: "correspondent",
	rows: func(ctx context.Context, c *ent.Client) ([]Row, error) {
		all, err := c.Correspondent.Query().Order(correspondent.ByName()).All(ctx)
		return rowsOf(all, func(r *ent.Correspondent) Row {
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
			return c.Correspondent.Create().SetID(row.ID).SetName(name).SetCommission(commission).Exec(ctx)
		}
		return c.Correspondent.UpdateOneID(row.ID).SetName(name).SetCommission(commission).Exec(ctx)
	},
	withdraw: func(ctx context.Context, c *ent.Client, id uuid.UUID, active bool) error {
		return c.Correspondent.UpdateOneID(id).SetActive(active).Exec(ctx)
	},
}
