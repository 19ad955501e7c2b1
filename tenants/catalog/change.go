package catalog

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// configure runs a change of the ISP's settings, for those who may.
func (d Desk) configure(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		return do(ctx, c)
	})
}

// look reads the ISP's settings, for those who may.
func (d Desk) look(ctx context.Context, do func(context.Context, *ent.Client) error) error {
	return d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		return do(ctx, c)
	})
}

// tell writes into the history how a thing of the settings changed: of each field that did, what it was and what it is. Of a new thing it
// tells all, of one that stayed as it was nothing.
func (d Desk) tell(ctx context.Context, c *ent.Client, subject string, id uuid.UUID, before, after tenants.Typed) error {
	event, was, is := "setting_changed", tenants.Typed{}, tenants.Typed{}
	if before == nil {
		event = "setting_added"
	}
	for field, value := range after {
		if value != before[field] {
			was[field], is[field] = before[field], value
		}
	}
	for field, value := range before {
		if _, there := after[field]; !there && value != "" {
			was[field], is[field] = value, ""
		}
	}
	if len(is) == 0 {
		return nil
	}
	if before == nil {
		was = nil
	}
	is["nome"] = after["nome"]
	return d.note(ctx, c, subject, id, event, was, is)
}

func (d Desk) note(ctx context.Context, c *ent.Client, subject string, id uuid.UUID, event string, before, after tenants.Typed) error {
	return history.Write(ctx, c, d.DB.Now(), history.Entry{Subject: subject, ID: id, Event: event, Before: untyped(before), After: untyped(after)})
}

func untyped(t tenants.Typed) map[string]any {
	if t == nil {
		return nil
	}
	all := map[string]any{}
	for field, value := range t {
		all[field] = value
	}
	return all
}

// yes is how a form sends a switch that is on; one that is off is not sent.
func yes(on bool) string {
	if on {
		return "true"
	}
	return ""
}
