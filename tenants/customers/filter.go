package customers

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/address"
	"enlace/ent/customer"
	"enlace/ent/customergroup"
	"enlace/ent/invoice"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
)

// Filter says which customers a list shows, and in which order. It is read from the address of the page and stands in it again.
type Filter struct {
	Query         string              // as in Search; none: all
	Status        subscription.Status // of one of their services; none: any
	Group, Origin uuid.UUID           // none: any
	Plan          uuid.UUID           // of a service that is not cancelled; none: any
	City          string              // of one of their addresses, accents and capitals or not; none: any
	Overdue       bool                // an invoice of theirs is overdue
	Inactive      bool                // those put out of use in place of the others
	ByNumber      bool                // in place of by name
	Page          int                 // from 1
}

// ReadFilter reads the filters of an address; what is none is no filter.
func ReadFilter(t tenants.Typed) Filter {
	var unread tenants.Fields
	f := Filter{Query: t.Text(&unread, "q"), Group: t.ID("grupo"), Origin: t.ID("origem"), Plan: t.ID("plano"), City: t.Text(&unread, "cidade"),
		Overdue: t.Yes("atraso"), Inactive: t.Yes("desativados"), ByNumber: t["ordem"] == "numero", Page: max(1, t.Int(&unread, "pagina", 1, 1_000_000))}
	if s := subscription.Status(t["situacao"]); subscription.StatusValidator(s) == nil {
		f.Status = s
	}
	return f
}

// Address is the filter as a query string, without the page: two filters that show the same have the same one.
func (f Filter) Address() string {
	v := url.Values{}
	set := func(name, value string, is bool) {
		if is {
			v.Set(name, value)
		}
	}
	set("q", f.Query, f.Query != "")
	set("situacao", string(f.Status), f.Status != "")
	set("grupo", f.Group.String(), f.Group != uuid.Nil)
	set("origem", f.Origin.String(), f.Origin != uuid.Nil)
	set("plano", f.Plan.String(), f.Plan != uuid.Nil)
	set("cidade", f.City, f.City != "")
	set("atraso", "sim", f.Overdue)
	set("desativados", "sim", f.Inactive)
	set("ordem", "numero", f.ByNumber)
	return v.Encode()
}

// searched says whether the list is of those whom a query means. Nobody counts them all: that would be to find them all.
func (f Filter) searched() bool { return strings.TrimSpace(f.Query) != "" }

// where narrows the list down.
func (f Filter) where(ctx context.Context, today calendar.Date) ([]predicate.Customer, error) {
	narrowed, err := f.narrowed(ctx, today)
	return append([]predicate.Customer{customer.Active(!f.Inactive)}, narrowed...), err
}

// first is where of a list that shows n: of one by name that a query alone narrows down it leaves out those who come after them.
func (f Filter) first(ctx context.Context, c *ent.Client, today calendar.Date, n int) ([]predicate.Customer, error) {
	if !f.searched() || f != (Filter{Query: f.Query, Inactive: f.Inactive, Page: f.Page}) {
		return f.where(ctx, today)
	}
	wanted, err := rarestFirst(ctx, asked(f.Query))
	if err != nil {
		return nil, err
	}
	last, err := upTo(ctx, c, wanted, n, !f.Inactive)
	return []predicate.Customer{customer.Active(!f.Inactive), meant(wanted, last)}, err
}

// IDs are the customers a filter means, those put out of use among them; of one that asks for nothing there are none.
func (f Filter) IDs(ctx context.Context, today calendar.Date) (tenants.IDs, error) {
	where, err := f.narrowed(ctx, today)
	if err != nil || where == nil {
		return nil, err
	}
	return tenants.IDsIn(customer.Table, customer.FieldID, where...), nil
}

// narrowed is what a filter asks for. A query that means nobody finds nobody.
func (f Filter) narrowed(ctx context.Context, today calendar.Date) (where []predicate.Customer, err error) {
	if f.searched() {
		wanted, err := rarestFirst(ctx, asked(f.Query))
		if err != nil {
			return nil, err
		}
		where = append(where, meant(wanted, ""))
	}
	served := func(which ...predicate.Subscription) predicate.Customer {
		return tenants.Among[predicate.Customer](customer.FieldID, tenants.IDsIn(subscription.Table, subscription.FieldCustomerID, which...))
	}
	if f.Status != "" {
		where = append(where, served(subscription.StatusEQ(f.Status)))
	}
	if f.Plan != uuid.Nil {
		where = append(where, served(subscription.PlanID(f.Plan), subscription.StatusIn(living...)))
	}
	if f.Group != uuid.Nil {
		where = append(where, tenants.Among[predicate.Customer](customer.FieldID, tenants.IDsIn(customergroup.Table, customergroup.FieldCustomerID, customergroup.GroupID(f.Group))))
	}
	if f.Origin != uuid.Nil {
		where = append(where, customer.OriginID(f.Origin))
	}
	if f.City != "" {
		where = append(where, tenants.Among[predicate.Customer](customer.FieldID, tenants.IDsIn(address.Table, address.FieldCustomerID, address.Town(Town(f.City)))))
	}
	if f.Overdue {
		where = append(where, tenants.Among[predicate.Customer](customer.FieldID, tenants.IDsIn(invoice.Table, invoice.FieldCustomerID, overdue(today)...)))
	}
	return where, nil
}

// living are the states of a service that is not cancelled: each by its name, since what is not one state is no range of an index.
var living = []subscription.Status{subscription.StatusAguardandoAssinatura, subscription.StatusAguardandoInstalacao, subscription.StatusHabilitado,
	subscription.StatusSuspensoParcial, subscription.StatusSuspensoDebito, subscription.StatusSuspensoPedido, subscription.StatusAguardandoMigracao}

// overdue are the invoices that are past their last day of grace.
func overdue(today calendar.Date) []predicate.Invoice {
	return []predicate.Invoice{invoice.CancelledAtIsNil(), invoice.PaidAtIsNil(), invoice.DueLT(calendar.OverdueBefore(today))}
}

func (f Filter) order() []customer.OrderOption {
	order := []customer.OrderOption{customer.ByName(), customer.ByNumber()}
	if f.ByNumber {
		slices.Reverse(order)
	}
	return order
}
