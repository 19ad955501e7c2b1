package outages

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/nas"
	"enlace/ent/outage"
	"enlace/ent/plan"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/telegramlink"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/messages"
	"enlace/tenants/numbers"
	"enlace/tenants/staff"
)

// NewOutage is an outage asked for: what has no line, since when, and what subscribers read of it.
type NewOutage struct {
	Kind     outage.Kind
	City     string // of a place
	District string // of a place; none: the whole city
	NAS      uuid.UUID
	List     string // customers by number, CPF or CNPJ, and services by login, one a line
	Title    string
	Began    time.Time
	Shown    string // what the preview showed; none: nothing was shown
	Key      string // of the form
}

// longestBefore is how long ago an outage may have begun that is noted now.
const longestBefore = 30 * 24 * time.Hour

// ReadNewOutage reads the form of an outage. Began is now where nothing is typed.
func ReadNewOutage(t tenants.Typed, now time.Time, zone *time.Location, wrong *tenants.Fields) NewOutage {
	in := NewOutage{Kind: outage.Kind(t.Choice(wrong, "alcance", string(Kinds[0]), string(Kinds[1]), string(Kinds[2]))), Title: t.Required(wrong, "titulo"), Shown: t["previa"], Key: t["chave"]}
	switch in.Kind {
	case outage.KindPlace:
		in.City, in.District = t.Required(wrong, "cidade"), t.Text(wrong, "bairro")
	case outage.KindNas:
		in.NAS = t.RequiredID(wrong, "concentrador")
	case outage.KindList:
		if in.List = t.Long(wrong, "lista", 200_000); in.List == "" {
			wrong.Add("lista", "required")
		}
	}
	in.Began = readInstant(t, "dia", "hora", now, zone, wrong)
	if in.Began.Before(now.Add(-longestBefore)) {
		wrong.Add("dia", "outage_long_ago")
	}
	return in
}

// readInstant reads a day and an hour, now where neither is typed; what is to come is a fault.
func readInstant(t tenants.Typed, dayField, hourField string, now time.Time, zone *time.Location, wrong *tenants.Fields) time.Time {
	day, hour := t.Date(wrong, dayField), t.Text(wrong, hourField)
	if day.IsZero() && hour == "" {
		return now
	}
	if day.IsZero() {
		day = calendar.Of(now.In(zone))
	}
	at, err := time.Parse("15:04", hour)
	if err != nil {
		wrong.Add(hourField, "hour")
		return now
	}
	instant := day.At(at.Hour(), at.Minute(), zone)
	if instant.After(now) {
		wrong.Add(hourField, "outage_to_come")
	}
	return instant
}

// Found is what an outage would take down: exactly what opening it would note.
type Found struct {
	Services  []*ent.Subscription // the first of them; Owner and Plan say more
	Count     int
	Customers int
	Linked    int // customers whom the bot can tell
}

// Seen says what a preview showed.
func (f Found) Seen() string { return fmt.Sprintf("%d/%d", f.Count, f.Customers) }

// PageSize is how many rows a page shows, PreviewSize how many a preview: few enough that what follows from it stands beside them.
const PageSize, PreviewSize = 50, 8

// owned and planned put beside a service whose it is and what; Owner and Plan read them.
var (
	owned   = tenants.Beside[predicate.Subscription]("owner", subscription.FieldCustomerID, customer.Table, customer.FieldID, customer.FieldName)
	planned = tenants.Beside[predicate.Subscription]("plan", subscription.FieldPlanID, plan.Table, plan.FieldID, plan.FieldName)
)

// Owner is the name of a service's holder, Plan that of its plan.
func Owner(sub *ent.Subscription) string { return tenants.Said(sub, "owner") }

// Plan is the name of a service's plan.
func Plan(sub *ent.Subscription) string { return tenants.Said(sub, "plan") }

