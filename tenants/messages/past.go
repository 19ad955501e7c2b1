package messages

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/ent/suspension"
	"enlace/ent/workorder"
)

// Past are those of several messages, by id, whose occasion is over before they are said: an invoice that was paid or cancelled, a service that is
// back, a visit that was called off. Nobody is reminded of what he has done.
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
	past = map[uuid.UUID]bool{}
	for _, row := range rows {
		if over[Kind(row.Kind)][row.AboutID] {
			past[row.ID] = true
		}
	}
	return past, nil
}

// occasions finds, by kind of message, which of the things it is about are over; what a kind that is not here tells stays true.
var occasions = map[Kind]func(ctx context.Context, c *ent.Client, about []uuid.UUID) ([]uuid.UUID, error){
	Issued: settled, DueSoon: settled, Overdue: settledNotices, Suspended: backAgain, VisitBooked: calledOff, VisitComing: calledOff,
}

// settled are those of several invoices of which nothing is to be paid.
func settled(ctx context.Context, c *ent.Client, invoices []uuid.UUID) ([]uuid.UUID, error) {
	return c.Invoice.Query().Where(invoice.IDIn(invoices...), invoice.Or(invoice.PaidAtNotNil(), invoice.CancelledAtNotNil())).IDs(ctx)
}

// settledNotices are those of several notices of debt whose invoice is settled.
func settledNotices(ctx context.Context, c *ent.Client, notices []uuid.UUID) (ids []uuid.UUID, err error) {
	rows, err := c.Notice.Query().Where(notice.IDIn(notices...)).All(ctx)
	if err != nil {
		return nil, err
	}
	invoices := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		invoices[i] = row.InvoiceID
	}
	paid, err := settled(ctx, c, invoices)
	for _, row := range rows {
		if slices.Contains(paid, row.InvoiceID) {
			ids = append(ids, row.ID)
		}
	}
	return ids, err
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
