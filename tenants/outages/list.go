package outages

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/nas"
	"enlace/ent/outage"
	"enlace/ent/outageservice"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/staff"
	"enlace/tenants/support"
)

// on puts beside an outage the name of its NAS; NAS reads it.
var on = tenants.Beside[predicate.Outage]("nas", outage.FieldNasID, nas.Table, nas.FieldID, nas.FieldName)

// NAS is the name of an outage's NAS; "" for none.
func NAS(row *ent.Outage) string { return tenants.Said(row, "nas") }

// List is a page of the outages, the latest first.
type List struct {
	Rows         []*ent.Outage // NAS says more
	All, Running int
	Total        int // of those shown
	May          bool
}

// List reads a page, from 1; running: of those that are not over alone. It returns Denied without Attend.
func (d Desk) List(ctx context.Context, running bool, page int) (l List, err error) {
	return l, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return err
		}
		if l.May, err = staff.May(ctx, c, staff.Outages); err != nil {
			return err
		}
		down := outage.StateIn(support.Running...)
		counts, err := tenants.Count(ctx, tenants.Exact, tenants.RowsOf[predicate.Outage](outage.Table), tenants.RowsOf(outage.Table, down))
		if err != nil {
			return err
		}
		l.All, l.Running = counts[0], counts[1]
		q := c.Outage.Query()
		if l.Total = l.All; running {
			q, l.Total = q.Where(down), l.Running
		}
		l.Rows, err = q.Where(on).Order(ent.Desc(outage.FieldNumber)).Offset((page - 1) * PageSize).Limit(PageSize).All(ctx)
		return err
	})
}

// Card is an outage with a page of its services and the tickets under it.
type Card struct {
	*ent.Outage
	Services []*ent.OutageService // Holder and Number say more
	Tickets  []*ent.Ticket        // the latest first, the first page of them; support.Owner says whose
	May      bool                 // end it
}

// Busy says whether workers are at it.
func (card Card) Busy() bool {
	return card.State == outage.StateStarting || card.State == outage.StateEnding
}

// held and numbered put beside a service of an outage whose it is and its number; Holder and Number read them.
var (
	held     = tenants.Beside[predicate.OutageService]("holder", outageservice.FieldCustomerID, customer.Table, customer.FieldID, customer.FieldName)
	numbered = tenants.Beside[predicate.OutageService]("number", outageservice.FieldSubscriptionID, subscription.Table, subscription.FieldID, subscription.FieldNumber)
)

// Holder is the name of whoever held a service of an outage.
func Holder(row *ent.OutageService) string { return tenants.Said(row, "holder") }

// Number is the number of the service.
func Number(row *ent.OutageService) string { return tenants.Said(row, "number") }

// owner puts beside a ticket the name of its customer; Asker reads it.
var owner = tenants.Beside[predicate.Ticket]("asker", ticket.FieldCustomerID, customer.Table, customer.FieldID, customer.FieldName)

// Asker is the name of a ticket's customer.
func Asker(row *ent.Ticket) string { return tenants.Said(row, "asker") }

// Card reads an outage with a page of its services, from 1. It returns NotFound, and Denied without Attend.
func (d Desk) Card(ctx context.Context, id uuid.UUID, page int) (card *Card, err error) {
	return card, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return err
		}
		row, err := c.Outage.Query().Where(outage.ID(id), on).Only(ctx)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		card = &Card{Outage: row}
		if card.May, err = staff.May(ctx, c, staff.Outages); err != nil {
			return err
		}
		card.Services, err = c.OutageService.Query().Where(outageservice.OutageID(id), held, numbered).Order(outageservice.ByCustomerID(), outageservice.ByID()).
			Offset((page - 1) * PageSize).Limit(PageSize).All(ctx)
		if err != nil {
			return err
		}
		card.Tickets, err = c.Ticket.Query().Where(ticket.OutageID(id), owner).Order(ent.Desc(ticket.FieldOpenedAt, ticket.FieldProtocol)).Limit(PageSize).All(ctx)
		return err
	})
}
