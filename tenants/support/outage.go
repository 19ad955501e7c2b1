package support

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/outage"
	"enlace/ent/outageservice"
	"enlace/ent/predicate"
	"enlace/ent/ticket"
	"enlace/ent/workorder"
	"enlace/tenants"
)

// RunningOutages are the outages that are not over and have a service of some, the latest first, by service.
func RunningOutages(ctx context.Context, c *ent.Client, of tenants.IDs) (map[uuid.UUID]*ent.Outage, error) {
	rows, err := c.OutageService.Query().Where(tenants.Among[predicate.OutageService](outageservice.FieldSubscriptionID, of),
		tenants.Among[predicate.OutageService](outageservice.FieldOutageID, tenants.IDsIn(outage.Table, outage.FieldID, outage.StateIn(Running...)))).All(ctx)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.OutageID
	}
	outages, err := c.Outage.Query().Where(outage.IDIn(ids...)).Order(outage.ByNumber()).All(ctx)
	by := map[uuid.UUID]*ent.Outage{}
	for _, one := range outages {
		for _, row := range rows {
			if row.OutageID == one.ID {
				by[row.SubscriptionID] = one
			}
		}
	}
	return by, err
}

// Running are the states of an outage in which its lines are down.
var Running = []outage.State{outage.StateStarting, outage.StateOpen}

// early is how long before an outage is held to have begun somebody may have asked about it: staff hear of one late.
const early = time.Hour

// Merge puts the open tickets of services under an outage and says so in their threads. It answers how many. Those under another stay there, and so
// does what was asked before it began: the end of the outage, which resolves tickets, is no answer to that.
func (d Desk) Merge(ctx context.Context, c *ent.Client, under *ent.Outage, services []uuid.UUID) (int, error) {
	rows, err := c.Ticket.Query().Where(ticket.SubscriptionIDIn(services...), ticket.StatusIn(open...), ticket.OutageIDIsNil(), ticket.OpenedAtGTE(under.BeganAt.Add(-early))).Order(ticket.ByProtocol()).All(ctx)
	for _, row := range rows {
		if err := c.Ticket.UpdateOneID(row.ID).SetOutageID(under.ID).Exec(ctx); err != nil {
			return 0, err
		}
		if err := d.note(ctx, c, row, "ticket_merged", under.Title, map[string]any{"outage": under.Number}); err != nil {
			return 0, err
		}
	}
	return len(rows), err
}

// Unmerge resolves the open tickets of services under an outage that is over, with what was the matter; one with a visit still to come waits for
// that. Without resolving them it only says in their threads that it is over. It answers which they are.
func (d Desk) Unmerge(ctx context.Context, c *ent.Client, from *ent.Outage, services []uuid.UUID) ([]*ent.Ticket, error) {
	rows, err := c.Ticket.Query().Where(ticket.SubscriptionIDIn(services...), ticket.StatusIn(open...), ticket.OutageID(from.ID)).Order(ticket.ByProtocol()).All(ctx)
	for _, row := range rows {
		visits, err := c.WorkOrder.Query().Where(workorder.TicketID(row.ID), workorder.StatusNotIn(over...)).Exist(ctx)
		if err != nil {
			return nil, err
		}
		if from.CloseTickets && !visits {
			err = d.resolve(ctx, c, row, from.Ending)
		} else {
			err = d.note(ctx, c, row, "ticket_outage_over", from.Ending, map[string]any{"outage": from.Number})
		}
		if err != nil {
			return nil, err
		}
	}
	return rows, err
}
