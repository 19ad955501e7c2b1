package subscriptions

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/cancellation"
	"enlace/ent/deed"
	"enlace/ent/planchange"
	"enlace/ent/subscription"
	"enlace/ent/workordertype"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/history"
	"enlace/tenants/money"
	"enlace/tenants/staff"
	"enlace/tenants/status"
	"enlace/tenants/support"
)

// CancelReasons are why services are cancelled, in the order of the screen.
var CancelReasons = []cancellation.Reason{
	cancellation.ReasonPreco, cancellation.ReasonConcorrente, cancellation.ReasonMudanca, cancellation.ReasonSemUso, cancellation.ReasonQualidade, cancellation.ReasonInadimplencia,
	cancellation.ReasonArrependimento, cancellation.ReasonInviavel, cancellation.ReasonFalecimento, cancellation.ReasonOutro,
}

// Cancel is a service to be cancelled.
type Cancel struct {
	Subscription uuid.UUID
	Reason       cancellation.Reason
	Note         string    // in the customer's words
	Offer        string    // what was offered to keep the customer, and refused
	Waive        string    // why the loyalty penalty is not charged; "": it is, where it is owed
	Fetch        uuid.UUID // type of the work order that fetches the equipment; none: no order
	Equipment    string    // on loan, that it fetches
	Shown        string    // the Seen of the preview that was looked at; "": none was shown
	Key          string    // of the form

	regrets bool // the week of regret runs
}

// ReadCancel reads the form of a cancellation.
func ReadCancel(t tenants.Typed, sub uuid.UUID, wrong *tenants.Fields) Cancel {
	in := Cancel{Subscription: sub, Reason: cancellation.Reason(t.Choice(wrong, "motivo", cancelReasons()...)), Note: t.Lines(wrong, "detalhe"), Offer: t.Lines(wrong, "oferta"),
		Equipment: t.PrintedLines(wrong, "equipamentos"), Shown: t.Text(wrong, "previa"), Key: t.Text(wrong, "chave")}
	if t.Yes("dispensar") {
		if in.Waive = t.Lines(wrong, "dispensa"); len([]rune(in.Waive)) < shortestReason {
			wrong.Add("dispensa", "reason_short")
		}
	}
	if t.Yes("retirada") {
		if in.Fetch = t.RequiredID(wrong, "os_tipo"); in.Equipment == "" {
			wrong.Add("equipamentos", "required")
		}
	}
	if len([]rune(in.Note)) < shortestReason {
		wrong.Add("detalhe", "reason_short")
	}
	return in
}

func cancelReasons() (all []string) {
	for _, one := range CancelReasons {
		all = append(all, string(one))
	}
	return all
}

// debtDays is how long a service is suspended for debt before the ISP may end it (RGC, Res. Anatel 765/2023).
const debtDays = 60

// CancelPreview is exactly what a cancellation does.
type CancelPreview struct {
	*billing.FinalAccount
	Spared money.Cents // of the penalty, not charged
	Why    string      // code: fault, regret, waived; "": it is charged, or none is owed
}

// PreviewCancel reckons a cancellation without posting anything, with or without its note; without a reason for any other. It returns the faults
// of Cancel.
func (d Desk) PreviewCancel(ctx context.Context, in Cancel) (preview *CancelPreview, err error) {
	if in.Reason == "" {
		in.Reason = cancellation.ReasonOutro
	}
	return preview, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		sub, err := d.cancellable(ctx, c, &in)
		if err != nil {
			return err
		}
		preview = &CancelPreview{Why: in.spares()}
		if preview.FinalAccount, err = d.billing().ReckonFinal(ctx, c, sub, preview.Why == ""); err != nil {
			return err
		}
		preview.spare()
		return nil
	})
}

func (p *CancelPreview) spare() {
	if p.Penalty == 0 {
		p.Why = ""
	} else if p.Why != "" {
		p.Spared = p.Penalty
	}
}

func (d Desk) billing() billing.Desk { return billing.Desk{DB: d.DB} }

