package dunning

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Mercy is that a service is not cut: never, until a day, or as others are (neither).
type Mercy struct {
	Subscription uuid.UUID
	Never        bool
	Until        calendar.Date // the first day it may be cut again
	Reason       string
}

// ReadMercy reads its form.
func ReadMercy(t tenants.Typed, sub uuid.UUID, wrong *tenants.Fields) Mercy {
	m := Mercy{Subscription: sub, Reason: t.Text(wrong, "motivo")}
	switch t.Choice(wrong, "poupar", "nunca", "ate", "nao") {
	case "nunca":
		m.Never = true
	case "ate":
		m.Until = t.RequiredDate(wrong, "ate_dia")
	}
	return m
}

// Spare keeps a service from being cut for debt, with a reason, or lets it be cut as others are again. What it owes is owed all the same. It
// returns Invalid for a day that is not to come and a reason too short, Denied without Override, and NotFound.
func (d Desk) Spare(ctx context.Context, m Mercy) error {
	var wrong tenants.Fields
	if !m.Until.IsZero() && !m.Until.After(d.DB.Today(ctx)) {
		wrong.Add("ate_dia", "past")
	}
	if len([]rune(m.Reason)) < shortestReason {
		wrong.Add("motivo", "reason_short")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Override); err != nil {
			return err
		}
		before, err := c.Subscription.Get(ctx, m.Subscription)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		change := c.Subscription.Update().Where(subscription.ID(before.ID)).SetNeverBlock(m.Never).SetBlockReason(m.Reason)
		if m.Until.IsZero() {
			change.ClearNoBlockUntil()
		} else {
			change.SetNoBlockUntil(m.Until)
		}
		if err := change.Exec(ctx); err != nil {
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: before.CustomerID, Subject: "subscription", ID: before.ID, Event: "spared", Reason: m.Reason,
			Before: mercy(before.NeverBlock, before.NoBlockUntil), After: mercy(m.Never, m.Until)})
	})
}

// mercy is how a service is spared, as the history tells it.
func mercy(never bool, until calendar.Date) map[string]any {
	switch {
	case never:
		return map[string]any{"spared": "nunca bloquear"}
	case !until.IsZero():
		return map[string]any{"spared": "não bloquear até " + until.BR()}
	}
	return map[string]any{"spared": "como os outros"}
}
