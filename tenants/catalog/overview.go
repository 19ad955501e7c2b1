package catalog

import (
	"context"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/company"
	"enlace/ent/contracttemplate"
	"enlace/ent/dueday"
	"enlace/ent/localholiday"
	"enlace/ent/plan"
	"enlace/ent/user"
	"enlace/tenants/staff"
)

// Overview is what the ISP works with: what stands in use in the larger rooms of its settings. The simple lists are read in their own.
type Overview struct {
	Plans     []*ent.Plan
	Methods   []*ent.BillingMethod
	Companies []*ent.Company
	DueDays   []*ent.DueDay
	Holidays  int // to come
	Staff     int // with access
	Policy    *ent.OfficePolicy
}

// Overview reads what the ISP works with, for those who configure it or look after its people.
func (d Desk) Overview(ctx context.Context) (o Overview, err error) {
	return o, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if may, err := staff.May(ctx, c, staff.ManageUsers); err != nil {
			return err
		} else if !may {
			if err := staff.Require(ctx, c, staff.Configure); err != nil {
				return err
			}
		}
		for _, read := range []func() error{
			func() error {
				o.Plans, err = c.Plan.Query().Where(plan.Active(true)).Order(plan.ByPrice()).All(ctx)
				return err
			},
			func() error {
				o.Methods, err = c.BillingMethod.Query().Where(billingmethod.Active(true)).Order(billingmethod.ByName()).All(ctx)
				return err
			},
			func() error {
				o.Companies, err = c.Company.Query().Where(company.Active(true)).Order(company.ByName()).All(ctx)
				return err
			},
			func() error { o.DueDays, err = c.DueDay.Query().Order(dueday.ByDay()).All(ctx); return err },
			func() error {
				o.Holidays, err = c.LocalHoliday.Query().Where(localholiday.DayGTE(d.DB.Today(ctx))).Count(ctx)
				return err
			},
			func() error { o.Staff, err = c.User.Query().Where(user.Active(true)).Count(ctx); return err },
			func() error { o.Policy, err = Policy(ctx, c); return err },
		} {
			if err := read(); err != nil {
				return err
			}
		}
		return nil
	})
}

// Templates lists the contract templates in use. Denied without Configure.
func (d Desk) Templates(ctx context.Context) (rows []*ent.ContractTemplate, err error) {
	return rows, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err = c.ContractTemplate.Query().Where(contracttemplate.Active(true)).Order(contracttemplate.ByName()).All(ctx)
		return err
	})
}
