package subscribers

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

// Line is how the line of a service stands, by the very verdict the staff see.
type Line struct {
	Service
	subscriptions.Verdict
	Outage *ent.Outage // under way, that has the line down; nil for none
}

// Line judges the line of a service of the customer who asks. It returns NotFound for another's and for a cancelled one.
func (d Desk) Line(ctx context.Context, service uuid.UUID) (l *Line, err error) {
	return l, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		all, err := d.Services(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(s Service) bool { return s.ID == service })
		if i < 0 {
			return tenants.NotFound()
		}
		kept, err := subscriptions.Desk{DB: d.DB}.Diagnose(ctx, c, service)
		if err != nil {
			return err
		}
		seen, err := subscriptions.ReadSnapshot(kept)
		if err != nil {
			return err
		}
		l = &Line{Service: all[i], Verdict: seen.Service().Verdict(d.DB.Now())}
		down, err := support.RunningOutages(ctx, c, tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.ID(service)))
		l.Outage = down[service]
		return err
	})
}
