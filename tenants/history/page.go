package history

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/predicate"
	"enlace/tenants"
	"enlace/tenants/calendar"
)

// PageSize is how many entries a page of a history has.
const PageSize = 50

// Subjects are the kinds of thing a customer's history is about, as its filter offers them.
var Subjects = []string{"customer", "address", "subscription", "contract", "booklet", "invoice", "charge", "receipt", "agreement", "declaration", "ticket",
	"work_order", "telegram_link", "telegram_invite"}

// Filter says which entries a page shows.
type Filter struct {
	Subject  string // none: of any kind
	Actor    string // by name; none: by anybody
	Channel  string // none: through any
	From, To calendar.Date
	Page     int // from 1
}

// ReadFilter reads the filters of an address. A day that is none is noted in wrong; anything else that is none is no filter.
func ReadFilter(t tenants.Typed, wrong *tenants.Fields) Filter {
	var unread tenants.Fields
	f := Filter{Actor: t.Text(&unread, "quem"), From: t.Date(wrong, "de"), To: t.Date(wrong, "ate"), Page: t.Int(&unread, "pagina", 1, 1_000_000)}
	if slices.Contains(Subjects, t["assunto"]) {
		f.Subject = t["assunto"]
	}
	if history.ChannelValidator(history.Channel(t["canal"])) == nil {
		f.Channel = t["canal"]
	}
	return f
}

func (f Filter) where(of uuid.UUID, zone *time.Location) []predicate.History {
	where := []predicate.History{history.CustomerID(of)}
	if f.Subject != "" {
		where = append(where, history.Subject(f.Subject))
	}
	if f.Actor != "" {
		where = append(where, history.ActorName(f.Actor))
	}
	if f.Channel != "" {
		where = append(where, history.ChannelEQ(history.Channel(f.Channel)))
	}
	if !f.From.IsZero() {
		where = append(where, history.AtGTE(f.From.At(0, 0, zone).UTC()))
	}
	if !f.To.IsZero() { // the whole of that day
		where = append(where, history.AtLT(f.To.AddDays(1).At(0, 0, zone).UTC()))
	}
	return where
}

// Page is a page of what happened to a customer, newest first.
type Page struct {
	Rows   []*ent.History
	Total  int      // under the filter
	Actors []string // everybody who ever did something to the customer, by name
}

// Page reads a page of a customer's history. Whether the customer may be seen the caller has asked.
func (d Desk) Page(ctx context.Context, customer uuid.UUID, f Filter) (p Page, err error) {
	return p, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		isp, _ := tenants.From(ctx)
		where := f.where(customer, isp.Zone)
		if p.Total, err = c.History.Query().Where(where...).Count(ctx); err != nil {
			return err
		}
		p.Rows, err = c.History.Query().Where(where...).Order(ent.Desc(history.FieldAt, history.FieldID)).
			Offset((max(1, f.Page) - 1) * PageSize).Limit(PageSize).All(ctx)
		if err != nil {
			return err
		}
		p.Actors, err = c.History.Query().Where(history.CustomerID(customer)).Order(history.ByActorName()).
			GroupBy(history.FieldActorName).Strings(ctx)
		return err
	})
}
