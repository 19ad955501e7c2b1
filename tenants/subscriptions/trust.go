package subscriptions

import (
	"context"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/subscription"
	"enlace/ent/trustgrant"
	"enlace/ent/trustquota"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/catalog"
	"enlace/tenants/history"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// EndTrust is the kind of outbox row by which a grant is ended at its instant.
const EndTrust = "subscriptions.end_trust"

// Unblock is staff giving access back on trust until the end of a day.
type Unblock struct {
	Subscription uuid.UUID
	Until        calendar.Date // the last whole day of access; it ends at 08:00 of the next one
	Reason       string        // Motivo/Observação
}

// ReadUnblock reads the form of a trust unblock.
func ReadUnblock(t tenants.Typed, sub uuid.UUID, wrong *tenants.Fields) Unblock {
	return Unblock{Subscription: sub, Until: t.RequiredDate(wrong, "data"), Reason: t.Lines(wrong, "motivo")}
}

// opensAt is the hour at which trust ends, when somebody is there to be paid or called.
const opensAt, closesAt = 8, 18

// TrustUnblock gives a suspended service access before its debt is paid (desbloqueio em confiança). Staff choose the day, within the ISP's
// cap, and must say why; it ends at 08:00 of the day after. It returns Invalid for the day and the reason, Conflict trust_state from a
// state that is no suspension for debt, and Conflict trust_open while another grant of the service runs.
func (d Desk) TrustUnblock(ctx context.Context, in Unblock) (grant *ent.TrustGrant, err error) {
	return grant, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Trust); err != nil {
			return err
		}
		sub, err := find(ctx, c, in.Subscription)
		if err != nil {
			return err
		}
		policy, err := catalog.Policy(ctx, c)
		if err != nil {
			return err
		}
		if err := in.check(d.DB.Today(ctx), policy.TrustStaffDays); err != nil {
			return err
		}
		if err := trustRefusal(sub, nil); err != nil {
			return err
		}
		isp, _ := tenants.From(ctx)
		until := in.Until.AddDays(1).At(opensAt, 0, isp.Zone)
		grant, err = d.grant(ctx, c, sub, trustgrant.ChannelStaff, until, in.Reason)
		if err == nil && grant == nil {
			err = tenants.Conflict("trust_open")
		}
		return err
	})
}

// trustRefusal is why a service cannot be unblocked on trust now, or nil.
func trustRefusal(sub *ent.Subscription, open *ent.TrustGrant) error {
	switch {
	case !status.InDebt(sub.Status):
		return tenants.Conflict("trust_state").With("status", string(sub.Status))
	case open != nil:
		return tenants.Conflict("trust_open")
	}
	return nil
}

func (in Unblock) check(today calendar.Date, days int) error {
	var wrong tenants.Fields
	switch {
	case in.Until.Before(today):
		wrong.Add("data", "past")
	case in.Until.DaysSince(today) > days:
		wrong.Add("data", "trust_days")
	}
	if len([]rune(in.Reason)) < shortestReason {
		wrong.Add("motivo", "reason_short")
	}
	return wrong.Err()
}

// SelfUnblock is what a subscriber got by his own unblock.
type SelfUnblock struct {
	Until    time.Time     // when access ends if nothing is paid
	NextFrom calendar.Date // first day on which it may be used again
	Services []*ent.Subscription
}

// TrustUnblockSelf gives a subscriber access for one day, once a month, if the operator and the ISP offer it: 24 hours, moved forward into
// 08:00 to 18:00. It covers every service of his that is suspended for debt at this moment. It returns Conflict trust_off when it is not
// offered, trust_nothing when nothing is suspended, trust_open while a grant runs, and trust_used, with the next date, in a month in which
// it was used.
func (d Desk) TrustUnblockSelf(ctx context.Context) (done *SelfUnblock, err error) {
	isp, _ := tenants.From(ctx)
	who := tenants.Who(ctx)
	if who.Kind != tenants.Subscriber {
		return nil, tenants.NotFound()
	}
	return done, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		policy, err := catalog.Policy(ctx, c)
		if err != nil {
			return err
		}
		if !isp.TrustSelfService || !policy.TrustSubscriber {
			return tenants.Conflict("trust_off")
		}
		suspended, err := c.Subscription.Query().Where(subscription.CustomerID(who.ID), subscription.StatusIn(status.Slowed, status.SuspendedDebt)).
			Order(subscription.ByNumber()).All(ctx)
		switch {
		case err != nil:
			return err
		case len(suspended) == 0:
			return tenants.Conflict("trust_nothing")
		}
		today := d.DB.Today(ctx)
		month := calendar.On(today.Year(), today.Month(), 1)
		done = &SelfUnblock{Until: intoHours(d.DB.Now().Add(24*time.Hour), isp.Zone), NextFrom: calendar.On(today.Year(), today.Month()+1, 1)}
		if err := d.useQuota(ctx, c, who.ID, month, done.NextFrom); err != nil {
			return err
		}
		for _, sub := range suspended {
			grant, err := d.grant(ctx, c, sub, trustgrant.ChannelSubscriber, done.Until, "")
			if err != nil {
				return err
			}
			if grant == nil { // staff were faster; their grant stands
				continue
			}
			if err := d.useQuota(ctx, c, sub.ID, month, done.NextFrom); err != nil {
				return err
			}
			done.Services = append(done.Services, sub)
		}
		if len(done.Services) == 0 {
			return tenants.Conflict("trust_open")
		}
		return nil
	})
}

