package network

import (
	"context"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/connection"
	"enlace/ent/customer"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/transfer"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Trace asks who had an address at an instant, as an order of a court does (Lei 12.965/2014, art. 10).
type Trace struct {
	Address netip.Addr // as the world saw it, or behind CGNAT the private one
	Port    int        // of the public side of CGNAT; 0: not known
	At      time.Time
	Reason  string // the order, the request
}

// shortestReason is how many letters a reason has at least.
const shortestReason = 5

// ReadTrace reads its form: endereco, porta, data and hora (hh:mm or hh:mm:ss) in the ISP's zone, motivo.
func ReadTrace(t tenants.Typed, zone *time.Location, wrong *tenants.Fields) Trace {
	in := Trace{Port: t.Int(wrong, "porta", 0, 65535), Reason: t.Lines(wrong, "motivo")}
	var err error
	if in.Address, err = netip.ParseAddr(strings.TrimSpace(t["endereco"])); err != nil || in.Address.Zone() != "" {
		wrong.Add("endereco", "address_shape")
	}
	in.Address = in.Address.Unmap()
	day, clock := t.RequiredDate(wrong, "data"), strings.TrimSpace(t["hora"])
	if len(clock) == len("15:04") {
		clock += ":00"
	}
	hour, err := time.Parse("15:04:05", clock)
	if err != nil {
		wrong.Add("hora", "hour_shape")
	}
	in.At = day.At(hour.Hour(), hour.Minute(), zone).Add(time.Duration(hour.Second()) * time.Second)
	if len([]rune(in.Reason)) < shortestReason {
		wrong.Add("motivo", "reason_short")
	}
	return in
}

// Holder is one who had the address: several when a CGNAT shares it and no port is named.
type Holder struct {
	Session      *ent.Connection
	Customer     *ent.Customer     // the holder of the service at the time; nil for a login of nobody
	Subscription *ent.Subscription // likewise
	NAS          string
	Perhaps      bool // nobody told the end of the session, and the instant is after its last report
}

// mostHolders is how many are told; of more, a port tells one.
const mostHolders = 100

// WhoHad finds who had an address at an instant, and writes into the history of each that it was asked, by whom and why. It returns Denied
// without the permission to trace.
func (d Desk) WhoHad(ctx context.Context, in Trace) (holders []Holder, err error) {
	return holders, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Trace); err != nil {
			return err
		}
		ran := connection.Or(connection.EndedAtIsNil(), connection.EndedAtGTE(in.At), connection.And(connection.Cause(Lost), connection.EndedAtGTE(in.At.Add(-reportful))))
		var found []*ent.Connection
		for _, had := range in.had() {
			some, err := c.Connection.Query().Where(had, connection.StartedAtLTE(in.At), ran).
				Order(ent.Desc(connection.FieldStartedAt)).Limit(mostHolders - len(found)).All(ctx)
			if err != nil {
				return err
			}
			found = append(found, some...)
		}
		if holders, err = in.holdersOf(ctx, c, found); err != nil {
			return err
		}
		return d.note(ctx, c, in, holders)
	})
}

// MayTrace returns Denied without the permission to trace.
func (d Desk) MayTrace(ctx context.Context) error {
	return d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { return staff.Require(ctx, c, staff.Trace) })
}

// had are the ways of having an address, each with an index of its own: no query has to choose between two.
func (in Trace) had() []predicate.Connection {
	text := in.Address.String()
	if in.Address.Is4() {
		shared := connection.PublicIP(text)
		if in.Port > 0 {
			shared = connection.And(shared, connection.PortFromLTE(in.Port), connection.PortToGTE(in.Port))
		}
		return []predicate.Connection{connection.Ipv4(text), shared}
	}
	var around []string // a session has a prefix: the address is in one of these
	for _, bits := range []int{32, 36, 40, 44, 48, 52, 56, 57, 58, 59, 60, 61, 62, 63, 64, 80, 96, 112, 120, 124, 126, 127, 128} {
		around = append(around, netip.PrefixFrom(in.Address, bits).Masked().String())
	}
	return []predicate.Connection{connection.Ipv6In(around...), connection.Ipv6DelegatedIn(around...)}
}

