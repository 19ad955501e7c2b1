package platform

import (
	"context"
	"unicode/utf8"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
)

// Feature is something of Enlace that an ISP has only if the operator says so.
type Feature string

// TrustSelfService is Desbloqueio em Confiança by the subscriber, in the bot; the ISP's own policy must allow it as well.
const TrustSelfService Feature = "trust_self_service"

// Features lists all, in the order the page shows them. Each is off until it is switched on.
var Features = []Feature{TrustSelfService}

// Has says whether an ISP has a feature.
func Has(isp *ent.Tenant, f Feature) bool { return f == TrustSelfService && isp.TrustSelfService }

func give(isp *ent.Tenant, f Feature, on bool) *ent.TenantUpdateOne {
	update := isp.Update()
	if f == TrustSelfService {
		update.SetTrustSelfService(on)
	}
	return update
}

// SetFeatures gives an ISP the features that are in has, and takes those from it that are not. It returns NotFound and Conflict isp_unfinished.
func (d *Desk) SetFeatures(ctx context.Context, id uuid.UUID, has map[Feature]bool) error {
	return d.change(ctx, id, func(ctx context.Context, c *ent.Client, isp *ent.Tenant) error {
		for _, f := range Features {
			if has[f] == Has(isp, f) {
				continue
			}
			a := action{ISP: id, Event: "feature_off", After: map[string]any{"feature": string(f)}}
			if has[f] {
				a.Event = "feature_on"
			}
			if err := give(isp, f, has[f]).Exec(ctx); err != nil {
				return err
			}
			if err := d.note(ctx, c, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// Rename gives an ISP another name; its host name stays. It returns Invalid without one, NotFound, and Conflict isp_unfinished.
func (d *Desk) Rename(ctx context.Context, id uuid.UUID, t tenants.Typed) error {
	var wrong tenants.Fields
	name := t.Required(&wrong, "nome")
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.change(ctx, id, func(ctx context.Context, c *ent.Client, isp *ent.Tenant) error {
		if isp.Name == name {
			return nil
		}
		if err := isp.Update().SetName(name).Exec(ctx); err != nil {
			return err
		}
		return d.note(ctx, c, action{ISP: id, Event: "isp_renamed", Before: map[string]any{"from": isp.Name}, After: map[string]any{"to": name}})
	})
}

// shortestReason is how many letters say at least why.
const shortestReason = 5

// Suspend shuts an ISP until Reopen: within seconds its host name is nobody's, its jobs wait, its bot hears nothing, and RADIUS answers none
// of its equipment. Nothing of it is lost. Shut already, it stays as it is. It returns Invalid without a reason, NotFound, and Conflict isp_unfinished.
func (d *Desk) Suspend(ctx context.Context, id uuid.UUID, t tenants.Typed) error {
	var wrong tenants.Fields
	reason := t.Text(&wrong, "motivo")
	if utf8.RuneCountInString(reason) < shortestReason {
		wrong.Add("motivo", "reason_short")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.shut(ctx, id, false, action{ISP: id, Event: "isp_suspended", Reason: reason})
}

// Reopen opens a suspended ISP again. It returns NotFound and Conflict isp_unfinished.
func (d *Desk) Reopen(ctx context.Context, id uuid.UUID) error {
	return d.shut(ctx, id, true, action{ISP: id, Event: "isp_reopened"})
}

func (d *Desk) shut(ctx context.Context, id uuid.UUID, active bool, a action) error {
	return d.change(ctx, id, func(ctx context.Context, c *ent.Client, isp *ent.Tenant) error {
		if isp.Active == active {
			return nil
		}
		if err := isp.Update().SetActive(active).Exec(ctx); err != nil {
			return err
		}
		return d.note(ctx, c, a)
	})
}

// change runs do on the line of an ISP in the directory, in one transaction with what is noted of it.
func (d *Desk) change(ctx context.Context, id uuid.UUID, do func(context.Context, *ent.Client, *ent.Tenant) error) error {
	found, err := d.find(ctx, id)
	switch {
	case err != nil:
		return err
	case found.FoundedAt == nil:
		return tenants.Conflict("isp_unfinished")
	}
	return d.DB.PlatformAt(ctx, found.Slug, func(ctx context.Context, c *ent.Client) error {
		isp, err := c.Tenant.Get(ctx, id)
		if err != nil {
			return err
		}
		return do(ctx, c, isp)
	})
}