// intoHours moves an instant forward to where it falls between 08:00 and 18:00.
func intoHours(at time.Time, zone *time.Location) time.Time {
	local := at.In(zone)
	day := calendar.Of(local)
	switch {
	case local.Hour() < opensAt:
		return day.At(opensAt, 0, zone)
	case local.Hour() >= closesAt:
		return day.AddDays(1).At(opensAt, 0, zone)
	}
	return local
}

// useQuota takes the month's one unblock of a customer or a service; a row that was there means it is used.
func (d Desk) useQuota(ctx context.Context, c *ent.Client, subject uuid.UUID, month, next calendar.Date) error {
	err := c.TrustQuota.Create().SetSubjectID(subject).SetMonth(month).SetAt(d.DB.Now()).
		OnConflictColumns(trustquota.FieldTenantID, trustquota.FieldSubjectID, trustquota.FieldMonth).DoNothing().Exec(ctx)
	if tenants.WasThere(err) {
		return tenants.Conflict("trust_used").With("next", next.BR())
	}
	return err
}

// grant opens a grant, unless one of the service is open: then there is none. The grant ends by itself, by a row of the outbox.
func (d Desk) grant(ctx context.Context, c *ent.Client, sub *ent.Subscription, channel trustgrant.Channel, until time.Time, reason string) (*ent.TrustGrant, error) {
	now, id := d.DB.Now(), uuid.Must(uuid.NewV7())
	if err := endOverdue(ctx, c, sub.ID, now); err != nil {
		return nil, err
	}
	create := c.TrustGrant.Create().SetID(id).SetSubscriptionID(sub.ID).SetCustomerID(sub.CustomerID).SetChannel(channel).
		SetReason(reason).SetGrantedAt(now).SetUntil(until)
	if who := tenants.Who(ctx); who.Kind == tenants.User {
		create.SetUserID(who.ID)
	}
	switch err := create.OnConflict().DoNothing().Exec(ctx); {
	case tenants.WasThere(err):
		return nil, nil
	case err != nil:
		return nil, err
	}
	isp, _ := tenants.From(ctx)
	err := history.Write(ctx, c, now, history.Entry{Customer: sub.CustomerID, Subject: "subscription", ID: sub.ID, Event: "trust_granted",
		Reason: reason, After: map[string]any{"until": until.In(isp.Zone).Format("02/01/2006, 15:04"), "channel": channel}})
	if err != nil {
		return nil, err
	}
	if err := status.Tell(ctx, c, now, sub.ID); err != nil {
		return nil, err
	}
	if err := outbox.Add(ctx, c, now, outbox.Job{Kind: EndTrust, Queue: outbox.Critical, At: until, Payload: map[string]string{"grant": id.String()}}); err != nil {
		return nil, err
	}
	if err := warnOfEnd(ctx, c, now, id, until); err != nil {
		return nil, err
	}
	return c.TrustGrant.Get(ctx, id)
}

// endOverdue ends a grant whose instant is past but which no worker has ended yet, so that it stands in nobody's way.
func endOverdue(ctx context.Context, c *ent.Client, sub uuid.UUID, now time.Time) error {
	return c.TrustGrant.Update().Where(trustgrant.SubscriptionID(sub), trustgrant.EndedAtIsNil(), trustgrant.UntilLTE(now)).
		SetEndedAt(now).SetOutcome(trustgrant.OutcomeExpired).Exec(ctx)
}

// ExpireTrust ends a grant at its instant: the service is back in the suspension it was in. A grant ended before is left as it is.
func (d Desk) ExpireTrust(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		now := d.DB.Now()
		ended, err := c.TrustGrant.Update().Where(trustgrant.ID(id), trustgrant.EndedAtIsNil(), trustgrant.UntilLTE(now)).
			SetEndedAt(now).SetOutcome(trustgrant.OutcomeExpired).Save(ctx)
		if err != nil || ended == 0 {
			return err
		}
		grant, err := c.TrustGrant.Get(ctx, id)
		if err != nil {
			return err
		}
		if err := status.Tell(ctx, c, now, grant.SubscriptionID); err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Customer: grant.CustomerID, Subject: "subscription", ID: grant.SubscriptionID, Event: "trust_ended"})
	})
}

// OpenGrant is the grant by which a service has access now, or nil.
func OpenGrant(ctx context.Context, c *ent.Client, sub uuid.UUID, now time.Time) (*ent.TrustGrant, error) {
	grant, err := c.TrustGrant.Query().Where(trustgrant.SubscriptionID(sub), trustgrant.EndedAtIsNil(), trustgrant.UntilGT(now)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return grant, err
}
