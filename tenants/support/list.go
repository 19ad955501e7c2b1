package support

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/predicate"
	"enlace/ent/ticket"
	"enlace/ent/user"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// PageSize is how many rows a page of a list has.
const PageSize = 50

// TicketFilter says which tickets a list shows. It is read from the address of the page and stands in it again.
type TicketFilter struct {
	Customer uuid.UUID     // whose they are; none: everybody's
	Status   ticket.Status // none: any
	Mine     bool          // with me, or a rascunho of mine
	Sector   bool          // with my sector, or with one of it
	Waiting  bool          // whose subscriber waits for a word of the office
	Late     bool          // not over although the type promised it
	Protocol string        // that begins so
	Page     int           // from 1
}

// protocolDigits is how long a protocol is: AAAANNNNNNNN.
const protocolDigits = 12

// TicketStates are the states a list is narrowed down to, in the order of the screen.
var TicketStates = []ticket.Status{ticket.StatusAguardandoAnalise, ticket.StatusPendente, ticket.StatusFinalizado, ticket.StatusRascunho}

// ReadTicketFilter reads the filters of an address; what is none is no filter.
func ReadTicketFilter(t tenants.Typed, of uuid.UUID) TicketFilter {
	var unread tenants.Fields
	f := TicketFilter{Customer: of, Mine: t["de"] == "mim", Sector: t["de"] == "setor", Late: t.Yes("atrasados"), Waiting: t.Yes("esperando"), Protocol: strings.ReplaceAll(t.Text(&unread, "q"), " ", ""),
		Page: max(1, t.Int(&unread, "pagina", 1, 1_000_000))}
	if s := ticket.Status(t["situacao"]); slices.Contains(TicketStates, s) {
		f.Status = s
	}
	return f
}

// Address is the filter as a query string, without the page: two filters that show the same have the same one.
func (f TicketFilter) Address() string {
	v := url.Values{}
	if f.Status != "" {
		v.Set("situacao", string(f.Status))
	}
	switch {
	case f.Mine:
		v.Set("de", "mim")
	case f.Sector:
		v.Set("de", "setor")
	}
	if f.Waiting {
		v.Set("esperando", "sim")
	}
	if f.Late {
		v.Set("atrasados", "sim")
	}
	if f.Protocol != "" {
		v.Set("q", f.Protocol)
	}
	return v.Encode()
}

// where is the filter without its state.
func (f TicketFilter) where(me uuid.UUID, sector *uuid.UUID, now time.Time) (all []predicate.Ticket) {
	if f.Customer != uuid.Nil {
		all = append(all, ticket.CustomerID(f.Customer))
	}
	if f.Mine {
		all = append(all, ticket.Or(ticket.AssigneeID(me), ticket.And(ticket.UserID(me), ticket.StatusEQ(ticket.StatusRascunho))))
	}
	if f.Sector && sector != nil {
		all = append(all, ticket.Or(ticket.SectorID(*sector), tenants.Among[predicate.Ticket](ticket.FieldAssigneeID, tenants.IDsIn(user.Table, user.FieldID, user.SectorID(*sector)))))
	}
	if f.Late {
		all = append(all, ticket.StatusIn(open...), ticket.DueAtLT(now))
	}
	if f.Waiting {
		all = append(all, ticket.WaitsSinceNotNil())
	}
	if f.Protocol != "" {
		missing := max(0, protocolDigits-len(f.Protocol)) // between two protocols whole: how the engine sorts what is no digit does not matter
		all = append(all, ticket.ProtocolGTE(f.Protocol+strings.Repeat("0", missing)), ticket.ProtocolLTE(f.Protocol+strings.Repeat("9", missing)))
	}
	return all
}

