package subscriptions

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/transfer"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/history"
	"enlace/tenants/messages"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// TransferDays is how long a transfer waits for what both must accept before it is given up by itself.
const TransferDays = 7

// AskBoth has a transfer wait for what both must accept (aguardando aceites), in the caller's transaction, and tells it to both. The service stays as it
// is.
func (d Desk) AskBoth(ctx context.Context, c *ent.Client, t *ent.Transfer) error {
	until := d.DB.Today(ctx).AddDays(TransferDays)
	if err := c.Transfer.UpdateOneID(t.ID).SetExpiresOn(until).Exec(ctx); err != nil {
		return err
	}
	named, err := d.named(ctx, c, t)
	if err != nil {
		return err
	}
	named["until"] = until.BR()
	if err := d.tellBoth(ctx, c, t, "transfer_asked", "transfer_offered", t.OverrideReason, named); err != nil {
		return err
	}
	text := fmt.Sprintf("Troca de titularidade do serviço %d, de %s para %s: aguarda o seu aceite até %s.", named["number"], named["from"], named["to"], until.AddDays(-1).BR())
	return d.sendBoth(ctx, c, t, messages.Message{Subject: "Troca de titularidade", Text: text,
		Buttons: [][]messages.Button{{{Label: "Ver e responder", Do: DoTransfer, Thing: t.ID}}}})
}

// DoTransfer is what a button does that shows a transfer to one of the two.
const DoTransfer = "troca"

// sendBoth has both be told something, by the bot or by a letter.
func (d Desk) sendBoth(ctx context.Context, c *ent.Client, t *ent.Transfer, m messages.Message) error {
	m.Kind, m.About, m.AboutID = messages.Decided, "subscription", t.SubscriptionID
	for _, who := range []uuid.UUID{t.FromID, t.ToID} {
		m.Customer = who
		if _, err := messages.Tell(ctx, c, d.DB.Now(), m); err != nil {
			return err
		}
	}
	return nil
}

// named is what the histories of both say of a transfer.
func (d Desk) named(ctx context.Context, c *ent.Client, t *ent.Transfer) (map[string]any, error) {
	sub, err := find(ctx, c, t.SubscriptionID)
	if err != nil {
		return nil, err
	}
	from, err := c.Customer.Get(ctx, t.FromID)
	if err != nil {
		return nil, err
	}
	to, err := c.Customer.Get(ctx, t.ToID)
	if err != nil {
		return nil, err
	}
	return map[string]any{"number": sub.Number, "from": from.Name, "from_id": from.ID.String(), "to": to.Name, "to_id": to.ID.String()}, nil
}

func (d Desk) tellBoth(ctx context.Context, c *ent.Client, t *ent.Transfer, leaving, taking, reason string, named map[string]any) error {
	return history.WriteAll(ctx, c, d.DB.Now(), []history.Entry{
		{Customer: t.FromID, Subject: "subscription", ID: t.SubscriptionID, Event: leaving, Reason: reason, After: named},
		{Customer: t.ToID, Subject: "subscription", ID: t.SubscriptionID, Event: taking, Reason: reason, After: named},
	})
}

// WaitingTransfer is a transfer that waits, with what it would do to money if it took effect today.
type WaitingTransfer struct {
	*ent.Transfer
	Service  *Service
	From, To *ent.Customer
	Needs    bool                     // a manager's reason, and there is none yet
	Preview  *billing.TransferPreview // nil where nobody asked for the money, or with Fault
	Fault    error                    // why it cannot take effect today
}

// Accepted says whether a side has accepted.
func (w *WaitingTransfer) Accepted(s Side) *time.Time {
	if s == Leaving {
		return w.FromAcceptedAt
	}
	return w.ToAcceptedAt
}

// Both says whether both have accepted.
func (w *WaitingTransfer) Both() bool { return w.FromAcceptedAt != nil && w.ToAcceptedAt != nil }

// Waiting reads the transfer of a service that waits, with or without its money. It returns NotFound where none does, and Denied without Sell.
func (d Desk) Waiting(ctx context.Context, sub uuid.UUID, money bool) (w *WaitingTransfer, err error) {
	return w, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		row, err := c.Transfer.Query().Where(transfer.SubscriptionID(sub)).Where(undecided...).Only(ctx)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		w, err = d.waiting(ctx, c, row, money)
		return err
	})
}

// undecided is what makes a transfer one that waits.
var undecided = []predicate.Transfer{transfer.DoneAtIsNil(), transfer.GivenUpAtIsNil()}

func (d Desk) waiting(ctx context.Context, c *ent.Client, row *ent.Transfer, money bool) (w *WaitingTransfer, err error) {
	w = &WaitingTransfer{Transfer: row}
	if w.Service, err = bare(ctx, c, row.SubscriptionID); err != nil {
		return nil, err
	}
	if w.From, err = c.Customer.Get(ctx, row.FromID); err != nil {
		return nil, err
	}
	if w.To, err = c.Customer.Get(ctx, row.ToID); err != nil {
		return nil, err
	}
	if w.Fault = d.mayComplete(ctx, c, w); w.Fault != nil && tenants.FaultOf(w.Fault) == nil {
		return nil, w.Fault
	}
	if fault := tenants.FaultOf(w.Fault); fault != nil && (fault.Code == "transfer_overdue" || fault.Code == "transfer_suspended") {
		w.Needs = true
	}
	if !money {
		return w, nil
	}
	w.Preview, err = d.billing().PreviewTransfer(ctx, c, Handing(w.Service.Subscription, row))
	if tenants.FaultOf(err) != nil {
		w.Fault, err = err, nil
	}
	return w, err
}

