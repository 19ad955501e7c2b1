package subscriptions

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/deed"
	"enlace/tenants/staff"
	"enlace/tenants/status"
	"enlace/tenants/support"
)

// Enable starts a service (Habilitar): it connects and bills from today. One that waits for a migration takes the place of the old one. Whoever
// has begun or finished its installation may do it too. It returns Conflict transition from a state that does not allow it, and the faults of
// takeOver.
func (d Desk) Enable(ctx context.Context, id uuid.UUID) (enabled *ent.Subscription, err error) {
	return enabled, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		makers, err := support.Installers(ctx, c, id)
		if err != nil {
			return err
		}
		if err := staff.RequireOrOwn(ctx, c, staff.Enable, makers...); err != nil {
			return err
		}
		enabled, err = d.enable(ctx, c, id)
		return err
	})
}

// Migrate has a service that waits take the place of the old one at once, in the caller's transaction (Executar Migração Imediata). also is what
// else comes with it, and goes with it when it is undone.
func (d Desk) Migrate(ctx context.Context, c *ent.Client, to uuid.UUID, also ...func(*ent.Subscription) error) (*ent.Subscription, error) {
	return d.enable(ctx, c, to, also...)
}

func (d Desk) enable(ctx context.Context, c *ent.Client, id uuid.UUID, also ...func(*ent.Subscription) error) (*ent.Subscription, error) {
	sub, err := find(ctx, c, id)
	if err != nil {
		return nil, err
	}
	var before *scene
	if sub.Status == status.WaitingMigration {
		if before, err = d.takeOver(ctx, c, sub); err != nil {
			return nil, err
		}
	}
	if _, err := status.Apply(ctx, c, d.DB.Now(), id, status.Enable, ""); err != nil {
		return nil, err
	}
	enabled, err := c.Subscription.UpdateOneID(id).SetEnabledOn(d.DB.Today(ctx)).Save(ctx)
	if err != nil {
		return nil, err
	}
	for _, do := range also {
		if err := do(enabled); err != nil {
			return nil, err
		}
	}
	if before != nil {
		err = d.keep(ctx, c, before, deed.KindMigration, enabled)
	}
	return enabled, err
}
