// Package support is where subscribers are attended: tickets with their protocol (atendimento) and technicians' visits (ordem de serviço).
package support

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/numbers"
)

// Desk is where subscribers are attended.
type Desk struct {
	DB *tenants.DB
}

// OpenFromSubscriber opens a ticket for what a subscriber wrote about one of his services, to be looked at (aguardando análise).
// The protocol is minted with it. It returns Invalid for an empty text and NotFound for a service that is not the subscriber's.
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
		now := d.DB.Now()
		protocol, err := numbers.Protocol(ctx, c, d.DB.Today(ctx).Year())
		if err != nil {
			return err
		}
		opened, err = c.Ticket.Create().SetProtocol(protocol).SetCustomerID(of.CustomerID).SetSubscriptionID(of.ID).
			SetStatus(ticket.StatusAguardandoAnalise).SetChannel(ticket.ChannelTelegram).SetOpening(text).SetOpenedAt(now).Save(ctx)
		if err != nil {
			return err
		}
		if err := c.TicketEntry.Create().SetTicketID(opened.ID).SetBody(text).SetAt(now).Exec(ctx); err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Customer: of.CustomerID, Subject: "ticket", ID: opened.ID, Event: "ticket_opened",
			After: map[string]any{"protocol": protocol, "status": opened.Status}})
	})
}
