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
	Total  int // under the filter
	Most   int // up to how many Total counts: tenants.Exact, or as far as the page; of a search no farther than the page
	All    int // customers of the ISP, those put out of use apart
	Counts map[subscription.Status]int

	Groups, Origins, Plans []tenants.Choice // what the list can be narrowed down to
	Saved                  []*ent.SavedView // of the person, by name
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
	first := (max(1, f.Page) - 1) * PageSize
	where, err := f.first(ctx, c, today, first+PageSize+1)
	if err != nil {
		return list, err
	}
	if list.Most = max(tenants.Exact, first+PageSize); f.searched() {
		list.Most = first + PageSize
	}
	if err := list.count(ctx, f, where); err != nil {
		return list, err
	}
	// Their ids first: an index in this order holds them, so that the rows passed over are never fetched. One more than is shown.
	page, err := c.Customer.Query().Where(where...).Order(f.order()...).Offset(first).Limit(PageSize + 1).IDs(ctx)
	if err != nil {
		return list, err
	}
	rows, err := c.Customer.Query().Where(customer.IDIn(page...), phoned).Order(f.order()...).Select(shown...).All(ctx)
	if err != nil {
		return list, err
	}
	if f.searched() {
		list.Total = first + len(rows)
	}
	rows = rows[:min(PageSize, len(rows))]
	if list.Rows, err = furnish(ctx, c, rows); err != nil {
		return list, err
	}
	return list, list.readChoices(ctx, c)
}

func (l *List) count(ctx context.Context, f Filter, where []predicate.Customer) error {
	states := append(slices.Clone(living), subscription.StatusCancelado)
	sets := []tenants.Rows{tenants.RowsOf(customer.Table, customer.Active(true))}
	for _, one := range states {
		sets = append(sets, tenants.RowsOf(subscription.Table, subscription.StatusEQ(one)))
	}
	narrowed := f.Address() != "" && !f.searched()
	if narrowed {
		sets = append(sets, tenants.RowsOf(customer.Table, where...))
	}
	counts, err := tenants.Count(ctx, max(l.Most, tenants.Exact), sets...)
	if err != nil {
		return err
	}
	l.All, l.Counts, l.Total = min(counts[0], tenants.Exact+1), map[subscription.Status]int{}, counts[0]
	for i, one := range states {
		l.Counts[one] = min(counts[1+i], tenants.Exact+1)
	}
	if narrowed {
		l.Total = counts[len(sets)-1]
	}
	return nil
}

func (l *List) readChoices(ctx context.Context, c *ent.Client) (err error) {
	lists, err := tenants.Choices(ctx, tenants.RowsOf[predicate.Group](group.Table), tenants.RowsOf[predicate.Origin](origin.Table), tenants.RowsOf[predicate.Plan](plan.Table))
	if err != nil {
		return err
	}
	l.Groups, l.Origins, l.Plans = lists[0], lists[1], lists[2]
	l.Saved, err = Views(ctx, c, savedview.ListCustomers)
	return err
}

// What a row of the list shows of a customer and of a service, and beside them. The other columns are not read: they are most of a page's time.
var (
	shown  = []string{customer.FieldID, customer.FieldNumber, customer.FieldName, customer.FieldDocument}
	served = []string{subscription.FieldID, subscription.FieldCustomerID, subscription.FieldPlanID, subscription.FieldStatus}
	phoned = tenants.Beside[predicate.Customer]("phone", customer.FieldID, contact.Table, contact.FieldCustomerID, contact.FieldValue,
		contact.KindEQ(contact.KindPhone), contact.Position(0))
	planned = tenants.Beside[predicate.Subscription]("plan", subscription.FieldPlanID, plan.Table, plan.FieldID, plan.FieldName)
)

// furnish reads the services of customers who were read with phoned.
func furnish(ctx context.Context, c *ent.Client, rows []*ent.Customer) ([]Listed, error) {
	ids, at := make([]uuid.UUID, len(rows)), map[uuid.UUID]int{}
	listed := make([]Listed, len(rows))
	for i, row := range rows {
		ids[i], at[row.ID], listed[i] = row.ID, i, Listed{Customer: row, Phone: tenants.Said(row, "phone"), Plans: map[uuid.UUID]string{}}
	}
	services, err := c.Subscription.Query().Where(subscription.CustomerIDIn(ids...), planned).Order(subscription.ByNumber()).Select(served...).All(ctx)
	for _, row := range services {
		one := &listed[at[row.CustomerID]]
		one.Services, one.Plans[row.PlanID] = append(one.Services, row), tenants.Said(row, "plan")
	}
	return listed, err
}

// Found is a customer as the box of the bar shows one.
type Found struct {
	Customer *ent.Customer
	Status   subscription.Status // of the first service; "" without one
}

// Find searches for the box of the bar: at most n customers, and what has the number that was typed.
func (d Desk) Find(ctx context.Context, query string, n int) (found []Found, numbered []Paper, err error) {
	return found, numbered, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		if numbered, err = papers(ctx, c, query); err != nil {
			return err
		}
		rows, err := Search(ctx, c, query, n)
		for _, row := range rows {
			found = append(found, Found{row, subscription.Status(tenants.Said(row, "status"))})
		}
		return err
	})
}

// stated puts beside a customer the status of the first service.
var stated = tenants.Beside[predicate.Customer]("status", customer.FieldID, subscription.Table, subscription.FieldCustomerID, subscription.FieldStatus, ent.Asc(subscription.FieldNumber))