// Tickets is a page of the list Atendimentos, newest first, with the names of their customers.
type Tickets struct {
	Filter   TicketFilter
	Customer *ent.Customer // whose they are; nil: everybody's
	Rows     []*ent.Ticket // Owner, Type and With say more
	Counts   map[ticket.Status]int
	All      int        // whatever the state, up to tenants.Exact and one more
	Total    int        // of the state shown
	LateOnes int        // of those not over
	Waiting  int        // whose subscriber waits for a word of the office
	OfMe     int        // not over, with the person
	OfSector int        // not over, with the person's sector or somebody of it
	Sector   *uuid.UUID // where the person works; nil: nowhere in particular
}

// owned puts beside a ticket the name of its customer; Owner reads it.
var owned = tenants.Beside[predicate.Ticket]("customer", ticket.FieldCustomerID, customer.Table, customer.FieldID, customer.FieldName)

// Owner is the name of a ticket's customer.
func Owner(row *ent.Ticket) string { return tenants.Said(row, "customer") }

// Tickets reads a page of the tickets a filter shows. It returns NotFound for a customer that is not the ISP's, and Denied without Attend.
func (d Desk) Tickets(ctx context.Context, f TicketFilter) (list Tickets, err error) {
	list.Filter = f
	return list, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Attend); err != nil {
			return err
		}
		if f.Customer != uuid.Nil {
			if list.Customer, err = customerOf(ctx, c, f.Customer); err != nil {
				return err
			}
		}
		me, now := tenants.Who(ctx).ID, d.DB.Now()
		if list.Sector, err = sectorOf(ctx, c, me); err != nil {
			return err
		}
		where := f.where(me, list.Sector, now)
		if err := list.count(ctx, where, me, now); err != nil {
			return err
		}
		q := c.Ticket.Query().Where(where...)
		list.Total = list.All
		if f.Status != "" {
			q, list.Total = q.Where(ticket.StatusEQ(f.Status)), list.Counts[f.Status]
		}
		list.Rows, err = q.Where(owned).Where(called...).Order(ent.Desc(ticket.FieldOpenedAt, ticket.FieldProtocol)).Offset((f.Page - 1) * PageSize).Limit(PageSize).All(ctx)
		return err
	})
}

// count counts the list by state, in one statement.
func (list *Tickets) count(ctx context.Context, where []predicate.Ticket, me uuid.UUID, now time.Time) error {
	whose := func(mine, sector bool) tenants.Rows {
		f := list.Filter
		f.Mine, f.Sector = mine, sector
		return tenants.RowsOf(ticket.Table, append(f.where(me, list.Sector, now), ticket.StatusIn(open...))...)
	}
	sets := []tenants.Rows{tenants.RowsOf(ticket.Table, where...), tenants.RowsOf(ticket.Table, append(slices.Clone(where), ticket.StatusIn(open...), ticket.DueAtLT(now))...),
		tenants.RowsOf(ticket.Table, append(slices.Clone(where), ticket.WaitsSinceNotNil())...), whose(true, false), whose(false, true)}
	first := len(sets)
	for _, s := range TicketStates {
		sets = append(sets, tenants.RowsOf(ticket.Table, append(slices.Clone(where), ticket.StatusEQ(s))...))
	}
	counts, err := tenants.Count(ctx, tenants.Exact, sets...)
	if err != nil {
		return err
	}
	list.All, list.LateOnes, list.Waiting, list.OfMe, list.OfSector, list.Counts = counts[0], counts[1], counts[2], counts[3], counts[4], map[ticket.Status]int{}
	for i, s := range TicketStates {
		list.Counts[s] = counts[first+i]
	}
	return nil
}

// sectorOf is where somebody works, or nil.
func sectorOf(ctx context.Context, c *ent.Client, id uuid.UUID) (*uuid.UUID, error) {
	row, err := c.User.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	return row.SectorID, nil
}

// Overdue says that a ticket should be over by now and is not.
func Overdue(row *ent.Ticket, now time.Time) bool {
	return slices.Contains(open, row.Status) && row.DueAt != nil && row.DueAt.Before(now)
}

func customerOf(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Customer, error) {
	who, err := c.Customer.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return who, err
}
