package subscriptions

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants/staff"
	"enlace/tenants/status"
	"enlace/tenants/support"
)

// Enable starts a service (Habilitar): it connects and bills from today. Whoever has begun or finished its installation may do it too. It returns Conflict transition from a state that does not allow it.
func (d Desk) Enable(ctx context.Context, id uuid.UUID) (enabled *ent.Subscription, err error) {
	return enabled, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		makers, err := support.Installers(ctx, c, id)
		if err != nil {
			return err
		}
		if err := staff.RequireOrOwn(ctx, c, staff.Enable, makers...); err != nil {
			return err
		}
		if _, err = status.Apply(ctx, c, d.DB.Now(), id, status.Enable, ""); err != nil {
			return err
		}
		enabled, err = c.Subscription.UpdateOneID(id).SetEnabledOn(d.DB.Today(ctx)).Save(ctx)
		return err
	})
}
