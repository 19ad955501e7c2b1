package subscriptions

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/notice"
	"enlace/ent/officepolicy"
	"enlace/ent/predicate"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/suspension"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/customers"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// lawfulNotice is how many days a notice must be old before a cut, by RGC (Res. Anatel 765/2023); an ISP may only be gentler.
const lawfulNotice = 15

// SuspendForDebt suspends a service by hand. It obeys the same law as the nightly job: there is overdue debt of a suspending kind, a
// notice of it was stored at least 15 days ago, and today is a day on which access may be cut, by the holidays of its own city too. It returns Conflict saying which of these
// fails: no_debt, no_notice, notice_young (with the first day it may be), no_cut_day, spared, transition.
func (d Desk) SuspendForDebt(ctx context.Context, id uuid.UUID, reason string) (suspended *ent.Subscription, err error) {
	if len([]rune(reason)) < shortestReason {
		return nil, tenants.Invalid("motivo", "reason_short")
	}
	return suspended, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Suspend); err != nil {
			return err
		}
		sub, err := find(ctx, c, id)
		if err != nil {
			return err
		}
		today := d.DB.Today(ctx)
		debt, err := billing.SuspendingDebt(ctx, c, today, sub)
		if err != nil {
			return err
		}
		at, err := customers.AddressOf(ctx, c, id, subscriptionaddress.RoleInstalacao)
		if err != nil {
			return err
		}
		told, err := mayCut(ctx, c, sub, debt, at, today)
		if err != nil {
			return err
		}
		if suspended, err = status.Apply(ctx, c, d.DB.Now(), id, status.Suspend, reason); err != nil {
			return err
		}
		return c.Suspension.Create().SetSubscriptionID(id).SetKind(suspension.KindDebito).SetFromDay(today).SetAt(d.DB.Now()).
			SetNoticeID(told.ID).SetReason(reason).Exec(ctx)
	})
}

// shortestReason is how many letters a reason has at least.
const shortestReason = 5

// mayCut returns the notice on whose strength a service that owes a debt, and is installed at an address, may be cut on a day. It asks nothing
// of a service without debt.
func mayCut(ctx context.Context, c *ent.Client, sub *ent.Subscription, debt []*ent.Charge, at *ent.Address, on calendar.Date) (*ent.Notice, error) {
	switch {
	case !status.Allowed(status.Suspend, sub.Status):
		return nil, status.Forbidden(status.Suspend, sub.Status)
	case sub.NeverBlock || sub.NoBlockUntil.After(on):
		return nil, tenants.Conflict("spared")
	case len(debt) == 0:
		return nil, tenants.Conflict("no_debt")
	}
	local, err := holidaysAt(ctx, c, at, on)
	if err != nil {
		return nil, err
	}
	if !local.MayCut(on) {
		return nil, tenants.Conflict("no_cut_day").With("day", on.BR())
	}
	var invoices []uuid.UUID
	for _, charge := range debt {
		if charge.InvoiceID != nil {
			invoices = append(invoices, *charge.InvoiceID)
		}
	}
	told, err := c.Notice.Query().Where(notice.InvoiceIDIn(invoices...), waits).Order(notice.ByDay()).First(ctx)
	if ent.IsNotFound(err) {
		return nil, tenants.Conflict("no_notice")
	} else if err != nil {
		return nil, err
	}
	own, err := strconv.Atoi(tenants.Said(told, "waits"))
	if err != nil {
		return nil, err
	}
	wait := max(lawfulNotice, own)
	if may := told.Day.AddDays(wait); on.Before(may) {
		return nil, tenants.Conflict("notice_young").With("from", may.BR()).With("days", strconv.Itoa(wait))
	}
	return told, nil
}

// waits puts beside a notice how many days the ISP lets pass after one.
var waits = tenants.Beside[predicate.Notice]("waits", notice.FieldTenantID, officepolicy.Table, officepolicy.FieldTenantID, officepolicy.FieldNoticeDays)

// holidaysAt are the local holidays of a day and the next one at an address; at none those of the whole ISP.
func holidaysAt(ctx context.Context, c *ent.Client, at *ent.Address, on calendar.Date) (calendar.Local, error) {
	var uf, ibge string
	if at != nil {
		uf, ibge = at.Uf, at.Ibge
	}
	return catalog.LocalCalendar(ctx, c, uf, ibge, calendar.Period{From: on, To: on.AddDays(2)})
}
