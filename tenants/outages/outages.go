// Package outages is what an office does when the lines of many are down at once (falha): it finds the services, has the tickets about it stand under
// it, tells the customers of its beginning and of its end, and gives the days back.
//
// A worker goes through the customers one by one, each in a transaction of their own together with what becomes of their services. It may be killed
// at any moment, run twice, or beside another: nobody is told twice, and nothing is given back twice.
package outages

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/outage"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/outbox"
	"enlace/tenants/support"
)

// Desk is where outages are opened and ended.
type Desk struct {
	DB *tenants.DB
}

func (d Desk) support() support.Desk { return support.Desk{DB: d.DB} }
func (d Desk) billing() billing.Desk { return billing.Desk{DB: d.DB} }

// Work is the kind of outbox row by which a worker goes on with an outage.
const Work = "outages.work"

// goOn has a worker take an outage up.
func (d Desk) goOn(ctx context.Context, c *ent.Client, id uuid.UUID) error {
	return outbox.Add(ctx, c, d.DB.Now(), outbox.Job{Kind: Work, Payload: map[string]string{"outage": id.String()}})
}

// Kinds are what an outage may be of, in the order of the form.
var Kinds = []outage.Kind{outage.KindPlace, outage.KindNas, outage.KindList}

// DaysOf are the days that an outage gives back, by the ISP's clocks.
func DaysOf(began, ended time.Time, zone *time.Location) calendar.Period {
	return money.OutageDays(calendar.Of(began.In(zone)), calendar.Of(ended.In(zone)), ended.Sub(began))
}

func of(ctx context.Context, c *ent.Client, id uuid.UUID) (*ent.Outage, error) {
	row, err := c.Outage.Get(ctx, id)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	}
	return row, err
}

// as is the context of the person in whose name an outage is worked on.
func as(ctx context.Context, row *ent.Outage) context.Context {
	return tenants.As(ctx, tenants.Actor{Kind: tenants.User, ID: row.UserID, Name: row.UserName, Role: row.UserRole, Channel: tenants.Job})
}