// holdersOf says whose the sessions were, those that are certain first. One whose end nobody told may have gone on until its next report was due.
func (in Trace) holdersOf(ctx context.Context, c *ent.Client, found []*ent.Connection) ([]Holder, error) {
	if len(found) == 0 {
		return nil, nil
	}
	all, err := c.Nas.Query().All(ctx)
	if err != nil {
		return nil, err
	}
	equipment := map[uuid.UUID]*ent.Nas{}
	for _, n := range all {
		equipment[n.ID] = n
	}
	var certain, perhaps []Holder
	for _, s := range found {
		h := Holder{Session: s, NAS: equipment[s.NasID].Name}
		switch {
		case s.EndedAt == nil || !s.EndedAt.Before(in.At):
			certain = append(certain, h)
		case !in.At.After(s.EndedAt.Add(unheard(s, equipment[s.NasID]))):
			h.Perhaps = true
			perhaps = append(perhaps, h)
		}
	}
	holders := append(certain, perhaps...)
	return holders, in.name(ctx, c, holders)
}

// turn is that a service came to another holder.
type turn struct {
	service, to uuid.UUID
	at          time.Time
}

// turnsOf are those of services until an instant, in their order.
func turnsOf(ctx context.Context, c *ent.Client, services []uuid.UUID, until time.Time) (all []turn, err error) {
	handed, err := c.Transfer.Query().Where(transfer.SubscriptionIDIn(services...), transfer.DoneAtLTE(until)).All(ctx)
	for _, t := range handed {
		if all = append(all, turn{t.SubscriptionID, t.ToID, *t.DoneAt}); t.UndoneAt != nil && !t.UndoneAt.After(until) {
			all = append(all, turn{t.SubscriptionID, t.FromID, *t.UndoneAt})
		}
	}
	slices.SortFunc(all, func(a, b turn) int { return a.at.Compare(b.at) })
	return all, err
}

// name puts to each session its service, and who held that at the instant: one that came to another while the session ran was the other's from then on.
func (in Trace) name(ctx context.Context, c *ent.Client, holders []Holder) error {
	var services, people []uuid.UUID
	for _, h := range holders {
		if h.Session.SubscriptionID != nil {
			services = append(services, *h.Session.SubscriptionID)
		}
	}
	turns, err := turnsOf(ctx, c, services, in.At)
	if err != nil {
		return err
	}
	for i, h := range holders {
		who := h.Session.CustomerID
		for _, t := range turns {
			if h.Session.SubscriptionID != nil && t.service == *h.Session.SubscriptionID && t.at.After(h.Session.StartedAt) {
				who = &t.to
			}
		}
		if who != nil {
			holders[i].Customer, people = &ent.Customer{ID: *who}, append(people, *who)
		}
	}
	who, err := c.Customer.Query().Where(customer.IDIn(people...)).All(ctx)
	if err != nil {
		return err
	}
	what, err := c.Subscription.Query().Where(subscription.IDIn(services...)).All(ctx)
	for i := range holders {
		h := &holders[i]
		for _, one := range who {
			if h.Customer != nil && one.ID == h.Customer.ID {
				h.Customer = one
			}
		}
		for _, one := range what {
			if h.Session.SubscriptionID != nil && one.ID == *h.Session.SubscriptionID {
				h.Subscription = one
			}
		}
	}
	return err
}

// note writes who asked, and why, into the history of whom it was about; of nobody, into the ISP's own.
func (d Desk) note(ctx context.Context, c *ent.Client, in Trace, holders []Holder) error {
	isp, _ := tenants.From(ctx)
	asked := map[string]any{"address": in.Address.String(), "at": in.At.In(isp.Zone).Format("02/01/2006 às 15:04:05"), "found": len(holders)}
	if in.Port > 0 {
		asked["port"] = strconv.Itoa(in.Port)
	}
	var told []history.Entry
	seen := map[uuid.UUID]bool{}
	for _, h := range holders {
		if h.Customer != nil && !seen[h.Customer.ID] {
			seen[h.Customer.ID] = true
			told = append(told, history.Entry{Customer: h.Customer.ID, Subject: "customer", ID: h.Customer.ID, Event: "address_traced", Reason: in.Reason, After: asked})
		}
	}
	if len(told) == 0 {
		told = append(told, history.Entry{Subject: "network", ID: isp.ID, Event: "address_traced", Reason: in.Reason, After: asked})
	}
	return history.WriteAll(ctx, c, d.DB.Now(), told)
}