// Cancel ends a service today for good: its network access, its pause or suspension, what it still bills. Days paid for and not served are given
// back, and what is still owed is on the final invoice; debts stay. The loyalty penalty is charged but where the ISP is at fault, in the week
// of regret, or where a manager waives it and says why. A work order fetches equipment on loan. It cannot be done but by desfazer undone.
//
// A migration that waits for it is given up with it.
//
// It returns Invalid for a note too short and an unknown reason, Conflict transition for one that is cancelled, cancel_debt_early for the debt of a service suspended for less than 60 days, cancel_regret_over, final_unseen when
// something else would be posted than was shown, Denied, and NotFound. A form sent twice cancels once.
func (d Desk) Cancel(ctx context.Context, in Cancel) (done *ent.Cancellation, err error) {
	key := in.Key
	if key != "" { // nobody else's press is answered with it
		key = tenants.Who(ctx).ID.String() + "/" + key
	}
	made, err := d.DB.Once(ctx, "cancel_service", key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if done, err = d.cancel(ctx, c, in); err != nil {
			return "", err
		}
		return done.ID.String(), nil
	})
	if err != nil || done != nil && done.ID.String() == made {
		return done, err
	}
	return done, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		id, err := uuid.Parse(made)
		if err != nil {
			return err
		}
		done, err = c.Cancellation.Get(ctx, id)
		return err
	})
}

func (d Desk) cancel(ctx context.Context, c *ent.Client, in Cancel) (*ent.Cancellation, error) {
	if len([]rune(in.Note)) < shortestReason {
		return nil, tenants.Invalid("detalhe", "reason_short")
	}
	before, err := d.cancellable(ctx, c, &in)
	if err != nil {
		return nil, err
	}
	now, today := d.DB.Now(), d.DB.Today(ctx)
	if err := d.giveUpWaiting(ctx, c, before); err != nil {
		return nil, err
	}
	was, err := sceneOf(ctx, c, before)
	if err != nil {
		return nil, err
	}
	if _, err := status.Apply(ctx, c, now, before.ID, status.Cancel, in.Note); err != nil {
		return nil, err
	}
	why := in.spares()
	posted, err := d.billing().PostFinal(ctx, c, before, why == "", in.Shown, in.Note)
	if err != nil {
		return nil, err
	}
	p := CancelPreview{FinalAccount: posted.Account, Why: why}
	p.spare()
	ended := subscription.EndedByCancellation
	if before.Status == status.WaitingMigration { // the other service lives on
		ended = subscription.EndedByMigration
		if err := c.PlanChange.Update().Where(planchange.ToID(before.ID), planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()).SetGivenUpAt(now).Exec(ctx); err != nil {
			return nil, err
		}
	}
	cancelled, err := c.Subscription.UpdateOneID(before.ID).SetCancelledOn(today).SetCancelReason(in.Note).SetEndedBy(ended).Save(ctx)
	if err != nil {
		return nil, err
	}
	create := c.Cancellation.Create().SetSubscriptionID(before.ID).SetCustomerID(before.CustomerID).SetReason(in.Reason).SetNote(in.Note).SetOffer(in.Offer).SetDay(today).
		SetStateBefore(cancellation.StateBefore(before.Status)).SetSpared(p.Spared).SetSparedWhy(in.Waive).SetAt(now)
	if p.Spared == 0 {
		create.SetPenalty(p.Penalty)
	}
	if posted.Invoice != nil {
		create.SetInvoiceID(posted.Invoice.ID)
	}
	if in.Fetch != uuid.Nil {
		visit, err := support.OpenWorkOrder(ctx, c, now, support.Visit{Subscription: cancelled, Type: in.Fetch, Waits: true, Description: in.Equipment})
		if err != nil {
			return nil, err
		}
		create.SetWorkOrderID(visit.ID)
	}
	row, err := create.Save(ctx)
	if err != nil {
		return nil, err
	}
	if before.Status != status.WaitingMigration { // a migration given up is asked for again
		if err := d.keep(ctx, c, was, deed.KindCancellation, nil); err != nil {
			return nil, err
		}
	}
	after := map[string]any{"cancel_reason": in.Reason, "total": posted.Account.Total, "credit": posted.Account.ToCredit(), "penalty": row.Penalty, "spared": row.Spared}
	if in.Offer != "" {
		after["offer"] = in.Offer
	}
	if in.Waive != "" {
		after["waived"] = in.Waive
	}
	return row, history.Write(ctx, c, now, history.Entry{Customer: before.CustomerID, Subject: "subscription", ID: before.ID, Event: "service_cancelled", Reason: in.Note,
		Before: map[string]any{"status": before.Status}, After: after})
}

