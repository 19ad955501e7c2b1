// Package support is where subscribers are attended: tickets with their protocol (atendimento) and technicians' visits (ordem de serviço).
package support

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/predicate"
	"enlace/ent/sector"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
	"enlace/ent/tickettype"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/numbers"
)

// Desk is where subscribers are attended.
type Desk struct {
	DB *tenants.DB

	// Diagnose writes down how a service stands, to be kept with its ticket: the room that knows comes after this one. nil: nothing is kept.
	Diagnose func(ctx context.Context, c *ent.Client, subscription uuid.UUID) (json.RawMessage, error)

	Vault *tenants.Vault           // seals the link of a letter
	Site  func(slug string) string // address of an ISP's pages, with a slash at its end; without either a letter has no link
}

// OpenFromSubscriber opens a ticket for what a subscriber wrote about one of his services, to be looked at (aguardando análise): of the type that the
// ISP has for it, with its promise and its sector, or of none. The protocol is minted with it. It returns Invalid for an empty text and NotFound for a service that is not the subscriber's.
func (d Desk) OpenFromSubscriber(ctx context.Context, sub uuid.UUID, text string) (opened *ent.Ticket, err error) {
	if strings.TrimSpace(text) == "" {
		return nil, tenants.Invalid("texto", "required")
	}
	return opened, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		who := tenants.Who(ctx)
		if who.Kind != tenants.Subscriber {
			return tenants.NotFound()
		}
		of, err := c.Subscription.Query().Where(subscription.ID(sub), subscription.CustomerID(who.ID)).Only(ctx)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		kind, err := c.TicketType.Query().Where(tickettype.Subscriber(true), tickettype.Active(true), works).First(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return err
		}
		now := d.DB.Now()
		opened, err = d.mint(ctx, c, now, of, func(t *ent.TicketCreate) {
			t.SetStatus(ticket.StatusAguardandoAnalise).SetChannel(ticket.ChannelTelegram).SetOpening(text).SetWaitsSince(now)
			if kind == nil {
				return
			}
			t.SetTypeID(kind.ID).SetDueAt(now.Add(time.Duration(kind.SLAHours) * time.Hour))
			if tenants.Said(kind, "works") != "" {
				t.SetSectorID(*kind.SectorID)
			}
		})
		if err != nil {
			return err
		}
		if err := c.TicketEntry.Create().SetTicketID(opened.ID).SetBody(text).SetShared(true).SetAt(now).Exec(ctx); err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Customer: of.CustomerID, Subject: "ticket", ID: opened.ID, Event: "ticket_opened",
			After: map[string]any{"protocol": opened.Protocol, "status": opened.Status}})
	})
}

// works puts beside a type of tickets the sector they go to, unless it was withdrawn.
var works = tenants.Beside[predicate.TicketType]("works", tickettype.FieldSectorID, sector.Table, sector.FieldID, sector.FieldName, sector.Active(true))

// mint makes a ticket with the next protocol of the year, with the diagnosis of its service, and under the outage that its line is down by. A transaction undone gives the protocol back.
func (d Desk) mint(ctx context.Context, c *ent.Client, now time.Time, of *ent.Subscription, begin func(*ent.TicketCreate)) (*ent.Ticket, error) {
	protocol, err := numbers.Protocol(ctx, c, d.DB.Today(ctx).Year())
	if err != nil {
		return nil, err
	}
	create := c.Ticket.Create().SetProtocol(protocol).SetCustomerID(of.CustomerID).SetSubscriptionID(of.ID).SetOpenedAt(now).SetTouchedAt(now)
	if d.Diagnose != nil {
		said, err := d.Diagnose(ctx, c, of.ID)
		if err != nil {
			return nil, err
		}
		create.SetDiagnosis(said)
	}
	down, err := RunningOutages(ctx, c, serviceOf(of.ID))
	if err != nil {
		return nil, err
	}
	if under := down[of.ID]; under != nil {
		create.SetOutageID(under.ID)
		if err := c.Outage.UpdateOneID(under.ID).AddTickets(1).Exec(ctx); err != nil {
			return nil, err
		}
	}
	begin(create)
	return create.Save(ctx)
}

// serviceOf is one service, as a set.
func serviceOf(id uuid.UUID) tenants.IDs {
	return tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.ID(id))
}

// note writes into a ticket's thread, and into the customer's history, what was done; said is the reason, or what was written with it.
func (d Desk) note(ctx context.Context, c *ent.Client, row *ent.Ticket, event, said string, after map[string]any) error {
	now, who := d.DB.Now(), tenants.Who(ctx)
	entry := c.TicketEntry.Create().SetTicketID(row.ID).SetEvent(event).SetBody(said).SetAt(now)
	if who.Kind == tenants.User {
		entry.SetUserID(who.ID)
	}
	if err := entry.Exec(ctx); err != nil {
		return err
	}
	if after == nil {
		after = map[string]any{}
	}
	after["protocol"] = row.Protocol
	return history.Write(ctx, c, now, history.Entry{Customer: row.CustomerID, Subject: "ticket", ID: row.ID, Event: event, Reason: said, After: after})
}
