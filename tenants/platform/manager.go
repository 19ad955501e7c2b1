package platform

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/user"
	"enlace/tenants"
)

// awaited returns the first gerente of an ISP as long as nobody of its staff has ever come in, or nil.
func (d *Desk) awaited(ctx context.Context, isp *ent.Tenant) (gerente *ent.User, err error) {
	inside, err := tenants.Inside(ctx, isp)
	if err != nil {
		return nil, err
	}
	err = d.DB.Read(inside, func(ctx context.Context, c *ent.Client) error {
		gerente, err = awaited(ctx, c)
		return err
	})
	return gerente, err
}

func awaited(ctx context.Context, c *ent.Client) (*ent.User, error) {
	if came, err := c.User.Query().Where(user.SignedInAtNotNil()).Exist(ctx); err != nil || came {
		return nil, err
	}
	gerente, err := c.User.Query().Where(user.RoleEQ(user.RoleGerente), user.Active(true)).Order(user.ByID()).First(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return gerente, err
}

// ManagerPassword makes the first gerente of an ISP a new password, for one that was lost on the way. Once somebody of the ISP has come in
// it is Conflict manager_came: from then on the ISP looks after its own people, and an operator cannot let himself in. It returns NotFound.
func (d *Desk) ManagerPassword(ctx context.Context, id uuid.UUID) (*Founded, error) {
	isp, err := d.find(ctx, id)
	if err != nil {
		return nil, err
	}
	inside, err := tenants.Inside(asSystem(ctx), isp)
	if err != nil {
		return nil, err
	}
	done := &Founded{ISP: id}
	err = d.DB.Write(inside, func(ctx context.Context, c *ent.Client) error {
		gerente, err := awaited(ctx, c)
		switch {
		case err != nil:
			return err
		case gerente == nil:
			return tenants.Conflict("manager_came")
		}
		done.Email = gerente.Email
		done.Password, err = d.Staff.ResetPassword(ctx, gerente.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	return done, d.DB.PlatformAt(ctx, isp.Slug, func(ctx context.Context, c *ent.Client) error {
		return d.note(ctx, c, action{ISP: id, Event: "manager_password", After: map[string]any{"email": done.Email}})
	})
}
