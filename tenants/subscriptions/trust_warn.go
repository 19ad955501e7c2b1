package subscriptions

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/trustgrant"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/messages"
	"enlace/tenants/outbox"
)

// WarnTrust is the kind of outbox row by which a customer is told that a grant is about to end.
const WarnTrust = "subscriptions.warn_trust"

// warned is how long before its end a grant is called to mind: long enough to pay, and short enough to be remembered.
const warned = 2 * time.Hour

// warnOfEnd has a grant's customer told of its end before it comes, by day.
func warnOfEnd(ctx context.Context, c *ent.Client, now time.Time, id uuid.UUID, until time.Time) error {
	isp, _ := tenants.From(ctx)
	quiet, err := bots.QuietHours(ctx, c)
	if err != nil {
		return err
	}
	at := quiet.Before(until.Add(-warned), isp.Zone)
	if !at.After(now) {
		return nil
	}
	return outbox.Add(ctx, c, now, outbox.Job{Kind: WarnTrust, At: at, Payload: map[string]string{"grant": id.String()}})
}

// WarnOfTrustEnd tells the customer of a grant, by the bot, when access ends unless the debt is paid. One that has ended, by a payment or otherwise,
// is told of no more.
func (d Desk) WarnOfTrustEnd(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		grant, err := c.TrustGrant.Query().Where(trustgrant.ID(id), trustgrant.EndedAtIsNil(), trustgrant.UntilGT(d.DB.Now())).Only(ctx)
		if ent.IsNotFound(err) {
			return nil
		} else if err != nil {
			return err
		}
		sub, err := find(ctx, c, grant.SubscriptionID)
		if err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		text := fmt.Sprintf("O desbloqueio em confiança do seu serviço %d da %s termina em %s.\n\nSem o pagamento até lá, o serviço é suspenso de novo. Pagando, ele fica.",
			sub.Number, isp.Name, grant.Until.In(isp.Zone).Format("02/01, às 15:04"))
		_, err = messages.Tell(ctx, c, d.DB.Now(), messages.Message{Customer: grant.CustomerID, Kind: messages.TrustEnding, About: "subscription", AboutID: sub.ID, Text: text, Buttons: messages.Under(messages.Invoices, messages.Support), Queue: outbox.Critical})
		return err
	})
}
