package messages

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/ent/suspension"
	"enlace/ent/telegrammessage"
	"enlace/ent/workorder"
	"enlace/tenants/mail"
)

// Past are those of several messages, by id, whose occasion is over before they are said: an invoice that was paid, cancelled or contested, a service that
// is back, a visit that was called off or booked anew. Nobody is reminded of what he has done, nor told of what is no more.
func Past(ctx context.Context, c *ent.Client, rows []*ent.TelegramMessage) (past map[uuid.UUID]bool, err error) {
	about := map[Kind][]uuid.UUID{}
	for _, row := range rows {
		about[Kind(row.Kind)] = append(about[Kind(row.Kind)], row.AboutID)
	}
	over := map[Kind]map[uuid.UUID]bool{}
	for kind, things := range about {
		if ended := occasions[kind]; ended != nil {
			ids, err := ended(ctx, c, things)
			if err != nil {
				return nil, err
			}
			over[kind] = map[uuid.UUID]bool{}
			for _, id := range ids {
				over[kind][id] = true
			}
		}
	}
	if past, err = toldAnew(ctx, c, rows); err != nil {
		return nil, err
	}
	for _, row := range rows {
		if over[Kind(row.Kind)][row.AboutID] {
			past[row.ID] = true
		}
	}
	return past, nil
}

// occasions finds, by kind of message, which of the things it is about are over; what a kind that is not here tells stays true.
var occasions = map[Kind]func(ctx context.Context, c *ent.Client, about []uuid.UUID) ([]uuid.UUID, error){
	Issued: notDue, DueSoon: notDue, Overdue: settledNotices, Suspended: backAgain, VisitBooked: calledOff, VisitComing: calledOff,
}

// renewed are the kinds of which the newest message about a thing says all that is true of it.
var renewed = []Kind{VisitBooked, Down}

// toldAnew are those of several messages after which the same chat is, or was, told anew of the same thing.
func toldAnew(ctx context.Context, c *ent.Client, rows []*ent.TelegramMessage) (map[uuid.UUID]bool, error) {
	var about []uuid.UUID
	for _, row := range rows {
		if slices.Contains(renewed, Kind(row.Kind)) {
			about = append(about, row.AboutID)
		}
	}
	past := map[uuid.UUID]bool{}
	if len(about) == 0 {
		return past, nil
	}
	newer, err := c.TelegramMessage.Query().Where(telegrammessage.AboutIDIn(about...)).All(ctx)
	for _, row := range rows {
		past[row.ID] = slices.Contains(renewed, Kind(row.Kind)) && slices.ContainsFunc(newer, func(other *ent.TelegramMessage) bool {
			return other.ChatID == row.ChatID && other.CustomerID == row.CustomerID && other.Kind == row.Kind && other.AboutID == row.AboutID && other.CreatedAt.After(row.CreatedAt)
		})
	}
	maps.DeleteFunc(past, func(_ uuid.UUID, is bool) bool { return !is })
	return past, err
}

// Read withdraws what a chat was still to be told of a thing, and has read meanwhile where the bot shows it: the messages of a kind kept since an instant.
func Read(ctx context.Context, c *ent.Client, chat int64, kind Kind, about uuid.UUID, since time.Time) error {
	return c.TelegramMessage.Update().Where(telegrammessage.ChatID(chat), telegrammessage.Kind(string(kind)), telegrammessage.AboutID(about), telegrammessage.CreatedAtGTE(since),
		telegrammessage.StatusEQ(telegrammessage.StatusWaiting)).SetStatus(telegrammessage.StatusWithdrawn).SetError("").Exec(ctx)
}

// notDue are those of several invoices of which nothing is to be paid, or not what was to be: while a part of it is contested, amount and codes are others.
func notDue(ctx context.Context, c *ent.Client, invoices []uuid.UUID) ([]uuid.UUID, error) {
	gone, err := settled(ctx, c, invoices)
	if err != nil {
		return nil, err
	}
	held, err := c.Charge.Query().Where(charge.InvoiceIDIn(invoices...), contested).All(ctx)
	for _, row := range held {
		gone = append(gone, *row.InvoiceID)
	}
	return gone, err
}

// contested is that a charge waits for the answer to its contest.
var contested = charge.And(charge.ContestedAtNotNil(), charge.ContestAnsweredAtIsNil(), charge.CancelledAtIsNil())

// settled are those of several invoices of which nothing is to be paid.
func settled(ctx context.Context, c *ent.Client, invoices []uuid.UUID) ([]uuid.UUID, error) {
	return c.Invoice.Query().Where(invoice.IDIn(invoices...), invoice.Or(invoice.PaidAtNotNil(), invoice.CancelledAtNotNil())).IDs(ctx)
}

// settledNotices are those of several notices of debt whose invoice is not due as they say it.
func settledNotices(ctx context.Context, c *ent.Client, notices []uuid.UUID) (ids []uuid.UUID, err error) {
	rows, err := c.Notice.Query().Where(notice.IDIn(notices...)).All(ctx)
	if err != nil {
		return nil, err
	}
	invoices := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		invoices[i] = row.InvoiceID
	}
	paid, err := notDue(ctx, c, invoices)
	for _, row := range rows {
		if slices.Contains(paid, row.InvoiceID) {
			ids = append(ids, row.ID)
		}
	}
	return ids, err
}

// TellAnew has the invoices told of again whose notices of debt, of several messages that are withdrawn or have failed, no chat was told, nor is one still to be.
func TellAnew(ctx context.Context, c *ent.Client, unsaid []*ent.TelegramMessage) error {
	var about []uuid.UUID
	for _, row := range unsaid {
		if Kind(row.Kind) == Overdue {
			about = append(about, row.AboutID)
		}
	}
	if len(about) == 0 {
		return nil
	}
	rows, err := c.Notice.Query().Where(notice.IDIn(about...), notice.ChannelEQ(notice.ChannelTelegram)).All(ctx)
	if err != nil {
		return err
	}
	others, err := c.TelegramMessage.Query().Where(telegrammessage.AboutIDIn(about...), telegrammessage.StatusIn(telegrammessage.StatusSent, telegrammessage.StatusWaiting)).All(ctx)
	if err != nil {
		return err
	}
	return mail.Untold(ctx, c, slices.DeleteFunc(rows, func(row *ent.Notice) bool {
		return slices.ContainsFunc(others, func(one *ent.TelegramMessage) bool { return one.AboutID == row.ID })
	}))
}

// backAgain are those of several services whose last suspension has ended.
func backAgain(ctx context.Context, c *ent.Client, services []uuid.UUID) (ids []uuid.UUID, err error) {
	rows, err := c.Suspension.Query().Where(suspension.SubscriptionIDIn(services...)).Order(suspension.ByAt()).All(ctx)
	ended := map[uuid.UUID]bool{}
	for _, row := range rows {
		ended[row.SubscriptionID] = row.EndedAt != nil
	}
	for id, is := range ended {
		if is {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// calledOff are those of several visits to which nobody comes.
func calledOff(ctx context.Context, c *ent.Client, visits []uuid.UUID) ([]uuid.UUID, error) {
	return c.WorkOrder.Query().Where(workorder.IDIn(visits...), workorder.StatusEQ(workorder.StatusCancelada)).IDs(ctx)
}
