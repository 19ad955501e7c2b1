package platform

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/catalog"
	"enlace/tenants/staff"
)

// Founding is a new ISP and its first person, a gerente, who hires the others.
type Founding struct {
	Slug, Name, Zone string
	Manager, Email   string
	Key              string `json:"-"` // of the form: sent twice, it founds once
}

// ReadFounding reads what was typed.
func ReadFounding(t tenants.Typed, wrong *tenants.Fields) Founding {
	in := Founding{
		Slug: strings.ToLower(t.Required(wrong, "slug")), Name: t.Required(wrong, "nome"), Zone: t.Required(wrong, "fuso"),
		Manager: cmp.Or(t.Text(wrong, "gerente"), "Gerente"), Email: t.Email(wrong, "email"), Key: t["chave"],
	}
	if in.Email == "" {
		wrong.Add("email", "required")
	}
	if in.Zone != "" && !slices.Contains(Zones, in.Zone) {
		wrong.Add("fuso", "zone_unknown")
	}
	if in.Slug != "" {
		if fault := tenants.FaultOf(tenants.CheckSlug(in.Slug)); fault != nil {
			wrong.Add("slug", fault.Fields["slug"])
		}
	}
	return in
}

// Founded is an ISP that was made. The password of its gerente is known here alone, and only this once: the same form again has none.
type Founded struct {
	ISP      uuid.UUID
	Email    string
	Password string
}

// Found makes an ISP with its defaults and its gerente, and opens it. It returns Invalid for a field that will not do, a host name that is
// taken among them. What is broken off half way goes on when the ISP is founded again.
func (d *Desk) Found(ctx context.Context, in Founding) (*Founded, error) {
	if err := require(ctx); err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(in.Zone)
	if err != nil {
		return nil, err
	}
	done := &Founded{Email: in.Email}
	isp, err := d.DB.Build(ctx, in.Slug, in.Name, zone, func(ctx context.Context, _ *ent.Client) error { return d.furnish(ctx, in, done) })
	if err != nil {
		return d.foundBefore(ctx, in, err)
	}
	done.ISP = isp.ID
	return done, d.DB.PlatformAt(ctx, in.Slug, func(ctx context.Context, c *ent.Client) error {
		first, err := tenants.Open(ctx, c, d.DB.Now(), isp.ID)
		if err != nil || !first {
			return err
		}
		return d.note(ctx, c, action{ISP: isp.ID, Event: "isp_founded", After: map[string]any{"slug": in.Slug, "name": in.Name, "email": in.Email}})
	})
}

// furnish puts into the new ISP's office what every ISP starts with, once, however often the form is sent.
func (d *Desk) furnish(ctx context.Context, in Founding, done *Founded) error {
	_, err := d.DB.Once(ctx, "isp_founded", in.Key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if there, err := c.User.Query().Exist(ctx); err != nil || there { // furnished, and broken off before it was opened
			return "", err
		}
		if err := catalog.Defaults(ctx, c, d.DB.Now()); err != nil {
			return "", err
		}
		password := staff.NewPassword()
		_, err := d.Staff.Hire(asSystem(ctx), staff.Hire{Name: in.Manager, Email: in.Email, Password: password, Role: "gerente"})
		if err == nil {
			done.Password = password
		}
		return "", err
	})
	return err
}

// asSystem is a context of what is done inside an ISP for the operator, who may nothing there himself; its history names him by his office.
func asSystem(ctx context.Context) context.Context {
	return tenants.As(ctx, tenants.Actor{Kind: tenants.System, Name: "Operador da plataforma", Channel: tenants.Who(ctx).Channel})
}

// foundBefore looks whether it was this very form that founded the ISP before, or at the same moment; otherwise it returns why.
func (d *Desk) foundBefore(ctx context.Context, in Founding, why error) (*Founded, error) {
	taken := tenants.Invalid("slug", "slug_taken")
	if ent.IsConstraintError(why) { // somebody else was first, by a moment
		why = taken
	}
	fault := tenants.FaultOf(why)
	if in.Key == "" || fault == nil || fault.Fields["slug"] != taken.Fields["slug"] {
		return nil, why
	}
	all, err := d.ISPs(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(all, func(isp *ent.Tenant) bool { return isp.Slug == in.Slug })
	if i < 0 {
		return nil, why
	}
	inside, err := tenants.Inside(ctx, all[i])
	if err != nil {
		return nil, err
	}
	_, err = d.DB.Once(inside, "isp_founded", in.Key, in, func(context.Context, *ent.Client) (string, error) { return "", why })
	if err != nil {
		return nil, why
	}
	return &Founded{ISP: all[i].ID, Email: in.Email}, nil
}
