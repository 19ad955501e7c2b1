// Package catalog is what an ISP chooses from when it works: its companies, plans, ways of billing, lists and policies.
package catalog

import (
	"context"
	"slices"
	"strconv"

	"enlace/ent"
	"enlace/ent/billingmethod"
	"enlace/ent/chargekind"
	"enlace/ent/contracttemplate"
	"enlace/ent/dueday"
	"enlace/ent/group"
	"enlace/ent/officepolicy"
	"enlace/ent/origin"
	"enlace/ent/plan"
	"enlace/ent/predicate"
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
	Groups, Origins, Sellers, Templates, Methods, WorkOrderTypes, Technicians []tenants.Choice

	Plans      []*ent.Plan
	DueDays    []*ent.DueDay
	InstallFee money.Cents // with which a sale begins; zero: none
}

// ForSale reads the choices of a sale.
func ForSale(ctx context.Context, c *ent.Client) (s SaleChoices, err error) {
	lists, err := tenants.Choices(ctx, tenants.RowsOf(group.Table, group.Active(true)), tenants.RowsOf(origin.Table, origin.Active(true)),
		tenants.RowsOf(seller.Table, seller.Active(true)), tenants.RowsOf(contracttemplate.Table, contracttemplate.Active(true)),
		tenants.RowsOf(billingmethod.Table, billingmethod.Active(true)), tenants.RowsOf(workordertype.Table, workordertype.Active(true)),
		tenants.RowsOf(user.Table, user.Active(true), user.RoleEQ(user.RoleTecnico)), tenants.RowsOf[predicate.DueDay](dueday.Table).Named(dueday.FieldDay))
	if err != nil {
		return s, err
	}
	s.Groups, s.Origins, s.Sellers, s.Templates, s.Methods, s.WorkOrderTypes, s.Technicians = lists[0], lists[1], lists[2], lists[3], lists[4], lists[5], lists[6]
	for _, one := range lists[7] {
		day, err := strconv.Atoi(one.Name)
		if err != nil {
			return s, err
		}
		s.DueDays = append(s.DueDays, &ent.DueDay{ID: one.ID, Day: day})
	}
	slices.SortFunc(s.DueDays, func(a, b *ent.DueDay) int { return a.Day - b.Day })
	if s.Plans, err = c.Plan.Query().Where(plan.Active(true)).Where(WithPolicy...).Order(plan.ByName()).All(ctx); err == nil && len(s.Plans) > 0 {
		s.InstallFee = PolicyBeside(s.Plans[0]).InstallFee
	}
	return s, err
}

// WithPolicy puts beside a plan what of the office's policy its price is reckoned and sold by; PolicyBeside reads it.
var WithPolicy = []predicate.Plan{
	tenants.Beside[predicate.Plan]("base", plan.FieldTenantID, officepolicy.Table, officepolicy.FieldTenantID, officepolicy.FieldProrationBase),
	tenants.Beside[predicate.Plan]("least", plan.FieldTenantID, officepolicy.Table, officepolicy.FieldTenantID, officepolicy.FieldMinimumInvoice),
	tenants.Beside[predicate.Plan]("fee", plan.FieldTenantID, officepolicy.Table, officepolicy.FieldTenantID, officepolicy.FieldInstallFee),
}

// PolicyBeside is the office's policy as far as it stands beside a plan: the base of proration, the minimum of an invoice and the installation fee.
func PolicyBeside(p *ent.Plan) *ent.OfficePolicy {
	cents := func(as string) money.Cents {
		n, _ := strconv.ParseInt(tenants.Said(p, as), 10, 64) // "" of an ISP that is just being made
		return money.Cents(n)
	}
	return &ent.OfficePolicy{ProrationBase: officepolicy.ProrationBase(tenants.Said(p, "base")), MinimumInvoice: cents("least"), InstallFee: cents("fee")}
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
