package billing

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/customers"
)

// ReceivableState is where what a list shows stands.
type ReceivableState string

// The states, as the screen's address calls them. What is contested is neither overdue nor to come (product.md §4).
const (
	ReceivableOverdue   ReceivableState = "vencidas"
	ReceivableDue       ReceivableState = "abertas" // payable without late charges
	ReceivablePartly    ReceivableState = "parte"   // of those, paid in part
	ReceivableContested ReceivableState = "contestadas"
	ReceivableOpen      ReceivableState = "todas" // all of these
	ReceivablePaid      ReceivableState = "pagas" // invoices paid in this month
)

// ReceivableStates lists them in the order of the screen; the first is what a list shows that says nothing.
var ReceivableStates = []ReceivableState{ReceivableOverdue, ReceivableDue, ReceivablePartly, ReceivableContested, ReceivableOpen, ReceivablePaid}

// ReceivableFilter says which part of what is owed a list shows. It is read from the address of the page and stands in it again.
type ReceivableFilter struct {
	Query        string // number of an invoice or a charge, or whom customers.Filter means by it; none: all
	State        ReceivableState
	Bucket       Bucket    // of what is overdue, how old; none: any
	Method       uuid.UUID // of the invoice; none: any
	Loose        bool      // charges without an invoice alone, in place of Method
	Group        uuid.UUID // of the customer; none: any
	City         string    // of one of the customer's addresses; none: any
	Plan, Seller uuid.UUID // of a service that is charged for; none: any
	Descending   bool      // the latest due date first
	Page         int       // from 1

	named, among tenants.IDs // once looked up: whom Query means, and whom Group and City do; nil: anybody
}

// withoutInvoice stands in the address in place of a method.
const withoutInvoice = "sem-fatura"

// ReadReceivableFilter reads the filters of an address; what is none is no filter.
func ReadReceivableFilter(t tenants.Typed) ReceivableFilter {
	var unread tenants.Fields
	f := ReceivableFilter{Query: t.Text(&unread, "q"), State: ReceivableOverdue, Group: t.ID("grupo"), City: t.Text(&unread, "cidade"), Plan: t.ID("plano"), Seller: t.ID("vendedor"),
		Descending: t["ordem"] == "ultimas", Page: max(1, t.Int(&unread, "pagina", 1, 1_000_000))}
	if f.Loose = t["forma"] == withoutInvoice; !f.Loose {
		f.Method = t.ID("forma")
	}
	if s := ReceivableState(t["situacao"]); slices.Contains(ReceivableStates, s) {
		f.State = s
	}
	if b := Bucket(t["idade"]); f.State == ReceivableOverdue && slices.Contains(Buckets, b) {
		f.Bucket = b
	}
	return f
}

// Address is the filter as a query string, without the page: two filters that show the same have the same one.
func (f ReceivableFilter) Address() string {
	v := url.Values{}
	set := func(name, value string, is bool) {
		if is {
			v.Set(name, value)
		}
	}
	set("q", f.Query, f.Query != "")
	set("situacao", string(f.State), f.State != ReceivableOverdue)
	set("idade", string(f.Bucket), f.Bucket != "")
	set("forma", f.Method.String(), f.Method != uuid.Nil)
	set("forma", withoutInvoice, f.Loose)
	set("grupo", f.Group.String(), f.Group != uuid.Nil)
	set("cidade", f.City, f.City != "")
	set("plano", f.Plan.String(), f.Plan != uuid.Nil)
	set("vendedor", f.Seller.String(), f.Seller != uuid.Nil)
	set("ordem", "ultimas", f.Descending)
	return v.Encode()
}

// Narrow is the filter without what chooses among states and ages: what its counts are of.
func (f ReceivableFilter) Narrow() ReceivableFilter {
	f.State, f.Bucket, f.Descending, f.Page = ReceivableOverdue, "", false, 1
	return f
}

// Narrows says that the list is of a part of the ISP.
func (f ReceivableFilter) Narrows() bool { return f.Narrow().Address() != "" }

// span is between which due dates the list lies, both included; none where it does not end.
func (f ReceivableFilter) span(today calendar.Date) (from, to calendar.Date) {
	switch f.State {
	case ReceivableOverdue:
		return f.Bucket.span(today)
	case ReceivableDue, ReceivablePartly:
		return calendar.OverdueBefore(today), calendar.Date{}
	}
	return from, to
}

// within are the predicates of a span.
func within[P any](from, to calendar.Date, least, most func(calendar.Date) P) (where []P) {
	if !from.IsZero() {
		where = append(where, least(from))
	}
	if !to.IsZero() {
		where = append(where, most(to))
	}
	return where
}

// invoices are the invoices of the list.
func (f ReceivableFilter) invoices(ctx context.Context, today calendar.Date) []predicate.Invoice {
	where := append(f.narrowInvoices(), invoice.CancelledAtIsNil())
	if f.State == ReceivablePaid {
		return append(where, invoice.PaidAtGTE(monthOf(ctx, today)))
	}
	from, to := f.span(today)
	where = append(append(where, invoice.PaidAtIsNil()), within(from, to, invoice.DueGTE, invoice.DueLTE)...)
	switch f.State {
	case ReceivableOpen:
		return where
	case ReceivableContested:
		return append(where, whollyContested())
	case ReceivablePartly:
		begun := tenants.IDsIn(charge.Table, charge.FieldInvoiceID, charge.InvoiceIDNotNil(), charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.SettledGT(0))
		where = append(where, tenants.Among[predicate.Invoice](invoice.FieldID, begun))
	}
	return append(where, invoice.Not(whollyContested()))
}