// mayComplete is why a transfer that waits cannot take effect today, or nil: it may have been long since it was asked for. A debt that somebody went past
// with a reason when it was asked for is gone past.
func (d Desk) mayComplete(ctx context.Context, c *ent.Client, w *WaitingTransfer) error {
	sub := w.Service.Subscription
	switch {
	case sub.CustomerID != w.FromID:
		return tenants.Conflict("transfer_moved")
	case sub.Status != status.Enabled && !status.InDebt(sub.Status) && sub.Status != status.Paused:
		return tenants.Conflict("transfer_state").With("status", string(sub.Status))
	case tenants.Said(sub, "migrates") != "":
		return tenants.Conflict("transfer_changing")
	case !w.To.Active:
		return tenants.Conflict("customer_inactive").With("name", w.To.Name)
	case w.OverrideReason != "":
		return nil
	}
	return mayDespite(ctx, c, d.DB.Today(ctx), sub, "")
}

// Completing is a transfer that waits no longer.
type Completing struct {
	Subscription uuid.UUID
	Override     string // a manager's reason, where one is asked for
	Shown        string // the Seen of the preview that was looked at
	Key          string `json:"-"` // of the form
}

// Complete has a transfer take effect today that both have accepted, as HandOver does it. It returns Conflict transfer_unaccepted before both
// have, the faults of MayTransfer and HandOver, and NotFound where none waits. The same form sent twice does it once.
func (d Desk) Complete(ctx context.Context, in Completing) error {
	key := in.Key
	if key != "" { // nobody else's press is answered with it
		key = tenants.Who(ctx).ID.String() + "/" + key
	}
	_, err := d.DB.Once(ctx, "complete_transfer", key, in, func(ctx context.Context, c *ent.Client) (string, error) {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return "", err
		}
		if err := c.Subscription.Update().Where(subscription.ID(in.Subscription)).AddNumber(0).Exec(ctx); err != nil { // who transfers it too waits
			return "", err
		}
		row, err := c.Transfer.Query().Where(transfer.SubscriptionID(in.Subscription)).Where(undecided...).Only(ctx)
		if ent.IsNotFound(err) {
			return "", tenants.NotFound()
		} else if err != nil {
			return "", err
		}
		w, err := d.waiting(ctx, c, row, false)
		switch {
		case err != nil:
			return "", err
		case !w.Both():
			return "", tenants.Conflict("transfer_unaccepted")
		case w.Needs:
			err = mayDespite(ctx, c, d.DB.Today(ctx), w.Service.Subscription, in.Override)
		default:
			err = w.Fault
		}
		if err != nil {
			return "", err
		}
		if w.Needs {
			if row, err = c.Transfer.UpdateOneID(row.ID).SetOverrideReason(in.Override).Save(ctx); err != nil {
				return "", err
			}
		}
		_, err = d.HandOver(ctx, c, row, in.Shown)
		return "", err
	})
	return err
}

// GiveUpTransfer ends a transfer that waits: the service stays with who holds it. It returns Invalid for a reason too short, NotFound where none
// waits, and Denied without Sell.
func (d Desk) GiveUpTransfer(ctx context.Context, sub uuid.UUID, reason string) error {
	if len([]rune(reason)) < shortestReason {
		return tenants.Invalid("motivo", "reason_short")
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		return d.giveUpTransfer(ctx, c, transfer.SubscriptionID(sub), reason)
	})
}

func (d Desk) giveUpTransfer(ctx context.Context, c *ent.Client, which predicate.Transfer, reason string) error {
	row, err := c.Transfer.Query().Where(which).Where(undecided...).Only(ctx)
	if ent.IsNotFound(err) {
		return tenants.NotFound()
	} else if err != nil {
		return err
	}
	ended, err := c.Transfer.Update().Where(transfer.ID(row.ID)).Where(undecided...).SetGivenUpAt(d.DB.Now()).SetGivenUpReason(reason).ClearFromToken().ClearToToken().Save(ctx)
	if err == nil && ended == 0 {
		err = tenants.NotFound()
	}
	if err != nil {
		return err
	}
	named, err := d.named(ctx, c, row)
	if err != nil {
		return err
	}
	if err := d.tellBoth(ctx, c, row, "transfer_given_up", "transfer_given_up", reason, named); err != nil {
		return err
	}
	text := fmt.Sprintf("A troca de titularidade do serviço %d não vai mais acontecer: ele continua de %s.", named["number"], named["from"])
	return d.sendBoth(ctx, c, row, messages.Message{Subject: "Troca de titularidade", Text: text})
}

// ExpireTransfers is the kind of the day's job that gives up what was not accepted in time.
const ExpireTransfers = "subscriptions.expire_transfers"

// TransfersExpireAt is when, after midnight.
const TransfersExpireAt = 6*time.Hour + 5*time.Minute

// ExpireTransfersAll gives up every transfer that waits longer than TransferDays, and every one whose service has ended. It may run late, or
// twice. It answers how many.
func (d Desk) ExpireTransfersAll(ctx context.Context) (done int, err error) {
	var ids []uuid.UUID
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		gone := tenants.IDsIn(subscription.Table, subscription.FieldID, subscription.StatusEQ(status.Cancelled))
		ids, err = c.Transfer.Query().Where(undecided...).Where(transfer.Or(transfer.ExpiresOnLTE(d.DB.Today(ctx)), tenants.Among[predicate.Transfer](transfer.FieldSubscriptionID, gone))).IDs(ctx)
		return err
	})
	for _, id := range ids {
		if err != nil {
			break
		}
		err = d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
			return d.giveUpTransfer(ctx, c, transfer.ID(id), "prazo dos aceites vencido")
		})
		if tenants.FaultOf(err) != nil { // somebody was faster
			err = nil
		} else if err == nil {
			done++
		}
	}
	return done, err
}
