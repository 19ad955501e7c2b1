package customers

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/customer"
	"enlace/ent/group"
	"enlace/ent/origin"
	"enlace/ent/plan"
	"enlace/ent/predicate"
	"enlace/ent/savedview"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
)

// PageSize is how many customers a page of the list has.
const PageSize = 50

// Listed is a row of the list.
type Listed struct {
	Customer *ent.Customer
	Phone    string // E.164, the main one
	Services []*ent.Subscription
	Plans    map[uuid.UUID]string // names by id
}

// List is a page of customers by name, with the counts of the filters. It makes the same few queries however many there are.
type List struct {
	Rows   []Listed
	Total  int // under the filter; as the other two, counted up to tenants.Exact, or as far as the page
	All    int // customers of the ISP, those put out of use apart
	Counts map[subscription.Status]int

	Groups  []*ent.Group // what the list can be narrowed down to
	Origins []*ent.Origin
	Plans   []*ent.Plan
	Saved   []*ent.SavedView // of the person, by name
}

// List reads a page of the list.
func (d Desk) List(ctx context.Context, f Filter) (list List, err error) {
	return list, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		list, err = readList(ctx, c, f, d.DB.Today(ctx))
		return err
	})
}

func readList(ctx context.Context, c *ent.Client, f Filter, today calendar.Date) (list List, err error) {
	where, first := f.where(today), (max(1, f.Page)-1)*PageSize
	if err := list.count(ctx, where, max(tenants.Exact, first+PageSize)); err != nil {
		return list, err
	}
	rows, err := c.Customer.Query().Where(tenants.Page(customer.Table, where, f.order(), first, PageSize)).Order(f.order()...).All(ctx)
	if err != nil {
		return list, err
	}
	if list.Plans, err = c.Plan.Query().Order(plan.ByName()).All(ctx); err != nil {
		return list, err
	}
	if list.Rows, err = furnish(ctx, c, list.Plans, rows); err != nil {
		return list, err
	}
	return list, list.readChoices(ctx, c)
}

func (l *List) count(ctx context.Context, where []predicate.Customer, most int) error {
	states := append(slices.Clone(living), subscription.StatusCancelado)
	sets := []tenants.Rows{tenants.RowsOf(customer.Table, where...), tenants.RowsOf(customer.Table, customer.Active(true))}
	for _, one := range states {
		sets = append(sets, tenants.RowsOf(subscription.Table, subscription.StatusEQ(one)))
	}
	counts, err := tenants.Count(ctx, most, sets...)
	if err != nil {
		return err
	}
	l.Total, l.All, l.Counts = counts[0], min(counts[1], tenants.Exact+1), map[subscription.Status]int{}
	for i, one := range states {
		l.Counts[one] = min(counts[2+i], tenants.Exact+1)
	}
	return nil
}

func (l *List) readChoices(ctx context.Context, c *ent.Client) (err error) {
	if l.Groups, err = c.Group.Query().Order(group.ByName()).All(ctx); err != nil {
		return err
	}
	if l.Origins, err = c.Origin.Query().Order(origin.ByName()).All(ctx); err != nil {
		return err
	}
	l.Saved, err = Views(ctx, c, savedview.ListCustomers)
	return err
}

func furnish(ctx context.Context, c *ent.Client, plans []*ent.Plan, rows []*ent.Customer) ([]Listed, error) {
	ids, at := make([]uuid.UUID, len(rows)), map[uuid.UUID]int{}
	listed := make([]Listed, len(rows))
	for i, row := range rows {
		ids[i], at[row.ID], listed[i] = row.ID, i, Listed{Customer: row, Plans: map[uuid.UUID]string{}}
	}
	phones, err := c.Contact.Query().Where(contact.CustomerIDIn(ids...), contact.KindEQ(contact.KindPhone), contact.Position(0)).All(ctx)
	if err != nil {
		return nil, err
	}
	for _, row := range phones {
		listed[at[row.CustomerID]].Phone = row.Value
	}
	services, err := c.Subscription.Query().Where(subscription.CustomerIDIn(ids...)).Order(subscription.ByNumber()).All(ctx)
	if err != nil {
		return nil, err
	}
	names := map[uuid.UUID]string{}
	for _, row := range plans {
		names[row.ID] = row.Name
	}
	for _, row := range services {
		one := &listed[at[row.CustomerID]]
		one.Services, one.Plans[row.PlanID] = append(one.Services, row), names[row.PlanID]
	}
	return listed, nil
}

// Find searches for the box of the bar: at most n customers, with their services.
func (d Desk) Find(ctx context.Context, query string, n int) (found []Listed, err error) {
	return found, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		rows, err := Search(ctx, c, query, n)
		if err != nil {
			return err
		}
		plans, err := c.Plan.Query().All(ctx)
		if err != nil {
			return err
		}
		found, err = furnish(ctx, c, plans, rows)
		return err
	})
}
