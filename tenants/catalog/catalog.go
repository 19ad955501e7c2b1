// Package catalog is what an ISP chooses from when it works: its companies, plans, ways of billing, lists and policies.
package catalog

import (
	"context"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/chargekind"
	"enlace/ent/contracttemplate"
	"enlace/ent/dueday"
	"enlace/ent/group"
	"enlace/ent/origin"
	"enlace/ent/plan"
	"enlace/ent/sector"
	"enlace/ent/seller"
	"enlace/ent/tickettype"
	"enlace/ent/user"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/money"
)

// Desk is where the ISP's choices are kept.
type Desk struct {
	DB    *tenants.DB
	Vault *tenants.Vault // seals the secrets of accesses to PSPs
}

// SaleChoices is what a sale is put together from: the active rows of each list, by name.
type SaleChoices struct {
	Groups         []*ent.Group
	Origins        []*ent.Origin
	Plans          []*ent.Plan
	Sellers        []*ent.Seller
	Templates      []*ent.ContractTemplate
	Methods        []*ent.BillingMethod
	DueDays        []*ent.DueDay
	WorkOrderTypes []*ent.WorkOrderType
	Technicians    []*ent.User
	InstallFee     money.Cents // with which a sale begins; zero: none
}

// ForSale reads the choices of a sale.
func ForSale(ctx context.Context, c *ent.Client) (s SaleChoices, err error) {
	lists := []func() error{
		func() error {
			s.Groups, err = c.Group.Query().Where(group.Active(true)).Order(group.ByName()).All(ctx)
			return err
		},
		func() error {
			s.Origins, err = c.Origin.Query().Where(origin.Active(true)).Order(origin.ByName()).All(ctx)
			return err
		},
		func() error {
			s.Plans, err = c.Plan.Query().Where(plan.Active(true)).Order(plan.ByName()).All(ctx)
			return err
		},
		func() error {
			s.Sellers, err = c.Seller.Query().Where(seller.Active(true)).Order(seller.ByName()).All(ctx)
			return err
		},
		func() error {
			s.Templates, err = c.ContractTemplate.Query().Where(contracttemplate.Active(true)).Order(contracttemplate.ByName()).All(ctx)
			return err
		},
		func() error {
			s.Methods, err = c.BillingMethod.Query().Where(billingmethod.Active(true)).Order(billingmethod.ByName()).All(ctx)
			return err
		},
		func() error { s.DueDays, err = c.DueDay.Query().Order(dueday.ByDay()).All(ctx); return err },
		func() error {
			s.WorkOrderTypes, err = c.WorkOrderType.Query().Where(workordertype.Active(true)).Order(workordertype.ByName()).All(ctx)
			return err
		},
		func() error {
			s.Technicians, err = c.User.Query().Where(user.Active(true), user.RoleEQ(user.RoleTecnico)).Order(user.ByName()).All(ctx)
			return err
		},
	}
	for _, read := range lists {
		if err := read(); err != nil {
			return s, err
		}
	}
	policy, err := Policy(ctx, c)
	if ent.IsNotFound(err) { // an ISP that is just being made
		return s, nil
	} else if err != nil {
		return s, err
	}
	s.InstallFee = policy.InstallFee
	return s, nil
}

// TicketChoices is what a ticket is put together from.
type TicketChoices struct {
	Types   []*ent.TicketType
	Sectors []*ent.Sector
	Users   []*ent.User
}

// ForTicket reads the choices of a ticket.
func ForTicket(ctx context.Context, c *ent.Client) (t TicketChoices, err error) {
	if t.Types, err = c.TicketType.Query().Where(tickettype.Active(true)).Order(tickettype.ByName()).All(ctx); err != nil {
		return t, err
	}
	if t.Sectors, err = c.Sector.Query().Where(sector.Active(true)).Order(sector.ByName()).All(ctx); err != nil {
		return t, err
	}
	t.Users, err = c.User.Query().Where(user.Active(true)).Order(user.ByName()).All(ctx)
	return t, err
}

// ChargeKinds lists the kinds of loose charge an ISP uses.
func ChargeKinds(ctx context.Context, c *ent.Client) ([]*ent.ChargeKind, error) {
	return c.ChargeKind.Query().Where(chargekind.Active(true)).Order(chargekind.ByName()).All(ctx)
}

// Policy reads how the ISP bills, suspends and trusts.
func Policy(ctx context.Context, c *ent.Client) (*ent.OfficePolicy, error) {
	return c.OfficePolicy.Query().Only(ctx)
}
