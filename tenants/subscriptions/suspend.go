package subscriptions

import (
	"context"
	"strconv"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/suspension"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
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
		told, err := mayCut(ctx, c, sub, debt, today)
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

// mayCut returns the notice on whose strength a service that owes a debt may be cut on a day. It asks nothing of a service without one.
func mayCut(ctx context.Context, c *ent.Client, sub *ent.Subscription, debt []*ent.Charge, on calendar.Date) (*ent.Notice, error) {
	switch {
	case !status.Allowed(status.Suspend, sub.Status):
		return nil, status.Forbidden(status.Suspend, sub.Status)
	case sub.NeverBlock || sub.NoBlockUntil.After(on):
		return nil, tenants.Conflict("spared")
	case len(debt) == 0:
		return nil, tenants.Conflict("no_debt")
	}
	local, err := holidaysAt(ctx, c, sub, on)
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
	told, err := firstNotice(ctx, c, invoices)
	if err != nil {
		return nil, err
	}
	policy, err := catalog.Policy(ctx, c)
	if err != nil {
		return nil, err
	}
	wait := max(lawfulNotice, policy.NoticeDays)
	if may := told.Day.AddDays(wait); on.Before(may) {
		return nil, tenants.Conflict("notice_young").With("from", may.BR()).With("days", strconv.Itoa(wait))
	}
	return told, nil
}

// firstNotice is the oldest notice of an overdue debt. One from before a payment that was taken back since told of another debt: that one was
// paid. It returns Conflict no_notice.
func firstNotice(ctx context.Context, c *ent.Client, invoices []uuid.UUID) (*ent.Notice, error) {
	told, err := c.Notice.Query().Where(notice.InvoiceIDIn(invoices...)).Order(notice.ByDay(), notice.ByAt()).All(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := c.Invoice.Query().Where(invoice.IDIn(invoices...), invoice.ReopenedAtNotNil()).All(ctx)
	if err != nil {
		return nil, err
	}
	reopened := map[uuid.UUID]time.Time{}
	for _, row := range rows {
		reopened[row.ID] = *row.ReopenedAt
	}
	for _, one := range told {
		if !one.At.Before(reopened[one.InvoiceID]) {
			return one, nil
		}
	}
	return nil, tenants.Conflict("no_notice")
}

// holidaysAt are the local holidays of a day and the next one where a service is installed.
func holidaysAt(ctx context.Context, c *ent.Client, sub *ent.Subscription, on calendar.Date) (calendar.Local, error) {
	var uf, ibge string
	use, err := c.SubscriptionAddress.Query().Where(subscriptionaddress.SubscriptionID(sub.ID),
		subscriptionaddress.RoleEQ(subscriptionaddress.RoleInstalacao)).Only(ctx)
	switch {
	case err == nil:
		place, err := c.Address.Get(ctx, use.AddressID)
		if err != nil {
			return nil, err
		}
		uf, ibge = place.Uf, place.Ibge
	case !ent.IsNotFound(err):
		return nil, err
	}
	return catalog.LocalCalendar(ctx, c, uf, ibge, calendar.Period{From: on, To: on.AddDays(2)})
}
