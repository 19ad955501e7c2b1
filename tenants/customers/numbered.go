package customers

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/booklet"
	"enlace/ent/contract"
	"enlace/ent/customer"
	"enlace/ent/invoice"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
)

// byNumber finds whose is the customer, service, contract, carnê, invoice or protocol of a number typed alone. Each number is unique and
// indexed where it is kept, so it needs no search word, and a new one is found at once.
func byNumber(ctx context.Context, c *ent.Client, wanted []string) (ids []uuid.UUID, err error) {
	if len(wanted) != 1 {
		return nil, nil
	}
	n, err := strconv.ParseInt(wanted[0], 10, 64)
	if err != nil { // it is a word
		return nil, nil
	}
	for _, scan := range []func(*[]uuid.UUID) error{
		func(to *[]uuid.UUID) error {
			return c.Customer.Query().Where(customer.Number(n)).Select(customer.FieldID).Scan(ctx, to)
		},
		func(to *[]uuid.UUID) error {
			return c.Subscription.Query().Where(subscription.Number(n)).Select(subscription.FieldCustomerID).Scan(ctx, to)
		},
		func(to *[]uuid.UUID) error {
			return c.Contract.Query().Where(contract.Number(n)).Select(contract.FieldCustomerID).Scan(ctx, to)
		},
		func(to *[]uuid.UUID) error {
			return c.Booklet.Query().Where(booklet.Number(n)).Select(booklet.FieldCustomerID).Scan(ctx, to)
		},
		func(to *[]uuid.UUID) error {
			return c.Invoice.Query().Where(invoice.Number(n)).Select(invoice.FieldCustomerID).Scan(ctx, to)
		},
		func(to *[]uuid.UUID) error {
			return c.Ticket.Query().Where(ticket.Protocol(wanted[0])).Select(ticket.FieldCustomerID).Scan(ctx, to)
		},
	} {
		var found []uuid.UUID
		if err := scan(&found); err != nil {
			return nil, err
		}
		ids = append(ids, found...)
	}
	return ids, nil
}
