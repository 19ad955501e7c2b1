package subscriptions

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/predicate"
	"enlace/ent/subscription"
	"enlace/ent/transfer"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/history"
	"enlace/tenants/staff"
	"enlace/tenants/status"
)

// TransferDays is how long a transfer waits for what both must accept before it is given up by itself.
const TransferDays = 7

// Side is one of the two who accept a transfer.
type Side string

// The sides.
const (
	Leaving Side = "sai"
	Taking  Side = "entra"
)

// AskBoth has a transfer wait for what both must accept (aguardando aceites), in the caller's transaction. The service stays as it is.
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
	return d.tellBoth(ctx, c, t, "transfer_asked", "transfer_offered", t.OverrideReason, named)
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

// tokenBytes is how long the secret of a link is.
const tokenBytes = 32

// InviteToAccept makes the link by which one side accepts; one made before for it opens nothing any more. The secret is in the answer alone; the
// database has its hash. It returns Conflict transfer_accepted for a side that has accepted, NotFound, and Denied without Sell.
func (d Desk) InviteToAccept(ctx context.Context, sub uuid.UUID, side Side) (secret string, err error) {
	raw := make([]byte, tokenBytes)
	_, _ = rand.Read(raw) // it does not fail: crypto/rand ends the process instead
	secret = base64.RawURLEncoding.EncodeToString(raw)
	return secret, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		of := c.Transfer.Update().Where(transfer.SubscriptionID(sub)).Where(undecided...)
		switch side {
		case Leaving:
			of.Where(transfer.FromAcceptedAtIsNil()).SetFromToken(hashOf(secret))
		case Taking:
			of.Where(transfer.ToAcceptedAtIsNil()).SetToToken(hashOf(secret))
		default:
			return tenants.NotFound()
		}
		made, err := of.Save(ctx)
		if err != nil || made > 0 {
			return err
		}
		there, err := c.Transfer.Query().Where(transfer.SubscriptionID(sub)).Where(undecided...).Exist(ctx)
		if err == nil && there {
			return tenants.Conflict("transfer_accepted")
		} else if err == nil {
			err = tenants.NotFound()
		}
		return err
	})
}

// hashOf is what the database keeps of a secret: one of 32 random bytes needs no slow hash.
func hashOf(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Invited is a transfer as one who opened a link to accept it sees it.
type Invited struct {
	*WaitingTransfer
	Side Side
}

// ByLink reads the transfer that a link is about, for who opened it, with or without its money. It returns the same NotFound for a link that is old, used up by another
// one, of a transfer that is over, or of another ISP.
func (d Desk) ByLink(ctx context.Context, secret string, money bool) (in *Invited, err error) {
	return in, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		in, err = d.byLink(ctx, c, secret, money)
		return err
	})
}

func (d Desk) byLink(ctx context.Context, c *ent.Client, secret string, money bool) (*Invited, error) {
	hash := hashOf(secret)
	row, err := c.Transfer.Query().Where(transfer.Or(transfer.FromToken(hash), transfer.ToToken(hash)), transfer.ExpiresOnGT(d.DB.Today(ctx))).Where(undecided...).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	in := &Invited{Side: Taking}
	if row.FromToken != nil && string(*row.FromToken) == string(hash) {
		in.Side = Leaving
	}
	in.WaitingTransfer, err = d.waiting(ctx, c, row, money)
	return in, err
}

// Accept notes that a side accepts a transfer, by the link it was given. Twice is once. It returns the NotFound of ByLink.
func (d Desk) Accept(ctx context.Context, secret string) (in *Invited, err error) {
	return in, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if in, err = d.byLink(ctx, c, secret, true); err != nil {
			return err
		}
		now, who, event := d.DB.Now(), in.To, "transfer_accepted_taking"
		of := c.Transfer.Update().Where(transfer.ID(in.ID))
		if in.Side == Leaving {
			who, event = in.From, "transfer_accepted_leaving"
			of.Where(transfer.FromAcceptedAtIsNil()).SetFromAcceptedAt(now)
			in.FromAcceptedAt = &now
		} else {
			of.Where(transfer.ToAcceptedAtIsNil()).SetToAcceptedAt(now)
			in.ToAcceptedAt = &now
		}
		first, err := of.Save(ctx)
		if err != nil || first == 0 {
			return err
		}
		by := tenants.As(ctx, tenants.Actor{Kind: tenants.Subscriber, ID: who.ID, Name: who.Name, Channel: tenants.Web})
		named, err := d.named(ctx, c, in.Transfer)
		if err != nil {
			return err
		}
		return d.tellBoth(by, c, in.Transfer, event, event, "", named)
	})
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
	return d.tellBoth(ctx, c, row, "transfer_given_up", "transfer_given_up", reason, named)
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
