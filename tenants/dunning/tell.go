package dunning

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/ent/telegramlink"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/messages"
	"enlace/tenants/staff"
)

// TellAll tells of every overdue invoice that nobody was told of: by e-mail, or by the bot to who has no address and a linked chat. Who has neither
// is left to a letter, which somebody hands over.
func (d Desk) TellAll(ctx context.Context) (run Run, err error) {
	var after uuid.UUID
	for {
		rows, to, err := d.toTell(ctx, after)
		if err != nil || len(rows) == 0 {
			return run, err
		}
		for _, row := range rows {
			after = row.ID
			way, there := to[row.CustomerID]
			if !there {
				run.Left++
				continue
			}
			_, err := billing.Desk{DB: d.DB}.TellOfDebt(ctx, row.ID, way.channel, way.destination)
			run.note(err)
		}
	}
}

// way is how a customer can be told.
type way struct {
	channel     notice.Channel
	destination string
}

// toTell are the next overdue invoices nobody was told of, by their ids, and how those of their customers who can be told are.
func (d Desk) toTell(ctx context.Context, after uuid.UUID) (rows []*ent.Invoice, to map[uuid.UUID]way, err error) {
	return rows, to, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err = c.Invoice.Query().Where(invoice.NoticedOnIsNil(), invoice.DueLT(calendar.OverdueBefore(d.DB.Today(ctx))), invoice.CancelledAtIsNil(), invoice.PaidAtIsNil(),
			invoice.IDGT(after)).Order(invoice.ByID()).Limit(atATime).All(ctx)
		if err != nil {
			return err
		}
		who := make([]uuid.UUID, len(rows))
		for i, row := range rows {
			who[i] = row.CustomerID
		}
		var linked []uuid.UUID
		err = c.TelegramLink.Query().Where(telegramlink.CustomerIDIn(who...), messages.Reached).Unique(true).Select(telegramlink.FieldCustomerID).Scan(ctx, &linked)
		if err != nil {
			return err
		}
		to = map[uuid.UUID]way{}
		for _, one := range linked {
			to[one] = way{notice.ChannelTelegram, billing.LinkedChat}
		}
		emails, err := emailsOf(ctx, c, who)
		for one, address := range emails { // a letter is the better proof
			to[one] = way{notice.ChannelEmail, address}
		}
		return err
	})
}

// shortestReason is how many letters a reason, or where a letter went, has at least.
const shortestReason = 5

// HandOver stores that somebody of the staff handed the notice of an overdue invoice over, on paper, and to whom: from today the days of the law
// count. It returns Invalid of destino for a text too short, the faults of billing.TellOfDebt, and Denied.
func (d Desk) HandOver(ctx context.Context, id uuid.UUID, destination string) (told *ent.Notice, err error) {
	if destination = strings.TrimSpace(destination); len([]rune(destination)) < shortestReason {
		return nil, tenants.Invalid("destino", "reason_short")
	}
	return told, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Receive); err != nil {
			return err
		}
		told, err = billing.Desk{DB: d.DB}.TellOfDebt(ctx, id, notice.ChannelLetter, destination)
		return err
	})
}
