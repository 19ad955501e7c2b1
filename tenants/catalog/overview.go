package catalog

import (
	"context"

	"enlace/ent"
	"enlace/ent/company"
	"enlace/ent/user"
	"enlace/tenants/staff"
)

// Overview is what the ISP works with.
type Overview struct {
	SaleChoices
	Companies []*ent.Company
	Staff     []*ent.User
	Policy    *ent.OfficePolicy
}

// Overview reads what the ISP works with, for those who configure it.
func (d Desk) Overview(ctx context.Context) (o Overview, err error) {
	return o, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		if o.SaleChoices, err = ForSale(ctx, c); err != nil {
			return err
		}
		if o.Companies, err = c.Company.Query().Order(company.ByName()).All(ctx); err != nil {
			return err
		}
		if o.Staff, err = c.User.Query().Order(user.ByName()).All(ctx); err != nil {
			return err
		}
		o.Policy, err = Policy(ctx, c)
		return err
	})
}
