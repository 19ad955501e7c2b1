package support

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/predicate"
	"enlace/ent/ticket"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/staff"
)

// PageSize is how many rows a page of a list has.
const PageSize = 50

// Tickets is a page of the list Atendimentos, newest first, with the names of their customers.
type Tickets struct {
	Customer *ent.Customer // whose they are; nil: everybody's
	Rows     []*ent.Ticket
	Names    map[uuid.UUID]string
	Total    int
}

// Tickets reads a page, from 1, of the tickets of a customer, or of all. It returns NotFound for a customer that is not the ISP's.
func (d Desk) Tickets(ctx context.Context, of uuid.UUID, page int) (list Tickets, err error) {
	return list, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return err
		}
		q := c.Ticket.Query()
		if of != uuid.Nil {
			if list.Customer, err = customerOf(ctx, c, of); err != nil {
				return err
			}
			q = q.Where(ticket.CustomerID(of))
		}
		if list.Total, err = q.Clone().Count(ctx); err != nil {
			return err
		}
		list.Rows, err = q.Order(ent.Desc(ticket.FieldOpenedAt, ticket.FieldProtocol)).
			Offset((max(1, page) - 1) * PageSize).Limit(PageSize).All(ctx)
		if err != nil {
			return err
		}
		var ids []uuid.UUID
		for _, row := range list.Rows {
			ids = append(ids, row.CustomerID)
		}
		list.Names, err = names(ctx, c, ids)
		return err
	})
}

// WorkOrders is a page of the list Ordens de serviço, newest first.
type WorkOrders struct {
	Customer *ent.Customer // whose they are; nil: everybody's
	Rows     []*ent.WorkOrder
	Names    map[uuid.UUID]string
	Types    map[uuid.UUID]string
	Total    int
}

// WorkOrders reads a page, from 1, of the visits to a customer, or of all. A technician sees his own. It returns NotFound for a customer
// that is not the ISP's.
func (d Desk) WorkOrders(ctx context.Context, of uuid.UUID, page int) (list WorkOrders, err error) {
	return list, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		q := c.WorkOrder.Query()
		if all, err := staff.May(ctx, c, staff.Attend); err != nil {
			return err
		} else if !all {
			if err := staff.Require(ctx, c, staff.Visit); err != nil {
				return err
			}
			q = q.Where(workorder.TechnicianID(tenants.Who(ctx).ID))
		}
		if of != uuid.Nil {
			if list.Customer, err = customerOf(ctx, c, of); err != nil {
				return err
			}
			q = q.Where(workorder.CustomerID(of))
		}
		if list.Total, err = q.Clone().Count(ctx); err != nil {
			return err
		}
		list.Rows, err = q.Where(manned).Order(ent.Desc(workorder.FieldNumber)).Offset((max(1, page) - 1) * PageSize).Limit(PageSize).All(ctx)
		if err != nil {
			return err
		}
		var ids []uuid.UUID
		for _, row := range list.Rows {
			ids = append(ids, row.CustomerID)
		}
		if list.Names, err = names(ctx, c, ids); err != nil {
			return err
		}
		kinds, err := c.WorkOrderType.Query().All(ctx)
		list.Types = map[uuid.UUID]string{}
		for _, row := range kinds {
			list.Types[row.ID] = row.Name
		}
		return err
	})
}

// manned puts beside a visit whose it is; Technician reads it.
var manned = tenants.Beside[predicate.WorkOrder]("technician", workorder.FieldTechnicianID, user.Table, user.FieldID, user.FieldName)

// Technician is the name of who makes a visit; "" while that is nobody.
func Technician(row *ent.WorkOrder) string { return tenants.Said(row, "technician") }

// Late says that a visit should have begun by now and has not.
func Late(row *ent.WorkOrder, now time.Time) bool {
	return row.StartsAt != nil && row.StartsAt.Before(now) && (row.Status == workorder.StatusAgendada || row.Status == workorder.StatusAguardandoAgendamento)
}

// VisitsOf lists the first n visits that begin on a day, by hour; a technician's own, nobody else's for those who may not see them. What is
// done with makes room for what is to be done.
func VisitsOf(ctx context.Context, c *ent.Client, day calendar.Date, n int) ([]*ent.WorkOrder, error) {
	isp, _ := tenants.From(ctx)
	q := c.WorkOrder.Query().Where(manned, workorder.StatusNotIn(workorder.StatusCancelada, workorder.StatusFinalizada),
		workorder.StartsAtGTE(day.At(0, 0, isp.Zone)), workorder.StartsAtLT(day.AddDays(1).At(0, 0, isp.Zone)))
	if all, err := staff.May(ctx, c, staff.Attend); err != nil {
		return nil, err
	} else if !all {
		q = q.Where(workorder.TechnicianID(tenants.Who(ctx).ID))
	}
	return q.Order(workorder.ByStartsAt(), workorder.ByNumber()).Limit(n).All(ctx)
}

func customerOf(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Customer, error) {
	who, err := c.Customer.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return who, err
}

func names(ctx context.Context, c *ent.Client, ids []uuid.UUID) (map[uuid.UUID]string, error) {
	rows, err := c.Customer.Query().Where(customer.IDIn(ids...)).All(ctx)
	names := map[uuid.UUID]string{}
	for _, row := range rows {
		names[row.ID] = row.Name
	}
	return names, err
}
