package support

import (
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/predicate"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
)

// VisitFilter says which visits a list shows. It is read from the address of the page and stands in it again.
type VisitFilter struct {
	Customer uuid.UUID        // to whom; none: everybody
	Status   workorder.Status // none: any
	Page     int              // from 1
}

// VisitStates are the states a list is narrowed down to, in the order of the screen.
var VisitStates = []workorder.Status{workorder.StatusAguardandoAgendamento, workorder.StatusAgendada, workorder.StatusEmExecucao, workorder.StatusFinalizada, workorder.StatusCancelada}

// ReadVisitFilter reads the filters of an address; what is none is no filter.
func ReadVisitFilter(t tenants.Typed, of uuid.UUID) VisitFilter {
	var unread tenants.Fields
	f := VisitFilter{Customer: of, Page: max(1, t.Int(&unread, "pagina", 1, 1_000_000))}
	if s := workorder.Status(t["situacao"]); slices.Contains(VisitStates, s) {
		f.Status = s
	}
	return f
}

// Address is the filter as a query string, without the page.
func (f VisitFilter) Address() string {
	if f.Status == "" {
		return ""
	}
	return url.Values{"situacao": {string(f.Status)}}.Encode()
}

// WorkOrders is a page of the list Ordens de serviço, newest first; a technician's own by the hour.
type WorkOrders struct {
	Filter   VisitFilter
	Customer *ent.Customer    // whose they are; nil: everybody's
	Rows     []*ent.WorkOrder // Visited, TypeOf and Technician say more
	Counts   map[workorder.Status]int
	All      int // whatever the state, up to tenants.Exact and one more
	Total    int // of the state shown
}

// WorkOrders reads a page of the visits a filter shows. A technician sees his own. It returns NotFound for a customer that is not the ISP's, or
// whom a technician does not visit, and Denied without Attend or Visit.
func (d Desk) WorkOrders(ctx context.Context, f VisitFilter) (list WorkOrders, err error) {
	list.Filter = f
	return list, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		where, err := seen(ctx, c)
		if err != nil {
			return err
		}
		own := len(where) > 0
		if f.Customer != uuid.Nil {
			if list.Customer, err = customerOf(ctx, c, f.Customer); err != nil {
				return err
			}
			where = append(where, workorder.CustomerID(f.Customer))
		}
		if list.Customer != nil && own { // whom he does not visit he does not know
			if known, err := c.WorkOrder.Query().Where(where...).Exist(ctx); err != nil {
				return err
			} else if !known {
				return tenants.NotFound()
			}
		}
		sets := []tenants.Rows{tenants.RowsOf(workorder.Table, where...)}
		for _, s := range VisitStates {
			sets = append(sets, tenants.RowsOf(workorder.Table, append(slices.Clone(where), workorder.StatusEQ(s))...))
		}
		counts, err := tenants.Count(ctx, tenants.Exact, sets...)
		if err != nil {
			return err
		}
		list.All, list.Total, list.Counts = counts[0], counts[0], map[workorder.Status]int{}
		for i, s := range VisitStates {
			list.Counts[s] = counts[1+i]
		}
		if f.Status != "" {
			where, list.Total = append(where, workorder.StatusEQ(f.Status)), list.Counts[f.Status]
		}
		order := []workorder.OrderOption{ent.Desc(workorder.FieldNumber)}
		if own {
			order = []workorder.OrderOption{tenants.Upcoming[workorder.OrderOption](workorder.FieldStartsAt, workorder.FieldStatus, over...), ent.Desc(workorder.FieldNumber)}
		}
		list.Rows, err = c.WorkOrder.Query().Where(where...).Where(manned, typed, visited).Order(order...).
			Offset((f.Page - 1) * PageSize).Limit(PageSize).All(ctx)
		return err
	})
}

// seen is which visits somebody sees: all with Attend, else, with Visit, his own.
func seen(ctx context.Context, c *ent.Client) ([]predicate.WorkOrder, error) {
	if all, err := staff.May(ctx, c, staff.Attend); err != nil || all {
		return nil, err
	}
	if err := staff.Require(ctx, c, staff.Visit); err != nil {
		return nil, err
	}
	return []predicate.WorkOrder{mans(tenants.Who(ctx).ID)}, nil
}

// mans says that somebody makes a visit, alone or as the second technician.
func mans(who uuid.UUID) predicate.WorkOrder {
	return workorder.Or(workorder.TechnicianID(who), workorder.HelperID(who))
}

// manned puts beside a visit whose it is; Technician reads it.
var manned = tenants.Beside[predicate.WorkOrder]("technician", workorder.FieldTechnicianID, user.Table, user.FieldID, user.FieldName)

// Technician is the name of who makes a visit; "" while that is nobody.
func Technician(row *ent.WorkOrder) string { return tenants.Said(row, "technician") }

// visited puts beside a visit to whom it is; Visited reads it.
var visited = tenants.Beside[predicate.WorkOrder]("customer", workorder.FieldCustomerID, customer.Table, customer.FieldID, customer.FieldName)

// Visited is the name of the customer a visit is to.
func Visited(row *ent.WorkOrder) string { return tenants.Said(row, "customer") }

// Late says that a visit should have begun by now and has not.
func Late(row *ent.WorkOrder, now time.Time) bool {
	return row.StartsAt != nil && row.StartsAt.Before(now) && (row.Status == workorder.StatusAgendada || row.Status == workorder.StatusAguardandoAgendamento)
}

// VisitsOf lists the first n visits that begin on a day, by hour; a technician's own, nobody else's for those who may not see them. What is
// done with makes room for what is to be done.
func VisitsOf(ctx context.Context, c *ent.Client, day calendar.Date, n int) ([]*ent.WorkOrder, error) {
	isp, _ := tenants.From(ctx)
	q := c.WorkOrder.Query().Where(manned, workorder.StatusNotIn(over...),
		workorder.StartsAtGTE(day.At(0, 0, isp.Zone)), workorder.StartsAtLT(day.AddDays(1).At(0, 0, isp.Zone)))
	if all, err := staff.May(ctx, c, staff.Attend); err != nil {
		return nil, err
	} else if !all {
		q = q.Where(mans(tenants.Who(ctx).ID))
	}
	return q.Order(workorder.ByStartsAt(), workorder.ByNumber()).Limit(n).All(ctx)
}
