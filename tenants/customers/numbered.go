package customers

import (
	"strconv"

	"enlace/ent/booklet"
	"enlace/ent/contract"
	"enlace/ent/customer"
	"enlace/ent/invoice"
	"enlace/ent/subscription"
	"enlace/ent/ticket"
	"enlace/tenants"
)

// numbered says whose is the customer, service, contract, carnê, invoice or protocol of a number typed alone; nobody's for anything else. Each
// number is unique and indexed where it is kept, so it needs no search word, and a new one is found at once.
func numbered(wanted []string) (ids tenants.IDs) {
	if len(wanted) != 1 {
		return nil
	}
	n, err := strconv.ParseInt(wanted[0], 10, 64)
	if err != nil { // it is a word
		return nil
	}
	for _, one := range []tenants.IDs{
		tenants.IDsIn(customer.Table, customer.FieldID, customer.Number(n)),
		tenants.IDsIn(subscription.Table, subscription.FieldCustomerID, subscription.Number(n)),
		tenants.IDsIn(contract.Table, contract.FieldCustomerID, contract.Number(n)),
		tenants.IDsIn(booklet.Table, booklet.FieldCustomerID, booklet.Number(n)),
		tenants.IDsIn(invoice.Table, invoice.FieldCustomerID, invoice.Number(n)),
		tenants.IDsIn(ticket.Table, ticket.FieldCustomerID, ticket.Protocol(wanted[0])),
	} {
		ids = append(ids, one...)
	}
	return ids
}