// loose are the charges of the list that are on no invoice.
func (f ReceivableFilter) loose(today calendar.Date) []predicate.Charge {
	from, to := f.span(today)
	where := append(f.narrowLoose(), within(from, to, charge.DueGTE, charge.DueLTE)...)
	switch f.State {
	case ReceivableOpen:
		return where
	case ReceivableContested:
		return append(where, inContest)
	case ReceivablePartly:
		where = append(where, charge.SettledGT(0))
	}
	return append(where, charge.Not(inContest))
}

// inContest are the charges whose contest is not answered.
var inContest = charge.And(charge.ContestedAtNotNil(), charge.ContestAnsweredAtIsNil(), charge.CancelledAtIsNil())

// whollyContested are the invoices of which every charge is contested.
func whollyContested() predicate.Invoice {
	some := tenants.IDsIn(charge.Table, charge.FieldInvoiceID, charge.InvoiceIDNotNil(), inContest)
	others := tenants.IDsIn(charge.Table, charge.FieldInvoiceID, charge.CancelledAtIsNil(), charge.Not(inContest), tenants.Among[predicate.Charge](charge.FieldInvoiceID, some))
	return invoice.And(tenants.Among[predicate.Invoice](invoice.FieldID, some), invoice.Not(tenants.Among[predicate.Invoice](invoice.FieldID, others)))
}

// narrowInvoices are the invoices of the part of the ISP the list is of.
func (f ReceivableFilter) narrowInvoices() (where []predicate.Invoice) {
	if f.Loose {
		return []predicate.Invoice{invoice.IDIn()}
	}
	if f.Method != uuid.Nil {
		where = append(where, invoice.MethodID(f.Method))
	}
	if f.Query != "" {
		// Both ways by their ids: an index serves each, and none serves either the one or the other.
		found := append(tenants.IDsIn(invoice.Table, invoice.FieldID, invoice.Number(f.number())),
			tenants.IDsIn(invoice.Table, invoice.FieldID, tenants.Among[predicate.Invoice](invoice.FieldCustomerID, f.named))...)
		where = append(where, tenants.Among[predicate.Invoice](invoice.FieldID, found))
	}
	if f.among != nil {
		where = append(where, tenants.Among[predicate.Invoice](invoice.FieldCustomerID, f.among))
	}
	if services := f.services(); services != nil {
		charged := tenants.IDsIn(charge.Table, charge.FieldInvoiceID, charge.InvoiceIDNotNil(), charge.CancelledAtIsNil(), tenants.Among[predicate.Charge](charge.FieldSubscriptionID, services))
		where = append(where, tenants.Among[predicate.Invoice](invoice.FieldID, charged))
	}
	return where
}

// narrowLoose are the open charges without an invoice of the part of the ISP the list is of.
func (f ReceivableFilter) narrowLoose() []predicate.Charge {
	if f.Method != uuid.Nil || f.State == ReceivablePaid {
		return []predicate.Charge{charge.IDIn()}
	}
	where := []predicate.Charge{charge.InvoiceIDIsNil(), charge.ClosedAtIsNil(), charge.CancelledAtIsNil(), charge.AmountGT(0)}
	if f.Query != "" {
		found := append(tenants.IDsIn(charge.Table, charge.FieldID, charge.Number(f.number())),
			tenants.IDsIn(charge.Table, charge.FieldID, tenants.Among[predicate.Charge](charge.FieldCustomerID, f.named))...)
		where = append(where, tenants.Among[predicate.Charge](charge.FieldID, found))
	}
	if f.among != nil {
		where = append(where, tenants.Among[predicate.Charge](charge.FieldCustomerID, f.among))
	}
	if services := f.services(); services != nil {
		where = append(where, tenants.Among[predicate.Charge](charge.FieldSubscriptionID, services))
	}
	return where
}

// number is what was looked for as the number of a paper; 0 is none's.
func (f ReceivableFilter) number() int64 {
	n, _ := strconv.ParseInt(strings.TrimSpace(f.Query), 10, 64)
	return n
}

// lookUp finds whom the filter means, before anything is read under it.
func (f ReceivableFilter) lookUp(ctx context.Context, today calendar.Date) (ReceivableFilter, error) {
	var err error
	if f.named, err = (customers.Filter{Query: f.Query}).IDs(ctx, today); err != nil {
		return f, err
	}
	f.among, err = customers.Filter{Group: f.Group, City: f.City}.IDs(ctx, today)
	return f, err
}

// services are those of a plan, of a seller; none where the filter asks for neither.
func (f ReceivableFilter) services() tenants.IDs {
	var which []predicate.Subscription
	if f.Plan != uuid.Nil {
		which = append(which, subscription.PlanID(f.Plan))
	}
	if f.Seller != uuid.Nil {
		which = append(which, subscription.SellerID(f.Seller))
	}
	if which == nil {
		return nil
	}
	return tenants.IDsIn(subscription.Table, subscription.FieldID, which...)
}
