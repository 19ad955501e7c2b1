package subscriptions

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/ent/officepolicy"
	"enlace/ent/predicate"
	"enlace/ent/subscriptionaddress"
	"enlace/ent/suspension"
	"enlace/ent/trustquota"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/customers"
	"enlace/tenants/messages"
	"enlace/tenants/money"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// SuspendForDebt suspends a service by hand. It obeys the same law as the nightly job: there is overdue debt of a suspending kind, a
// notice of it was stored at least 15 days ago, no trust runs, and today is a day on which access may be cut, by the holidays of its own city too. It
// returns Conflict saying which of these fails: no_debt, no_notice, notice_young (with the first day it may be), trust_open, no_cut_day, spared, transition.
func (d Desk) SuspendForDebt(ctx context.Context, id uuid.UUID, reason string) (suspended *ent.Subscription, err error) {
	if len([]rune(reason)) < shortestReason {
		return nil, tenants.Invalid("motivo", "reason_short")
	}
	return suspended, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Suspend); err != nil {
			return err
		}
		suspended, err = d.cut(ctx, c, id, status.Suspend, suspension.KindDebito, reason)
		return err
	})
}

// DunForDebt is the step of the night for a service in debt: cut it, or slow it down first where the ISP has the partial step, and cut it when
// it was slow for as long as the ISP says. It returns the faults of SuspendForDebt, and Conflict slow_yet (with the day it may be cut).
func (d Desk) DunForDebt(ctx context.Context, id uuid.UUID, reason string) (now *ent.Subscription, err error) {
	return now, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Suspend); err != nil {
			return err
		}
		sub, err := find(ctx, c, id)
		if err != nil {
			return err
		}
		policy, err := catalog.Policy(ctx, c)
		if err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		switch cut := calendar.Of(sub.StatusSince.In(isp.Zone)).AddDays(policy.PartialDays); {
		case policy.PartialStep && sub.Status == status.Enabled:
			now, err = d.cut(ctx, c, id, status.Slow, suspension.KindParcial, reason)
		case sub.Status == status.Slowed && d.DB.Today(ctx).Before(cut):
			err = tenants.Conflict("slow_yet").With("from", cut.BR())
		default:
			now, err = d.cut(ctx, c, id, status.Suspend, suspension.KindDebito, reason)
		}
		return err
	})
}

// cut takes access away from a service, all of it or a part, when the law allows it today.
func (d Desk) cut(ctx context.Context, c *ent.Client, id uuid.UUID, event status.Event, kind suspension.Kind, reason string) (*ent.Subscription, error) {
	sub, err := find(ctx, c, id)
	if err != nil {
		return nil, err
	}
	today := d.DB.Today(ctx)
	debt, err := billing.SuspendingDebt(ctx, c, today, sub)
	if err != nil {
		return nil, err
	}
	at, err := customers.AddressOf(ctx, c, id, subscriptionaddress.RoleInstalacao)
	if err != nil {
		return nil, err
	}
	trust, err := OpenGrant(ctx, c, id, d.DB.Now())
	if err != nil {
		return nil, err
	}
	told, err := mayCut(ctx, c, sub, debt, trust, event, at, today)
	if err != nil {
		return nil, err
	}
	moved, err := status.Apply(ctx, c, d.DB.Now(), id, event, reason)
	if err != nil {
		return nil, err
	}
	err = c.Suspension.Update().Where(suspension.SubscriptionID(id), suspension.EndedAtIsNil()).SetEndedAt(d.DB.Now()).SetUntilDay(today).Exec(ctx) // of the partial step
	if err != nil {
		return nil, err
	}
	if err := d.tellCut(ctx, c, moved, debt); err != nil {
		return nil, err
	}
	return moved, c.Suspension.Create().SetSubscriptionID(id).SetKind(kind).SetFromDay(today).SetAt(d.DB.Now()).SetNoticeID(told.ID).SetReason(reason).Exec(ctx)
}

// tellCut tells a customer that a service was taken away, or slowed down, what for, and how it comes back.
func (d Desk) tellCut(ctx context.Context, c *ent.Client, sub *ent.Subscription, debt []*ent.Charge) error {
	owed, err := d.owedFor(ctx, c, debt)
	if err != nil {
		return err
	}
	how := "foi suspenso"
	if sub.Status == status.Slowed {
		how = "ficou mais lento"
	}
	isp, _ := tenants.From(ctx)
	text := fmt.Sprintf("O seu serviço %d da %s %s por débito: %s em atraso.\n\nDepois do pagamento ele volta em instantes, sem custo.", sub.Number, isp.Name, how, owed.BRL())
	buttons, err := d.underCut(ctx, c, sub.CustomerID)
	if err != nil {
		return err
	}
	_, err = messages.Tell(ctx, c, d.DB.Now(), messages.Message{Customer: sub.CustomerID, Kind: messages.Suspended, About: "subscription", AboutID: sub.ID, Subject: "Seu serviço " + how,
		Text: text, Buttons: buttons, Queue: outbox.Critical})
	return err
}

