package billing

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/customer"
	"enlace/ent/invoice"
	"enlace/ent/plan"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
)

// PageSize is how many rows a page of a list has.
const PageSize = 50

// Booklets is a page of carnês, the newest first.
type Booklets struct {
	Customer *ent.Customer // whose they are; nil: everybody's
	Rows     []*Booklet
	Total    int
}

// BookletFilter says which carnês a list shows. It is read from the address of the page.
type BookletFilter struct {
	Of     uuid.UUID     // a customer; none: everybody's
	Status BookletStatus // none: any
	Number int           // none: all
	Page   int           // from 1
}

// BookletStatuses lists the statuses in the order of the screen.
var BookletStatuses = []BookletStatus{BookletOverdue, BookletOpen, BookletPaid, BookletCancelled}

// ReadBookletFilter reads the filters of an address; what is none is no filter.
func ReadBookletFilter(t tenants.Typed) BookletFilter {
	var unread tenants.Fields
	f := BookletFilter{Page: max(1, t.Int(&unread, "pagina", 1, 1_000_000))}
	if t["q"] != "" {
		if f.Number = t.Int(&unread, "q", 1, 1_000_000_000); unread["q"] != "" {
			f.Number = -1 // what is no number finds none
		}
	}
	if s := BookletStatus(t["situacao"]); slices.Contains(BookletStatuses, s) {
		f.Status = s
	}
	return f
}

// where narrows the list down, by the statuses of Booklet.Status: of its invoices some are to be paid, or overdue, or none.
func (f BookletFilter) where(today calendar.Date) (where []predicate.Booklet) {
	if f.Of != uuid.Nil {
		where = append(where, booklet.CustomerID(f.Of))
	}
	if f.Number != 0 {
		where = append(where, booklet.Number(int64(f.Number)))
	}
	with := func(more ...predicate.Invoice) predicate.Booklet {
		open := append(more, invoice.BookletIDNotNil(), invoice.CancelledAtIsNil(), invoice.PaidAtIsNil())
		return tenants.Among[predicate.Booklet](booklet.FieldID, tenants.IDsIn(invoice.Table, invoice.FieldBookletID, open...))
	}
	late := with(invoice.DueLT(calendar.OverdueBefore(today)))
	switch f.Status {
	case BookletCancelled:
		return append(where, booklet.CancelledAtNotNil())
	case BookletPaid:
		return append(where, booklet.CancelledAtIsNil(), booklet.Not(with()))
	case BookletOverdue:
		return append(where, booklet.CancelledAtIsNil(), late)
	case BookletOpen:
		return append(where, booklet.CancelledAtIsNil(), with(), booklet.Not(late))
	}
	return where
}

// Booklets reads a page of carnês. It makes the same few queries however many there are. It returns NotFound for a customer that is not the
// ISP's.
func (d Desk) Booklets(ctx context.Context, f BookletFilter) (list Booklets, err error) {
	return list, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		if f.Of != uuid.Nil {
			if list.Customer, err = customerOf(ctx, c, f.Of); err != nil {
				return err
			}
		}
		today := d.DB.Today(ctx)
		where := f.where(today)
		if list.Total, err = c.Booklet.Query().Where(where...).Count(ctx); err != nil {
			return err
		}
		rows, err := c.Booklet.Query().Where(where...).Order(ent.Desc(booklet.FieldNumber)).Offset((max(1, f.Page) - 1) * PageSize).Limit(PageSize).All(ctx)
		if err != nil {
			return err
		}
		list.Rows, err = standingBooklets(ctx, c, today, rows)
		return err
	})
}

// Booklet reads a carnê. It returns NotFound for one that is not the ISP's.
func (d Desk) Booklet(ctx context.Context, id uuid.UUID) (one *Booklet, err error) {
	return one, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		row, err := c.Booklet.Get(ctx, id)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		list, err := standingBooklets(ctx, c, d.DB.Today(ctx), []*ent.Booklet{row})
		if err == nil {
			one = list[0]
		}
		return err
	})
}

