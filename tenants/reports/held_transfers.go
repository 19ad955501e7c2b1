package reports

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/authattempt"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
	"enlace/ent/ticketentry"
	"enlace/ent/transfer"
	"enlace/tenants"
)

// handedBy are the transfers a customer was a side of.
func handedBy(id uuid.UUID) predicate.Transfer {
	return transfer.Or(transfer.FromID(id), transfer.ToID(id))
}

// shown are the columns of a transfer but for the hashes of its links.
var shown = slices.DeleteFunc(slices.Clone(transfer.Columns), func(column string) bool {
	return column == transfer.FieldFromToken || column == transfer.FieldToToken
})

// days are those on which a service was a customer's: what was before he took it over, or since he handed it on, is another's.
type days struct {
	service     uuid.UUID
	from, until *time.Time // nil: from the beginning; until now
}

// daysOf are a customer's of every service that ever changed hands by him.
func daysOf(ctx context.Context, c *ent.Client, id uuid.UUID) (all []days, err error) {
	moved, err := c.Transfer.Query().Where(handedBy(id), transfer.DoneAtNotNil(), transfer.UndoneAtIsNil()).Order(transfer.ByDoneAt()).All(ctx)
	last := map[uuid.UUID]*ent.Transfer{}
	for _, one := range moved {
		before := last[one.SubscriptionID]
		if last[one.SubscriptionID] = one; one.ToID == id {
			continue
		}
		span := days{service: one.SubscriptionID, until: one.DoneAt}
		if before != nil {
			span.from = before.DoneAt
		}
		all = append(all, span)
	}
	for sub, one := range last {
		if one.ToID == id { // it is his now
			all = append(all, days{service: sub, from: one.DoneAt})
		}
	}
	return all, err
}

// within is what is of a service, on its days.
func within[P any](d days, of P, from, until func(time.Time) P, and func(...P) P) P {
	which := []P{of}
	if d.from != nil {
		which = append(which, from(*d.from))
	}
	if d.until != nil {
		which = append(which, until(*d.until))
	}
	return and(which...)
}

// attemptsOf are the connections asked for by the services of a customer, while they were his.
func attemptsOf(spans []days, id uuid.UUID) predicate.AuthAttempt {
	services := tenants.Among[predicate.AuthAttempt](authattempt.FieldSubscriptionID, tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.CustomerID(id)))
	var all []predicate.AuthAttempt
	var ids []uuid.UUID
	for _, d := range spans {
		all = append(all, within(d, authattempt.SubscriptionID(d.service), authattempt.AtGTE, authattempt.AtLT, authattempt.And))
		ids = append(ids, d.service)
	}
	if len(ids) > 0 {
		services = authattempt.And(services, authattempt.SubscriptionIDNotIn(ids...))
	}
	return authattempt.Or(append(all, services)...)
}

// spokenOf is what was said in a customer's tickets, and in those that went along with a service while that was his.
func spokenOf(spans []days, own []predicate.Ticket) predicate.TicketEntry {
	all := []predicate.TicketEntry{tenants.Among[predicate.TicketEntry](ticketentry.FieldTicketID, tenants.IDsIn(ticket.Table, ticket.FieldID, own...))}
	for _, d := range spans {
		along := tenants.IDsIn(ticket.Table, ticket.FieldID, ticket.SubscriptionID(d.service), ticket.MovedAtNotNil())
		all = append(all, within(d, tenants.Among[predicate.TicketEntry](ticketentry.FieldTicketID, along), ticketentry.AtGTE, ticketentry.AtLT, ticketentry.And))
	}
	return ticketentry.Or(all...)
}

// sentInto are the files that were kept with that.
func sentInto(spans []days, own []predicate.Ticket) predicate.Attachment {
	all := []predicate.Attachment{tenants.Among[predicate.Attachment](attachment.FieldTicketID, tenants.IDsIn(ticket.Table, ticket.FieldID, own...))}
	for _, d := range spans {
		along := tenants.IDsIn(ticket.Table, ticket.FieldID, ticket.SubscriptionID(d.service), ticket.MovedAtNotNil())
		all = append(all, within(d, tenants.Among[predicate.Attachment](attachment.FieldTicketID, along), attachment.AtGTE, attachment.AtLT, attachment.And))
	}
	return attachment.Or(all...)
}

// ticketsOf are a customer's tickets, with those that went along with a service which was his while they were open.
func ticketsOf(spans []days, own []predicate.Ticket) predicate.Ticket {
	all := []predicate.Ticket{ticket.And(own...)}
	for _, d := range spans {
		open := func(from time.Time) predicate.Ticket {
			return ticket.Or(ticket.ClosedAtIsNil(), ticket.ClosedAtGTE(from))
		}
		all = append(all, within(d, ticket.And(ticket.SubscriptionID(d.service), ticket.MovedAtNotNil()), open, ticket.OpenedAtLT, ticket.And))
	}
	return ticket.Or(all...)
}

// partedTickets reads them, and leaves to each of two holders what is of his days: what was asked for is of who held the service when the ticket was opened,
// how it ended, and what he thought of it, of who held it then.
func partedTickets(c *ent.Client, which predicate.Ticket, spans []days, id uuid.UUID) func(context.Context) ([]*ent.Ticket, error) {
	held := func(service uuid.UUID, at time.Time) bool {
		return slices.ContainsFunc(spans, func(d days) bool {
			return d.service == service && (d.from == nil || !at.Before(*d.from)) && (d.until == nil || at.Before(*d.until))
		})
	}
	return func(ctx context.Context) ([]*ent.Ticket, error) {
		rows, err := c.Ticket.Query().Where(which).Order(ticket.ByProtocol()).All(ctx)
		for _, row := range rows {
			if row.MovedAt == nil {
				continue
			}
			row.CustomerID = id
			if !held(row.SubscriptionID, row.OpenedAt) {
				row.Opening, row.Diagnosis, row.OpenedAt = "", nil, time.Time{}
			}
			if row.ClosedAt != nil && !held(row.SubscriptionID, *row.ClosedAt) {
				row.Closing, row.Rating, row.RatingText, row.ClosedAt = "", nil, "", nil
			}
			row.TalkChat = nil
		}
		return rows, err
	}
}
