package customers

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/customer"
	"enlace/ent/plan"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants/staff"
)

// PageSize is how many customers a page of the list has.
const PageSize = 50

// Filter says which customers a list shows.
type Filter struct {
	Query  string              // as in Search; none: all
	Status subscription.Status // of one of their services; none: any
	Page   int                 // from 1
}

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
	Total  int // under the filter
	All    int // customers of the ISP
	Counts map[subscription.Status]int
}

// List reads a page of the list.
func (d Desk) List(ctx context.Context, f Filter) (list List, err error) {
	return list, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		list, err = readList(ctx, c, f)
		return err
	})
}

func readList(ctx context.Context, c *ent.Client, f Filter) (list List, err error) {
	where, err := f.where(ctx, c)
	if err != nil {
		return list, err
	}
	if list.Total, err = c.Customer.Query().Where(where...).Count(ctx); err != nil {
		return list, err
	}
	rows, err := c.Customer.Query().Where(where...).Order(customer.ByName(), customer.ByNumber()).
		Offset((max(1, f.Page) - 1) * PageSize).Limit(PageSize).All(ctx)
	if err != nil {
		return list, err
	}
	if list.Rows, err = furnish(ctx, c, rows); err != nil {
		return list, err
	}
	var counted []struct {
		Status subscription.Status `json:"status"`
		Count  int                 `json:"count"`
	}
	if err := c.Subscription.Query().GroupBy(subscription.FieldStatus).Aggregate(ent.Count()).Scan(ctx, &counted); err != nil {
		return list, err
	}
	list.Counts = map[subscription.Status]int{}
	for _, one := range counted {
		list.Counts[one.Status] = one.Count
	}
	list.All, err = c.Customer.Query().Count(ctx)
	return list, err
}

// where narrows the list down. A status or a query that finds nobody finds nobody.
func (f Filter) where(ctx context.Context, c *ent.Client) (where []predicate.Customer, err error) {
	if f.Query != "" {
		found, err := Search(ctx, c, f.Query, candidates)
		if err != nil {
			return nil, err
		}
		ids := make([]uuid.UUID, len(found))
		for i, one := range found {
			ids[i] = one.ID
		}
		where = append(where, customer.IDIn(ids...))
	}
	if f.Status != "" {
		var ids []uuid.UUID
		err := c.Subscription.Query().Where(subscription.StatusEQ(f.Status)).Select(subscription.FieldCustomerID).Scan(ctx, &ids)
		if err != nil {
			return nil, err
		}
		where = append(where, customer.IDIn(ids...))
	}
	return where, nil
}

func furnish(ctx context.Context, c *ent.Client, rows []*ent.Customer) ([]Listed, error) {
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
	plans, err := c.Plan.Query().Select(plan.FieldID, plan.FieldName).All(ctx)
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
		found, err = furnish(ctx, c, rows)
		return err
	})
}