// bookletCover reads whose a carnê is, of what, and which invoices it has, but not how they stand. It returns NotFound.
func bookletCover(ctx context.Context, c *ent.Client, id uuid.UUID) (*Booklet, error) {
	row, err := c.Booklet.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	one := &Booklet{Booklet: row}
	if one.Customer, err = c.Customer.Get(ctx, row.CustomerID); err != nil {
		return nil, err
	}
	if one.Plan, err = planOfService(ctx, c, row.SubscriptionID); err != nil {
		return nil, err
	}
	invoices, err := c.Invoice.Query().Where(invoice.BookletID(id)).Order(invoice.ByInstalment()).All(ctx)
	for _, of := range invoices {
		one.Instalments = append(one.Instalments, &Standing{Invoice: of})
	}
	return one, err
}

func customerOf(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Customer, error) {
	who, err := c.Customer.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return who, err
}

func standingBooklets(ctx context.Context, c *ent.Client, on calendar.Date, rows []*ent.Booklet) ([]*Booklet, error) {
	byID, ids := map[uuid.UUID]*Booklet{}, make([]uuid.UUID, len(rows))
	var holders, services []uuid.UUID
	list := make([]*Booklet, len(rows))
	for i, row := range rows {
		list[i] = &Booklet{Booklet: row, Counts: map[InvoiceStatus]int{}}
		byID[row.ID], ids[i] = list[i], row.ID
		holders, services = append(holders, row.CustomerID), append(services, row.SubscriptionID)
	}
	invoices, err := c.Invoice.Query().Where(invoice.BookletIDIn(ids...)).Order(invoice.ByInstalment()).All(ctx)
	if err != nil {
		return nil, err
	}
	standings, err := Standings(ctx, c, on, invoices...)
	if err != nil {
		return nil, err
	}
	for _, s := range standings {
		one := byID[*s.Invoice.BookletID]
		one.Instalments = append(one.Instalments, s)
		if one.Counts[s.Status]++; s.Status != InvoiceCancelled {
			one.Total += s.Total
		}
	}
	names, err := customersByID(ctx, c, holders)
	if err != nil {
		return nil, err
	}
	plans, err := plansByService(ctx, c, services)
	for _, one := range list {
		one.Customer, one.Plan = names[one.CustomerID], plans[one.SubscriptionID]
	}
	return list, err
}

func customersByID(ctx context.Context, c *ent.Client, ids []uuid.UUID) (map[uuid.UUID]*ent.Customer, error) {
	rows, err := c.Customer.Query().Where(customer.IDIn(ids...)).All(ctx)
	byID := map[uuid.UUID]*ent.Customer{}
	for _, row := range rows {
		byID[row.ID] = row
	}
	return byID, err
}

// planOfService is the plan of a subscription.
func planOfService(ctx context.Context, c *ent.Client, service uuid.UUID) (*ent.Plan, error) {
	sold := tenants.IDsIn(subscription.Table, subscription.FieldPlanID, subscription.ID(service))
	return c.Plan.Query().Where(tenants.Among[predicate.Plan](plan.FieldID, sold)).Only(ctx)
}

// plansByService are the plans of subscriptions, by their ids.
func plansByService(ctx context.Context, c *ent.Client, services []uuid.UUID) (map[uuid.UUID]*ent.Plan, error) {
	subs, err := c.Subscription.Query().Where(subscription.IDIn(services...)).All(ctx)
	if err != nil {
		return nil, err
	}
	return plansOf(ctx, c, subs)
}

// plansOf are the plans of subscriptions that were read already, by the ids of these.
func plansOf(ctx context.Context, c *ent.Client, subs []*ent.Subscription) (map[uuid.UUID]*ent.Plan, error) {
	var ids []uuid.UUID
	for _, sub := range subs {
		ids = append(ids, sub.PlanID)
	}
	rows, err := c.Plan.Query().Where(plan.IDIn(ids...)).All(ctx)
	plans, byService := map[uuid.UUID]*ent.Plan{}, map[uuid.UUID]*ent.Plan{}
	for _, row := range rows {
		plans[row.ID] = row
	}
	for _, sub := range subs {
		byService[sub.ID] = plans[sub.PlanID]
	}
	return byService, err
}