// Preview finds the services of an outage without noting anything. It returns the faults of Open.
func (d Desk) Preview(ctx context.Context, in NewOutage) (f *Found, err error) {
	return f, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Outages); err != nil {
			return err
		}
		subs, err := d.find(ctx, c, in)
		if err != nil {
			return err
		}
		f = found(subs)
		first := make([]uuid.UUID, min(PreviewSize, len(subs)))
		for i := range first {
			first[i] = subs[i].ID
		}
		if f.Services, err = c.Subscription.Query().Where(subscription.IDIn(first...), owned, planned).Order(subscription.ByNumber()).All(ctx); err != nil {
			return err
		}
		var linked []uuid.UUID
		if err := c.TelegramLink.Query().Where(messages.Reached).Unique(true).Select(telegramlink.FieldCustomerID).Scan(ctx, &linked); err != nil {
			return err
		}
		reached := map[uuid.UUID]bool{}
		for _, one := range linked {
			reached[one] = true
		}
		for i, sub := range subs {
			if reached[sub.CustomerID] && (i == 0 || subs[i-1].CustomerID != sub.CustomerID) {
				f.Linked++
			}
		}
		return nil
	})
}

func found(subs []*ent.Subscription) *Found {
	f := &Found{Count: len(subs)}
	for i, sub := range subs {
		if i == 0 || subs[i-1].CustomerID != sub.CustomerID {
			f.Customers++
		}
	}
	return f
}

// Open notes an outage with the services it has taken down and has workers put the open tickets under it and tell the customers. A form sent twice
// opens one. It returns Invalid of a field, for a place, NAS or list with nobody among them, Conflict outage_unseen when others are down by now than
// were shown, NotFound, and Denied without Outages.
func (d Desk) Open(ctx context.Context, in NewOutage) (uuid.UUID, error) {
	answer, err := d.DB.Once(ctx, "open_outage", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Outages); err != nil {
			return "", err
		}
		subs, err := d.find(ctx, c, in)
		if err != nil {
			return "", err
		}
		if in.Shown != "" && in.Shown != found(subs).Seen() {
			return "", tenants.Conflict("outage_unseen")
		}
		row, err := d.open(ctx, c, in, subs)
		if err != nil {
			return "", err
		}
		return row.ID.String(), d.goOn(ctx, c, row.ID)
	})
	if err != nil {
		return uuid.Nil, err
	}
	return uuid.Parse(answer)
}

// chunk is how many rows are written in one statement.
const chunk = 1_000

func (d Desk) open(ctx context.Context, c *ent.Client, in NewOutage, subs []*ent.Subscription) (*ent.Outage, error) {
	number, err := numbers.Next(ctx, c, numbers.Outage)
	if err != nil {
		return nil, err
	}
	who, now := tenants.Who(ctx), d.DB.Now()
	create := c.Outage.Create().SetNumber(number).SetTitle(in.Title).SetKind(in.Kind).SetCity(in.City).SetDistrict(in.District).SetState(outage.StateStarting).SetBeganAt(in.Began).
		SetTotal(len(subs)).SetUserID(who.ID).SetUserName(who.Name).SetUserRole(who.Role).SetCreatedAt(now).SetChangedAt(now)
	if in.Kind == outage.KindNas {
		create.SetNasID(in.NAS)
	}
	row, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]*ent.OutageServiceCreate, len(subs))
	for i, sub := range subs {
		rows[i] = c.OutageService.Create().SetOutageID(row.ID).SetCustomerID(sub.CustomerID).SetSubscriptionID(sub.ID)
	}
	for some := range slices.Chunk(rows, chunk) {
		if err := c.OutageService.CreateBulk(some...).Exec(ctx); err != nil {
			return nil, err
		}
	}
	return row, history.Write(ctx, c, now, history.Entry{Subject: "outage", ID: row.ID, Event: "outage_opened", After: map[string]any{"number": number, "name": in.Title, "rows": len(subs)}})
}

// Places are what the form of an outage chooses from: the NAS in use.
func (d Desk) Places(ctx context.Context) (equipment []tenants.Choice, err error) {
	return equipment, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Outages); err != nil {
			return err
		}
		lists, err := tenants.Choices(ctx, tenants.RowsOf(nas.Table, nas.Active(true)))
		if err == nil {
			equipment = lists[0]
		}
		return err
	})
}
