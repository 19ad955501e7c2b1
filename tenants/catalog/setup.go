package catalog

import (
	"context"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/company"
	"enlace/ent/intake"
	"enlace/ent/plan"
	"enlace/ent/seller"
	"enlace/ent/user"
	"enlace/tenants/staff"
)

// Need is something an ISP must have before it can sell.
type Need struct {
	Name     string // the room it is made in, as the last part of its address
	Done     bool
	Optional bool // it can sell without
}

// NextNeed is the first need that is not there yet and must be.
func NextNeed(needs []Need) (Need, bool) {
	for _, need := range needs {
		if !need.Done && !need.Optional {
			return need, true
		}
	}
	return Need{}, false
}

// Setup is what an ISP needs on its first day, in the order in which one thing needs another. Nothing for those who may not configure, once
// all of it is there, or once something has been sold.
func Setup(ctx context.Context, c *ent.Client) ([]Need, error) {
	if may, err := staff.May(ctx, c, staff.Configure); err != nil || !may {
		return nil, err
	}
	if sold, err := c.Subscription.Query().Exist(ctx); err != nil || sold {
		return nil, err
	}
	var needs []Need
	missing := false
	for _, need := range []struct {
		name     string
		there    func() (bool, error)
		optional bool
	}{
		{"empresas", func() (bool, error) { return c.Company.Query().Where(company.Active(true)).Exist(ctx) }, false},
		{"formas-de-cobranca", func() (bool, error) { return c.BillingMethod.Query().Where(billingmethod.Active(true)).Exist(ctx) }, false},
		{"planos", func() (bool, error) { return c.Plan.Query().Where(plan.Active(true)).Exist(ctx) }, false},
		{"vendedores", func() (bool, error) { return c.Seller.Query().Where(seller.Active(true)).Exist(ctx) }, false},
		{"equipe", func() (bool, error) {
			n, err := c.User.Query().Where(user.Active(true)).Limit(2).Count(ctx)
			return n > 1, err
		}, false},
		{"importar", func() (bool, error) { return c.Intake.Query().Where(intake.StateEQ(intake.StateWritten)).Exist(ctx) }, true},
	} {
		done, err := need.there()
		if err != nil {
			return nil, err
		}
		needs, missing = append(needs, Need{need.name, done, need.optional}), missing || !done && !need.optional
	}
	if !missing {
		return nil, nil
	}
	return needs, nil
}
