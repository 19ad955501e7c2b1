package dunning

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/email"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/ent/predicate"
	"enlace/ent/telegramlink"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/messages"
	"enlace/tenants/staff"
)

// TellAll tells of every overdue invoice that nobody was told of: by e-mail, or by the bot to who has a linked chat and no address, or one from which a
// letter of this invoice came back. Without a chat that address is tried again, since a server may only have been down, but not for ever. Who can be
// told by neither is left to a letter on paper, which somebody hands over.
func (d Desk) TellAll(ctx context.Context) (run Run, err error) {
	var after uuid.UUID
	for {
		rows, to, err := d.toTell(ctx, after)
		if err != nil || len(rows) == 0 {
			return run, err
		}
		for _, row := range rows {
			after = row.ID
			way, there := to[row.ID]
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

// mostLetters is how many letters that tell of one invoice may come back from one address before it is given up.
const mostLetters = 3

// toTell are the next overdue invoices nobody was told of, by their ids, and how their customers are told of those of which they can be.
func (d Desk) toTell(ctx context.Context, after uuid.UUID) (rows []*ent.Invoice, to map[uuid.UUID]way, err error) {
	return rows, to, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err = c.Invoice.Query().Where(invoice.NoticedOnIsNil(), invoice.DueLT(calendar.OverdueBefore(d.DB.Today(ctx))), invoice.CancelledAtIsNil(), invoice.PaidAtIsNil(),
			invoice.IDGT(after)).Order(invoice.ByID()).Limit(atATime).All(ctx)
		if err != nil {
			return err
		}
		ids, who := make([]uuid.UUID, len(rows)), make([]uuid.UUID, len(rows))
		for i, row := range rows {
			ids[i], who[i] = row.ID, row.CustomerID
		}
		var linked []uuid.UUID
		err = c.TelegramLink.Query().Where(telegramlink.CustomerIDIn(who...), messages.Reached).Unique(true).Select(telegramlink.FieldCustomerID).Scan(ctx, &linked)
		if err != nil {
			return err
		}
		emails, err := emailsOf(ctx, c, who)
		if err != nil {
			return err
		}
		cameBack, err := c.Notice.Query().Where(notice.InvoiceIDIn(ids...), failed).All(ctx)
		to = map[uuid.UUID]way{}
		for _, row := range rows {
			address, chat, back := emails[row.CustomerID], slices.Contains(linked, row.CustomerID), 0
			for _, one := range cameBack {
				if one.InvoiceID == row.ID && one.Destination == address {
					back++
				}
			}
			switch {
			case address != "" && (back == 0 || back < mostLetters && !chat): // a letter is the better proof
				to[row.ID] = way{notice.ChannelEmail, address}
			case chat:
				to[row.ID] = way{notice.ChannelTelegram, billing.LinkedChat}
			}
		}
		return err
	})
}

// failed are the notices whose letter came back.
var failed = tenants.Looked[predicate.Notice](notice.FieldEmailID, email.Table, email.FieldID, email.StatusEQ(email.StatusFailed))

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
