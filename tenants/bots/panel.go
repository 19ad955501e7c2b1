package bots

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/contract"
	"enlace/ent/customer"
	"enlace/ent/history"
	"enlace/ent/payment"
	"enlace/ent/predicate"
	"enlace/ent/telegraminvite"
	"enlace/ent/telegramlink"
	"enlace/ent/telegrammessage"
	"enlace/ent/ticket"
	"enlace/tenants"
	"enlace/tenants/messages"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
)

// Panel is the bot as the gerente sees it.
type Panel struct {
	Username string // "" for a bot that has not said its name, or for none
	Failure  string // why it does not answer
	Face     Face
	Told     []*ent.History

	Invited int // customers with a way in: they were shown a link, have a contract or a carnê that may bear one, or came by their own card
	Linked  int // of them, those whom a chat may see now
	Heard   int // of those linked, whose chat wrote in the last Figured days
	Paid    int // of those linked, who paid by Pix in them
	Chats   int // that may see somebody
	Links   int // between a chat and a customer: a family's chat sees several, and a customer may be seen by several
	ByLink  int // of the links, those by a link shown in the office
	ByPaper int // by a printed one
	ByCard  int // by their own contact card
	Sent    int // messages unasked, in them
	Waiting int // messages whose hour has not come, or that are on the way
	Talking int // chats that talk with the office

	Failed     []*ent.TelegramMessage // the last that reached nobody; Reached says whom not
	FailedMany int
}

// Figured is how many days the figures are of.
const Figured = 30

// mostFailed is how many messages that reached nobody are shown.
const mostFailed = 20

// mostToldOfBot is how many changes of the bot are shown.
const mostToldOfBot = 20

// reached puts beside a message whom it is about; Reached reads it.
var reached = tenants.Beside[predicate.TelegramMessage]("customer", telegrammessage.FieldCustomerID, customer.Table, customer.FieldID, customer.FieldName)

// Reached is the name of a message's customer.
func Reached(row *ent.TelegramMessage) string { return tenants.Said(row, "customer") }

// Panel reads it. It returns Conflict no_bot while the ISP has none, and Denied without Configure.
func (d Desk) Panel(ctx context.Context) (p *Panel, err error) {
	return p, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		row, err := Of(ctx, c)
		if err != nil {
			return err
		}
		if row == nil {
			return tenants.Conflict("no_bot")
		}
		p = &Panel{Username: row.Username, Failure: row.Failure, Face: FaceOf(row)}
		if p.Told, err = c.History.Query().Where(history.Subject("telegram_bot"), history.SubjectID(row.ID)).Order(ent.Desc(history.FieldAt, history.FieldID)).Limit(mostToldOfBot).All(ctx); err != nil {
			return err
		}
		if err := d.figures(ctx, c, p); err != nil {
			return err
		}
		p.Failed, err = c.TelegramMessage.Query().Where(telegrammessage.StatusEQ(telegrammessage.StatusFailed), reached).
			Order(ent.Desc(telegrammessage.FieldCreatedAt, telegrammessage.FieldID)).Limit(mostFailed).All(ctx)
		return err
	})
}

// figures counts.
func (d Desk) figures(ctx context.Context, c *ent.Client, p *Panel) error {
	had := d.DB.Now() // since when papers bear a link
	first, err := c.History.Query().Where(history.Subject("telegram_bot"), history.Event("bot_set")).Order(history.ByAt()).First(ctx)
	switch {
	case err == nil:
		had = first.At
	case !ent.IsNotFound(err):
		return err
	}
	since, now := d.DB.Now().AddDate(0, 0, -Figured), d.DB.Now()
	of := func(which ...tenants.IDs) tenants.Rows {
		var all []predicate.Customer
		for _, ids := range which {
			all = append(all, tenants.Among[predicate.Customer](customer.FieldID, ids))
		}
		return tenants.RowsOf(customer.Table, all...)
	}
	linked := tenants.IDsIn(telegramlink.Table, telegramlink.FieldCustomerID, telegramlink.EndedAtIsNil())
	by := func(way telegramlink.Way) tenants.Rows {
		return tenants.RowsOf(telegramlink.Table, telegramlink.EndedAtIsNil(), telegramlink.WayEQ(way))
	}
	ways := slices.Concat(tenants.IDsIn[predicate.TelegramInvite](telegraminvite.Table, telegraminvite.FieldCustomerID),
		tenants.IDsIn[predicate.TelegramLink](telegramlink.Table, telegramlink.FieldCustomerID),
		tenants.IDsIn(contract.Table, contract.FieldCustomerID, contract.IssuedAtGTE(had)), tenants.IDsIn(booklet.Table, booklet.FieldCustomerID, booklet.IssuedAtGTE(had)))
	counts, err := tenants.Count(ctx, tenants.Exact,
		of(ways),
		of(linked),
		of(tenants.IDsIn(telegramlink.Table, telegramlink.FieldCustomerID, telegramlink.EndedAtIsNil(), telegramlink.HeardOnGTE(d.DB.Today(ctx).AddDays(-Figured)))),
		of(linked, tenants.IDsIn(payment.Table, payment.FieldCustomerID, payment.SourceEQ(payment.SourcePix), payment.ReceivedAtGTE(since))),
		by(telegramlink.WayShown), by(telegramlink.WayPrinted), by(telegramlink.WayPhone),
		tenants.RowsOf(telegrammessage.Table, telegrammessage.StatusEQ(telegrammessage.StatusSent), telegrammessage.CreatedAtGTE(since)),
		tenants.RowsOf(telegrammessage.Table, telegrammessage.StatusEQ(telegrammessage.StatusWaiting)),
		tenants.RowsOf(telegrammessage.Table, telegrammessage.StatusEQ(telegrammessage.StatusFailed)),
		tenants.RowsOf(ticket.Table, ticket.TalkChatNotNil(), ticket.TalkUntilGT(now)),
	)
	if err != nil {
		return err
	}
	for i, into := range []*int{&p.Invited, &p.Linked, &p.Heard, &p.Paid, &p.ByLink, &p.ByPaper, &p.ByCard, &p.Sent, &p.Waiting, &p.FailedMany, &p.Talking} {
		*into = counts[i]
	}
	p.Links = p.ByLink + p.ByPaper + p.ByCard
	p.Chats, err = c.TelegramLink.Query().Where(telegramlink.EndedAtIsNil()).Unique(true).Select(telegramlink.FieldChatID).Count(ctx)
	return err
}

// Retry has a message that reached nobody said again, now; one that is on its way by now is left alone. It returns NotFound, and Denied without
// Configure.
func (d Desk) Retry(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		now := d.DB.Now()
		again, err := c.TelegramMessage.Update().Where(telegrammessage.ID(id), telegrammessage.StatusEQ(telegrammessage.StatusFailed)).
			SetStatus(telegrammessage.StatusWaiting).ClearBundleID().SetDueAt(now).Save(ctx)
		if err != nil {
			return err
		}
		if again == 0 {
			there, err := c.TelegramMessage.Query().Where(telegrammessage.ID(id)).Exist(ctx)
			if err == nil && !there {
				err = tenants.NotFound()
			}
			return err
		}
		return outbox.Add(ctx, c, now, outbox.Job{Kind: messages.Say, Payload: map[string]string{"message": id.String()}})
	})
}