// underCut is what a customer may press who is told that a service was taken away: to pay, to have it on trust where he may ask for that now, to speak.
func (d Desk) underCut(ctx context.Context, c *ent.Client, customer uuid.UUID) ([][]messages.Button, error) {
	under := messages.Under(messages.Invoices, messages.Support)
	policy, err := catalog.Policy(ctx, c)
	if isp, _ := tenants.From(ctx); err != nil || !isp.TrustSelfService || !policy.TrustSubscriber {
		return under, err
	}
	today := d.DB.Today(ctx)
	used, err := c.TrustQuota.Query().Where(trustquota.SubjectID(customer), trustquota.Month(calendar.On(today.Year(), today.Month(), 1))).Exist(ctx)
	if !used {
		under = append(under, []messages.Button{messages.Unblock})
	}
	return under, err
}

// owedFor is what is to be paid for a debt to be settled, as its invoices say: discounts taken off, late charges not reckoned.
func (d Desk) owedFor(ctx context.Context, c *ent.Client, debt []*ent.Charge) (owed money.Cents, err error) {
	var invoices []uuid.UUID
	for _, row := range debt {
		if row.InvoiceID == nil {
			owed += row.Amount - row.Settled
		} else if !slices.Contains(invoices, *row.InvoiceID) {
			invoices = append(invoices, *row.InvoiceID)
		}
	}
	rows, err := c.Invoice.Query().Where(invoice.IDIn(invoices...)).All(ctx)
	if err != nil {
		return 0, err
	}
	standings, err := billing.Standings(ctx, c, d.DB.Today(ctx), rows...)
	for _, s := range standings {
		owed += s.Debt.Principal
	}
	return owed, err
}

// shortestReason is how many letters a reason has at least.
const shortestReason = 5

// mayCut returns the notice on whose strength a service that owes a debt, and is installed at an address, may be cut on a day. It asks nothing
// of a service without debt. One that runs on trust is left until that ends, in the suspension in which it was given.
func mayCut(ctx context.Context, c *ent.Client, sub *ent.Subscription, debt []*ent.Charge, trust *ent.TrustGrant, event status.Event, at *ent.Address, on calendar.Date) (*ent.Notice, error) {
	switch {
	case !status.Allowed(event, sub.Status):
		return nil, status.Forbidden(event, sub.Status)
	case sub.NeverBlock || sub.NoBlockUntil.After(on):
		return nil, tenants.Conflict("spared")
	case trust != nil:
		return nil, tenants.Conflict("trust_open")
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
	told, err := noticeOf(ctx, c, debt)
	if err != nil {
		return nil, err
	}
	own, err := strconv.Atoi(tenants.Said(told, "waits"))
	if err != nil {
		return nil, err
	}
	wait := max(catalog.LawfulNotice, own)
	if may := told.Day.AddDays(wait); on.Before(may) {
		return nil, tenants.Conflict("notice_young").With("from", may.BR()).With("days", strconv.Itoa(wait))
	}
	return told, nil
}

// noticeOf is the first notice of a debt that reached its customer, and beside it how many days the ISP lets pass after one. It returns Conflict no_notice.
func noticeOf(ctx context.Context, c *ent.Client, debt []*ent.Charge) (*ent.Notice, error) {
	var invoices []uuid.UUID
	for _, charge := range debt {
		if charge.InvoiceID != nil {
			invoices = append(invoices, *charge.InvoiceID)
		}
	}
	told, err := billing.GivenNotice(ctx, c, invoices, waits)
	if err == nil && told == nil {
		err = tenants.Conflict("no_notice")
	}
	return told, err
}

var waits = tenants.Beside[predicate.Notice]("waits", notice.FieldTenantID, officepolicy.Table, officepolicy.FieldTenantID, officepolicy.FieldNoticeDays)

// holidaysAt are the local holidays of a day and the next one at an address; at none those of the whole ISP.
func holidaysAt(ctx context.Context, c *ent.Client, at *ent.Address, on calendar.Date) (calendar.Local, error) {
	var uf, ibge string
	if at != nil {
		uf, ibge = at.Uf, at.Ibge
	}
	return catalog.LocalCalendar(ctx, c, uf, ibge, calendar.Period{From: on, To: on.AddDays(2)})
}
