package subscriptions

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/planchange"
	"enlace/ent/suspension"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/history"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// EndPause is the kind of outbox row by which a paused service returns by itself.
const EndPause = "subscriptions.end_pause"

// Pause is a service to be paused at the customer's request, from today.
type Pause struct {
	Subscription uuid.UUID
	Until        calendar.Date // the first day served again
	Reason       string
	Shown        string // the Seen of the preview that was looked at; "": none was shown
	Key          string // of the form
}

// ReadPause reads the form of a pause.
func ReadPause(t tenants.Typed, sub uuid.UUID, wrong *tenants.Fields) Pause {
	return Pause{Subscription: sub, Until: t.RequiredDate(wrong, "retorno"), Reason: t.Lines(wrong, "motivo"), Shown: t.Text(wrong, "previa"), Key: t.Text(wrong, "chave")}
}

// PreviewPause reckons a pause without posting anything. It returns the faults of Pause, but for the reason's.
func (d Desk) PreviewPause(ctx context.Context, in Pause) (preview *billing.GapAccount, err error) {
	return preview, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		sub, err := d.pausable(ctx, c, in)
		if err != nil {
			return err
		}
		preview, err = d.billing().ReckonPause(ctx, c, sub, in.Until)
		return err
	})
}

// Pause takes a service out of use at its customer's request, up to a day on which it returns by itself. What its days had cost is given back,
// and what is billed of them later is billed less them (money.md M8). It returns Invalid for a reason too short and for a number of days that
// the ISP's rules do not have, Conflict transition, pause_overdue while the customer owes, pause_used with the day from which there may be
// another, cancel_changing while a plan change waits, final_unseen, Denied, and NotFound. A form sent twice pauses once.
func (d Desk) Pause(ctx context.Context, in Pause) (paused *ent.Subscription, err error) {
	return d.life(ctx, "pause_service", in.Key, in, in.Subscription, func(ctx context.Context, c *ent.Client) error {
		if len([]rune(in.Reason)) < shortestReason {
			return tenants.Invalid("motivo", "reason_short")
		}
		sub, err := d.pausable(ctx, c, in)
		if err != nil {
			return err
		}
		now := d.DB.Now()
		if _, err := status.Apply(ctx, c, now, sub.ID, status.Pause, in.Reason); err != nil {
			return err
		}
		posted, err := d.billing().PostPause(ctx, c, sub, in.Until, in.Shown, in.Reason)
		if err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		job := outbox.Job{Kind: EndPause, At: in.Until.At(0, 0, isp.Zone), Payload: map[string]string{"subscription": sub.ID.String()}}
		if err := outbox.Add(ctx, c, now, job); err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Customer: sub.CustomerID, Subject: "subscription", ID: sub.ID, Event: "service_paused", Reason: in.Reason,
			After: map[string]any{"until": in.Until.BR(), "credit": creditOf(posted)}})
	})
}

// creditOf is all that a pause gives back.
func creditOf(a *billing.GapAccount) (sum int64) {
	for _, line := range a.Credits {
		sum -= int64(line.Amount)
	}
	for _, change := range a.Lowered {
		sum += int64(change.Standing.Total - change.Amount)
	}
	return sum
}

// life does something to a service once for a form, and answers how the service stands then.
func (d Desk) life(ctx context.Context, action, key string, in any, id uuid.UUID, do func(context.Context, *ent.Client) error) (sub *ent.Subscription, err error) {
	if key != "" { // nobody else's press is answered with it
		key = tenants.Who(ctx).ID.String() + "/" + key
	}
	_, err = d.DB.Once(ctx, action, key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := do(ctx, c); err != nil {
			return "", err
		}
		sub, err = find(ctx, c, id)
		return "", err
	})
	if err != nil || sub != nil {
		return sub, err
	}
	return sub, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { // by an earlier press
		sub, err = find(ctx, c, id)
		return err
	})
}

// pausable reads a service that may be paused as asked by who asks.
func (d Desk) pausable(ctx context.Context, c *ent.Client, in Pause) (*ent.Subscription, error) {
	if err := staff.Require(ctx, c, staff.Sell); err != nil {
		return nil, err
	}
	sub, err := find(ctx, c, in.Subscription)
	if err != nil {
		return nil, err
	}
	if err := d.pauseRefusal(ctx, c, sub); err != nil {
		return nil, err
	}
	policy, err := catalog.Policy(ctx, c)
	if err != nil {
		return nil, err
	}
	if days := in.Until.DaysSince(d.DB.Today(ctx)); days < policy.PauseMinDays || days > policy.PauseMaxDays {
		return nil, tenants.Invalid("retorno", "pause_days").With("least", strconv.Itoa(policy.PauseMinDays)).With("most", strconv.Itoa(policy.PauseMaxDays))
	}
	return sub, nil
}

