package support

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/attachment"
	"enlace/ent/file"
	"enlace/ent/predicate"
	"enlace/ent/sector"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
	"enlace/ent/ticketentry"
	"enlace/ent/tickettype"
	"enlace/ent/user"
	"enlace/ent/workorder"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// TicketCard is a ticket with what its page shows.
type TicketCard struct {
	*ent.Ticket
	Customer *ent.Customer
	Service  *ent.Subscription
	Plan     string
	Stamp    string      // another one whenever something was said or done in it
	Type     string      // "" while none is chosen
	With     string      // who or which sector has it; "" for nobody
	By       string      // who opened it; "" for the subscriber
	Outage   *ent.Outage // that it is under; nil for none
	Entries  []*ent.TicketEntry
	Visits   []*ent.WorkOrder // opened from it
	Others   []*ent.WorkOrder // of the customer that are open, this ticket's not among them
	Files    []*ent.Attachment
	Choices  TicketChoices
}

// TicketChoices is what the forms of a ticket choose from.
type TicketChoices struct {
	Types, Sectors, Users []tenants.Choice
	VisitChoices
}

// VisitChoices is what a visit is put together from. A type that the service's state does not permit is shown, and cannot be chosen.
type VisitChoices struct {
	Kinds       []*ent.WorkOrderType
	Technicians []tenants.Choice
}

// called puts beside a ticket whose it is, what for, and who has it; Called reads them by these names.
var called = []predicate.Ticket{
	tenants.Beside[predicate.Ticket]("type", ticket.FieldTypeID, tickettype.Table, tickettype.FieldID, tickettype.FieldName),
	tenants.Beside[predicate.Ticket]("assignee", ticket.FieldAssigneeID, user.Table, user.FieldID, user.FieldName),
	tenants.Beside[predicate.Ticket]("sector", ticket.FieldSectorID, sector.Table, sector.FieldID, sector.FieldName),
	tenants.Beside[predicate.Ticket]("opener", ticket.FieldUserID, user.Table, user.FieldID, user.FieldName),
}

// With is who, or which sector, has a ticket; "" for nobody.
func With(row *ent.Ticket) string {
	if who := tenants.Said(row, "assignee"); who != "" {
		return who
	}
	return tenants.Said(row, "sector")
}

// Type is what a ticket is about; "" while nobody has said.
func Type(row *ent.Ticket) string { return tenants.Said(row, "type") }

// spoken puts beside an entry who wrote it; Speaker reads it.
var spoken = tenants.Beside[predicate.TicketEntry]("speaker", ticketentry.FieldUserID, user.Table, user.FieldID, user.FieldName)

// Speaker is who wrote an entry of the staff; "" for the subscriber, or for what happened by itself.
func Speaker(row *ent.TicketEntry) string { return tenants.Said(row, "speaker") }

// named puts beside an attachment what its file is called and is; FileName and Spoken read it.
var named = []predicate.Attachment{
	tenants.Beside[predicate.Attachment]("name", attachment.FieldFileID, file.Table, file.FieldID, file.FieldName),
	tenants.Beside[predicate.Attachment]("content_type", attachment.FieldFileID, file.Table, file.FieldID, file.FieldContentType),
}

// FileName is what an attachment is called.
func FileName(row *ent.Attachment) string { return tenants.Said(row, "name") }

// Spoken says whether an attachment is something spoken.
func Spoken(row *ent.Attachment) bool { return tenants.Said(row, "content_type") == OGG }

// Ticket reads a ticket with its thread, its visits and what its forms choose from. It returns NotFound, and Denied without Attend.
func (d Desk) Ticket(ctx context.Context, id uuid.UUID) (card *TicketCard, err error) {
	return card, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return err
		}
		row, err := c.Ticket.Query().Where(ticket.ID(id), stamped).Where(called...).Only(ctx)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		card = &TicketCard{Ticket: row, Stamp: stampOf(row), Type: Type(row), With: With(row), By: tenants.Said(row, "opener")}
		for _, read := range []func() error{
			func() error { card.Customer, err = customerOf(ctx, c, row.CustomerID); return err },
			func() error {
				card.Service, err = c.Subscription.Query().Where(subscription.ID(row.SubscriptionID), planned).Only(ctx)
				return err
			},
			func() error {
				card.Entries, err = c.TicketEntry.Query().Where(ticketentry.TicketID(id), spoken).Order(ticketentry.ByAt(), ticketentry.ByID()).All(ctx)
				return err
			},
			func() error { return card.visits(ctx, c) },
			func() error {
				card.Files, err = c.Attachment.Query().Where(attachment.TicketID(id)).Where(named...).Order(attachment.ByAt(), attachment.ByID()).All(ctx)
				return err
			},
			func() error { card.Choices, err = choices(ctx, c); return err },
			func() error {
				if row.OutageID != nil {
					card.Outage, err = c.Outage.Get(ctx, *row.OutageID)
				}
				return err
			},
		} {
			if err := read(); err != nil {
				return err
			}
		}
		card.Plan = Plan(card.Service)
		return nil
	})
}

// stamped puts beside a ticket how much stands in its thread.
var stamped = tenants.CountBeside[predicate.Ticket]("entries", ticket.FieldID, ticketentry.Table, ticketentry.FieldTicketID)

func stampOf(row *ent.Ticket) string {
	return fmt.Sprintf("%d-%s", row.TouchedAt.UnixMicro(), tenants.Said(row, "entries"))
}

// Stamp is that of a ticket's card, for who only asks whether there is something new. It returns NotFound, and Denied without Attend.
func (d Desk) Stamp(ctx context.Context, id uuid.UUID) (stamp string, err error) {
	return stamp, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return err
		}
		row, err := c.Ticket.Query().Where(ticket.ID(id), stamped).Only(ctx)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		stamp = stampOf(row)
		return nil
	})
}

// visits are those opened from the ticket, and those of the customer that are open.
func (card *TicketCard) visits(ctx context.Context, c *ent.Client) error {
	rows, err := c.WorkOrder.Query().Where(workorder.Or(workorder.TicketID(card.ID), workorder.And(workorder.CustomerID(card.CustomerID), workorder.StatusNotIn(over...))), manned, typed).
		Order(workorder.ByNumber()).Limit(PageSize).All(ctx)
	for _, row := range rows {
		if row.TicketID != nil && *row.TicketID == card.ID {
			card.Visits = append(card.Visits, row)
		} else {
			card.Others = append(card.Others, row)
		}
	}
	return err
}

// choices are the lists of the forms, by name.
func choices(ctx context.Context, c *ent.Client) (out TicketChoices, err error) {
	lists, err := tenants.Choices(ctx, tenants.RowsOf(tickettype.Table, tickettype.Active(true)), tenants.RowsOf(sector.Table, sector.Active(true)),
		tenants.RowsOf(user.Table, user.Active(true)), technicians)
	if err != nil {
		return out, err
	}
	out.Types, out.Sectors, out.Users, out.Technicians = lists[0], lists[1], lists[2], lists[3]
	out.Kinds, err = c.WorkOrderType.Query().Where(workordertype.Active(true)).Order(workordertype.ByName()).All(ctx)
	return out, err
}

// technicians are those who make visits.
var technicians = tenants.RowsOf(user.Table, user.Active(true), user.RoleEQ(user.RoleTecnico))
