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
	"enlace/ent/workorder"
	"enlace/tenants"
)

// numbered says whose is the customer, service, contract, carnê, invoice or protocol of a number typed alone; nobody's for anything else. Each
// number is unique and indexed where it is kept, so it needs no search word, and a new one is found at once.
func numbered(wanted []string) (ids tenants.IDs) {
	n, typed := number(wanted)
	if !typed {
		return nil
	}
	for _, one := range []tenants.IDs{
		tenants.IDsIn(customer.Table, customer.FieldID, customer.Number(n)),
		tenants.IDsIn(subscription.Table, subscription.FieldCustomerID, subscription.Number(n)),
		tenants.IDsIn(contract.Table, contract.FieldCustomerID, contract.Number(n)),
		tenants.IDsIn(booklet.Table, booklet.FieldCustomerID, booklet.Number(n)),
		tenants.IDsIn(invoice.Table, invoice.FieldCustomerID, invoice.Number(n)),
		tenants.IDsIn(ticket.Table, ticket.FieldCustomerID, ticket.Protocol(wanted[0])),
		tenants.IDsIn(workorder.Table, workorder.FieldCustomerID, workorder.Number(n)),
	} {
		ids = append(ids, one...)
	}
	return ids
}

// number is a number typed alone.
func number(wanted []string) (int64, bool) {
	if len(wanted) != 1 {
		return 0, false
	}
	n, err := strconv.ParseInt(wanted[0], 10, 64)
	return n, err == nil
}

// PaperKind is what a number may be the number of, beside a customer.
type PaperKind string

// The kinds of what is found by its number.
const (
	PaperInvoice   PaperKind = "invoice"
	PaperBooklet   PaperKind = "booklet"
	PaperContract  PaperKind = "contract"
	PaperService   PaperKind = "service"
	PaperTicket    PaperKind = "ticket"
	PaperWorkOrder PaperKind = "work_order"
)

// Paper is what has the number that was typed, and the name of the customer it belongs to.
type Paper struct {
	Kind   PaperKind
	ID     uuid.UUID
	Number string
	Name   string
}

// papers finds what has a number typed alone: whoever types an invoice's wants the invoice, and is one step from it.
func papers(ctx context.Context, c *ent.Client, query string) (found []Paper, err error) {
	wanted := asked(query)
	n, typed := number(wanted)
	if !typed {
		return nil, nil
	}
	kinds := []PaperKind{PaperInvoice, PaperBooklet, PaperContract, PaperService, PaperTicket, PaperWorkOrder}
	owned, err := tenants.Owners(ctx, tenants.RowsOf(invoice.Table, invoice.Number(n)), tenants.RowsOf(booklet.Table, booklet.Number(n)),
		tenants.RowsOf(contract.Table, contract.Number(n)), tenants.RowsOf(subscription.Table, subscription.Number(n)),
		tenants.RowsOf(ticket.Table, ticket.Protocol(wanted[0])), tenants.RowsOf(workorder.Table, workorder.Number(n)))
	if err != nil {
		return nil, err
	}
	var ids []uuid.UUID
	for _, of := range owned {
		for _, one := range of {
			ids = append(ids, one.CustomerID)
		}
	}
	names := map[uuid.UUID]string{}
	people, err := c.Customer.Query().Where(customer.IDIn(ids...)).Select(customer.FieldID, customer.FieldName).All(ctx)
	for _, who := range people {
		names[who.ID] = who.Name
	}
	for i, of := range owned {
		for _, one := range of {
			found = append(found, Paper{kinds[i], one.ID, wanted[0], names[one.CustomerID]})
		}
	}
	return found, err
}