// cancellable reads a service that may be cancelled as asked by who asks, and whether it is regretted in time.
func (d Desk) cancellable(ctx context.Context, c *ent.Client, in *Cancel) (*ent.Subscription, error) {
	if err := staff.Require(ctx, c, staff.Cancel); err != nil {
		return nil, err
	}
	if in.Waive != "" {
		if err := staff.Require(ctx, c, staff.Override); err != nil {
			return nil, err
		}
	}
	if !slices.Contains(CancelReasons, in.Reason) {
		return nil, tenants.Invalid("motivo", "choice")
	}
	sub, err := find(ctx, c, in.Subscription)
	if err != nil {
		return nil, err
	}
	if err := unlessAllowed(status.Cancel, sub.Status); err != nil {
		return nil, err
	}
	if in.regrets, err = d.regrets(ctx, c, sub); err != nil {
		return nil, err
	}
	return sub, in.mayFor(ctx, sub, d.DB.Today(ctx))
}

// giveUpWaiting gives up the migration that waits to take the place of a service.
func (d Desk) giveUpWaiting(ctx context.Context, c *ent.Client, sub *ent.Subscription) error {
	waits, err := c.PlanChange.Query().Where(planchange.FromID(sub.ID), planchange.DoneAtIsNil(), planchange.GivenUpAtIsNil()).Only(ctx)
	if ent.IsNotFound(err) {
		return nil
	} else if err != nil {
		return err
	}
	return d.giveUp(ctx, c, waits.ToID, "cancelamento do serviço")
}

// mayFor refuses a reason that the law does not give yet, or gives no more.
func (in Cancel) mayFor(ctx context.Context, sub *ent.Subscription, today calendar.Date) error {
	isp, _ := tenants.From(ctx)
	switch in.Reason {
	case cancellation.ReasonInadimplencia:
		if sub.Status != status.SuspendedDebt {
			return tenants.Invalid("motivo", "cancel_no_debt")
		}
		if from := calendar.Of(sub.StatusSince.In(isp.Zone)).AddDays(debtDays); today.Before(from) {
			return tenants.Invalid("motivo", "cancel_debt_early").With("from", from.BR())
		}
	case cancellation.ReasonArrependimento:
		if !in.regrets {
			return tenants.Invalid("motivo", "cancel_regret_over")
		}
	}
	return nil
}

// spares says why no loyalty penalty is charged (money.md M12); "": it is.
func (in Cancel) spares() string {
	switch {
	case in.Reason == cancellation.ReasonQualidade || in.Reason == cancellation.ReasonInviavel:
		return "fault"
	case in.Reason == cancellation.ReasonFalecimento:
		return "death"
	case in.regrets:
		return "regret"
	case in.Waive != "":
		return "waived"
	}
	return ""
}

// CancelOffer is what the form of a cancellation offers beside its reasons.
type CancelOffer struct {
	*Service                      // without what stands beside it on its own page
	Fetches  []*ent.WorkOrderType // permitted once it is cancelled
	MayWaive bool
	Refused  *tenants.Fault // why it cannot be done now; nil: it can
}

// OfferCancel reads what the form needs. It returns Denied without Cancel, and NotFound.
func (d Desk) OfferCancel(ctx context.Context, id uuid.UUID) (o *CancelOffer, err error) {
	return o, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Cancel); err != nil {
			return err
		}
		o = &CancelOffer{}
		if o.Service, err = bare(ctx, c, id); err != nil {
			return err
		}
		if o.MayWaive, err = staff.May(ctx, c, staff.Override); err != nil {
			return err
		}
		if o.Refused = tenants.FaultOf(unlessAllowed(status.Cancel, o.Subscription.Status)); o.Refused != nil {
			return nil
		}
		types, err := c.WorkOrderType.Query().Where(workordertype.Active(true)).Order(workordertype.ByName()).All(ctx)
		o.Fetches = slices.DeleteFunc(types, func(row *ent.WorkOrderType) bool { return !slices.Contains(row.States, string(status.Cancelled)) })
		return err
	})
}

// bare reads a service with its holder, and the names beside it.
func bare(ctx context.Context, c *ent.Client, id uuid.UUID) (*Service, error) {
	sub, err := c.Subscription.Query().Where(subscription.ID(id)).Where(called...).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	s := newService(sub)
	s.Customer, err = c.Customer.Get(ctx, sub.CustomerID)
	return s, err
}
