package subscriptions

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/transfer"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Side is one of the two who accept a transfer.
type Side string

// The sides.
const (
	Leaving Side = "sai"
	Taking  Side = "entra"
)

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

// Invited is a transfer as one of the two sees it, by a link to accept it or by the bot.
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

// ByParty reads the transfer that one of the two was told of, for the subscriber who acts, with its money. It returns the same NotFound for one that is
// over, of others, or of another ISP.
func (d Desk) ByParty(ctx context.Context, id uuid.UUID) (in *Invited, err error) {
	return in, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		in, err = d.byParty(ctx, c, id)
		return err
	})
}

func (d Desk) byParty(ctx context.Context, c *ent.Client, id uuid.UUID) (*Invited, error) {
	me := tenants.Who(ctx)
	if me.Kind != tenants.Subscriber {
		return nil, tenants.NotFound()
	}
	row, err := c.Transfer.Query().Where(transfer.ID(id), transfer.Or(transfer.FromID(me.ID), transfer.ToID(me.ID)), transfer.ExpiresOnGT(d.DB.Today(ctx))).Where(undecided...).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	in := &Invited{Side: Taking}
	if row.FromID == me.ID {
		in.Side = Leaving
	}
	in.WaitingTransfer, err = d.waiting(ctx, c, row, true)
	return in, err
}

// Accept notes that a side accepts a transfer, by the link it was given. Twice is once. It returns the NotFound of ByLink.
func (d Desk) Accept(ctx context.Context, secret string) (in *Invited, err error) {
	return in, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if in, err = d.byLink(ctx, c, secret, true); err != nil {
			return err
		}
		return d.accept(in.party(ctx), c, in)
	})
}

// party is the context in which who was given a link acts.
func (in *Invited) party(ctx context.Context) context.Context {
	who := in.To
	if in.Side == Leaving {
		who = in.From
	}
	return tenants.As(ctx, tenants.Actor{Kind: tenants.Subscriber, ID: who.ID, Name: who.Name, Channel: tenants.Web})
}

// AcceptAsParty is Accept by the subscriber who acts. It returns the NotFound of ByParty.
func (d Desk) AcceptAsParty(ctx context.Context, id uuid.UUID) (in *Invited, err error) {
	return in, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if in, err = d.byParty(ctx, c, id); err != nil {
			return err
		}
		return d.accept(ctx, c, in)
	})
}

func (d Desk) accept(ctx context.Context, c *ent.Client, in *Invited) error {
	now, event := d.DB.Now(), "transfer_accepted_taking"
	of := c.Transfer.Update().Where(transfer.ID(in.ID)).Where(undecided...)
	if in.Side == Leaving {
		event = "transfer_accepted_leaving"
		of.Where(transfer.FromAcceptedAtIsNil()).SetFromAcceptedAt(now)
	} else {
		of.Where(transfer.ToAcceptedAtIsNil()).SetToAcceptedAt(now)
	}
	first, err := of.Save(ctx)
	if err != nil || first == 0 {
		return err
	}
	if in.Side == Leaving {
		in.FromAcceptedAt = &now
	} else {
		in.ToAcceptedAt = &now
	}
	named, err := d.named(ctx, c, in.Transfer)
	if err != nil {
		return err
	}
	return d.tellBoth(ctx, c, in.Transfer, event, event, "", named)
}

// Refuse ends a transfer that waits because one of the two will not have it, by the link it was given: why it may say. The links open nothing any
// more. It returns the NotFound of ByLink.
func (d Desk) Refuse(ctx context.Context, secret, why string) (in *Invited, err error) {
	return in, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if in, err = d.byLink(ctx, c, secret, false); err != nil {
			return err
		}
		return d.refuse(in.party(ctx), c, in.ID, why)
	})
}

// RefuseAsParty is Refuse by the subscriber who acts. It returns the NotFound of ByParty.
func (d Desk) RefuseAsParty(ctx context.Context, id uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if _, err := d.byParty(ctx, c, id); err != nil {
			return err
		}
		return d.refuse(ctx, c, id, "")
	})
}

func (d Desk) refuse(ctx context.Context, c *ent.Client, id uuid.UUID, why string) error {
	reason := "recusada por " + tenants.Who(ctx).Name
	if why != "" {
		reason += ": " + why
	}
	return d.giveUpTransfer(ctx, c, transfer.ID(id), reason)
}
