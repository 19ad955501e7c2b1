package collection

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/ent/pixreceipt"
	"enlace/ent/predicate"
	"enlace/tenants"
)

// ReceivedStatuses are what becomes of a Pix, what somebody has to look at first.
var ReceivedStatuses = []pixreceipt.Status{pixreceipt.StatusStranger, pixreceipt.StatusUnknown, pixreceipt.StatusTold, pixreceipt.StatusSettled, pixreceipt.StatusReturned}

// PixReceived is a Pix that a PSP told of, with the invoice it paid.
type PixReceived struct {
	*ent.PixReceipt
	Paid
}

// Received is a page of them, the newest first.
type Received struct {
	Rows   []PixReceived
	Counts map[pixreceipt.Status]int // each up to tenants.Exact and one more
	Total  int                       // under the filter, counted as far
}

// Received reads a page; status "" is any. It returns Denied without the permission to receive.
func (d Desk) Received(ctx context.Context, status pixreceipt.Status, page int) (r Received, err error) {
	return r, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		var which []predicate.PixReceipt
		if status != "" {
			which = append(which, pixreceipt.StatusEQ(status))
		}
		sets := []tenants.Rows{tenants.RowsOf(pixreceipt.Table, which...)}
		for _, one := range ReceivedStatuses {
			sets = append(sets, tenants.RowsOf(pixreceipt.Table, pixreceipt.StatusEQ(one)))
		}
		counts, err := tenants.Count(ctx, max(tenants.Exact, page*PageSize), sets...)
		if err != nil {
			return err
		}
		r.Total, r.Counts = counts[0], map[pixreceipt.Status]int{}
		for i, one := range ReceivedStatuses {
			r.Counts[one] = counts[1+i]
		}
		rows, err := c.PixReceipt.Query().Where(which...).Order(ent.Desc(pixreceipt.FieldToldAt, pixreceipt.FieldID)).Offset((max(1, page) - 1) * PageSize).Limit(PageSize).All(ctx)
		if err != nil {
			return err
		}
		r.Rows, err = receipts(ctx, c, rows...)
		return err
	})
}

// Receipt reads one Pix. It returns NotFound for one that is not the ISP's, and Denied.
func (d Desk) Receipt(ctx context.Context, id uuid.UUID) (one PixReceived, err error) {
	return one, d.look(ctx, func(ctx context.Context, c *ent.Client) error {
		row, err := receiptOf(ctx, c, id)
		if err != nil {
			return err
		}
		all, err := receipts(ctx, c, row)
		if err == nil {
			one = all[0]
		}
		return err
	})
}

func receiptOf(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.PixReceipt, error) {
	row, err := c.PixReceipt.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return row, err
}

// held puts beside an invoice whose it is.
var held = tenants.Beside[predicate.Invoice]("holder", invoice.FieldCustomerID, customer.Table, customer.FieldID, customer.FieldName)

// receipts puts beside each Pix the invoice that it paid.
func receipts(ctx context.Context, c *ent.Client, rows ...*ent.PixReceipt) ([]PixReceived, error) {
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i] = row.EndToEnd
	}
	by, err := paidBy(ctx, c, payment.SourcePix, names...)
	all := make([]PixReceived, len(rows))
	for i, row := range rows {
		all[i] = PixReceived{row, by[row.EndToEnd]}
	}
	return all, err
}