// pauseRefusal is why a service cannot be paused now, or nil: once in 12 months, those of a holder before not counted, and by who owes nothing.
func (d Desk) pauseRefusal(ctx context.Context, c *ent.Client, sub *ent.Subscription) error {
	today := d.DB.Today(ctx)
	if err := unlessAllowed(status.Pause, sub.Status); err != nil {
		return err
	}
	if waits, err := c.PlanChange.Query().Where(planchange.FromID(sub.ID), planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()).Exist(ctx); err != nil {
		return err
	} else if waits {
		return tenants.Conflict("cancel_changing")
	}
	rows, err := c.Suspension.Query().Where(suspension.SubscriptionID(sub.ID), suspension.KindEQ(suspension.KindPedido)).All(ctx)
	if err != nil {
		return err
	}
	for _, row := range rows {
		its := row.UntilDay != row.FromDay && !row.FromDay.Before(sub.HeldFrom)
		if next := calendar.AddMonths(row.FromDay, 12, row.FromDay.Day()); its && today.Before(next) {
			return tenants.Conflict("pause_used").With("next", next.BR())
		}
	}
	owed, err := billing.Overdue(ctx, c, today, sub.CustomerID)
	if err == nil && owed > 0 {
		err = tenants.Conflict("pause_overdue").With("amount", owed.BRL())
	}
	return err
}

// Return is a paused service that returns today, before the day it was to.
type Return struct {
	Subscription uuid.UUID
	Shown        string // the Seen of the preview that was looked at; "": none was shown
	Key          string // of the form
}

// ReadReturn reads the form of a return.
func ReadReturn(t tenants.Typed, sub uuid.UUID, wrong *tenants.Fields) Return {
	return Return{Subscription: sub, Shown: t.Text(wrong, "previa"), Key: t.Text(wrong, "chave")}
}

// PreviewReturn reckons a return without posting anything. It returns the faults of Return.
func (d Desk) PreviewReturn(ctx context.Context, id uuid.UUID) (preview *billing.GapAccount, err error) {
	return preview, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		sub, err := find(ctx, c, id)
		if err != nil {
			return err
		}
		if err := unlessAllowed(status.Resume, sub.Status); err != nil {
			return err
		}
		preview, err = d.billing().ReckonReturn(ctx, c, sub)
		return err
	})
}

// Return ends a pause today: the service connects and bills, and the days of the pause that are served after all are charged again as the
// difference of two holes (money.md M8). It returns Conflict transition, final_unseen, Denied, and NotFound.
func (d Desk) Return(ctx context.Context, in Return) (*ent.Subscription, error) {
	return d.life(ctx, "return_service", in.Key, in, in.Subscription, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		sub, err := find(ctx, c, in.Subscription)
		if err != nil {
			return err
		}
		return d.resume(ctx, c, sub, in.Shown)
	})
}

func (d Desk) resume(ctx context.Context, c *ent.Client, sub *ent.Subscription, shown string) error {
	if _, err := status.Apply(ctx, c, d.DB.Now(), sub.ID, status.Resume, ""); err != nil {
		return err
	}
	_, err := d.billing().PostReturn(ctx, c, sub, shown)
	return err
}

// EndPause returns a paused service on its day. Early, late or twice it comes to the same: a pause that is over is left as it is, and of one
// whose day has not come nothing is done.
func (d Desk) EndPause(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		sub, err := find(ctx, c, id)
		if err != nil || sub.Status != status.Paused {
			return err
		}
		over, err := c.Suspension.Query().Where(suspension.SubscriptionID(id), suspension.KindEQ(suspension.KindPedido), suspension.EndedAtIsNil(), suspension.UntilDayLTE(d.DB.Today(ctx))).Exist(ctx)
		if err != nil || !over {
			return err
		}
		return d.resume(ctx, c, sub, "")
	})
}

// PauseOffer is what the form of a pause, or of the return from one, needs.
type PauseOffer struct {
	*Service
	Least, Most int            // days
	Until       calendar.Date  // of the pause that runs; zero: none
	Refused     *tenants.Fault // why neither can be done now; nil: it can
}

// OfferPause reads it. It returns Denied without Sell, and NotFound.
func (d Desk) OfferPause(ctx context.Context, id uuid.UUID) (o *PauseOffer, err error) {
	return o, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		o = &PauseOffer{}
		if o.Service, err = bare(ctx, c, id); err != nil {
			return err
		}
		if o.Subscription.Status == status.Paused {
			runs, err := c.Suspension.Query().Where(suspension.SubscriptionID(id), suspension.KindEQ(suspension.KindPedido), suspension.EndedAtIsNil()).Only(ctx)
			if ent.IsNotFound(err) {
				o.Refused = tenants.Conflict("not_paused")
				return nil
			} else if err != nil {
				return err
			}
			o.Until = runs.UntilDay
			return nil
		}
		if err := d.pauseRefusal(ctx, c, o.Subscription); err != nil {
			if o.Refused = tenants.FaultOf(err); o.Refused != nil {
				return nil
			}
			return err
		}
		policy, err := catalog.Policy(ctx, c)
		if err == nil {
			o.Least, o.Most = policy.PauseMinDays, policy.PauseMaxDays
		}
		return err
	})
}
