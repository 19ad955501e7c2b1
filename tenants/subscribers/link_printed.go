package subscribers

import (
	"context"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/customer"
	"enlace/ent/telegramattempt"
	"enlace/ent/telegramlink"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/invites"
	"enlace/tenants/staff"
)

// Open uses a link: one that was shown lets in at once, one that was printed asks for a second proof, which EnterByPaper or ShowWithPaper takes. What
// is neither is refused alike and counted. A shown link opens also to a chat to which the rest is shut: the office stands beside it.
func (d Desk) Open(ctx context.Context, caller Caller, token string) (entry Entry, err error) {
	return entry, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		shown, err := d.accept(ctx, c, caller, token)
		if err != nil {
			return err
		}
		if shown != nil {
			entry.Customers = []*ent.Customer{shown}
			return nil
		}
		if shut, err := d.shut(ctx, c, caller.Chat); err != nil || shut {
			entry.Refused = Shut
			return err
		}
		if holder, _, err := d.printedOf(ctx, c, token); err != nil || holder != nil {
			return err
		}
		entry, err = d.refuse(ctx, c, caller.Chat, telegramattempt.KindLink, DeadLink)
		return err
	})
}

// EnterByPaper lets in who opened a printed link and writes the day of birth, which stands on no paper with a link; the CPF does, so it proves
// nothing here. It uses the link up.
func (d Desk) EnterByPaper(ctx context.Context, caller Caller, token, proof string) (Entry, error) {
	return d.enterByPaper(ctx, caller, token, func(_ context.Context, _ *ent.Client, holder *ent.Customer) (bool, telegramattempt.Kind, error) {
		return provesBirth(holder, proof), telegramattempt.KindProof, nil
	})
}

// ShowWithPaper lets in who opened a printed link and sends his own card, whose telephone is on record for its customer. It uses the link up.
func (d Desk) ShowWithPaper(ctx context.Context, caller Caller, token string, card Card) (Entry, error) {
	entry, err := d.enterByPaper(ctx, caller, token, func(ctx context.Context, c *ent.Client, holder *ent.Customer) (bool, telegramattempt.Kind, error) {
		if !card.Own {
			return false, telegramattempt.KindCard, nil
		}
		has, err := c.Customer.Query().Where(customer.ID(holder.ID), hasPhone(card.Phone)).Exist(ctx)
		return has, telegramattempt.KindProof, err
	})
	if entry.Refused == NotProven && !card.Own {
		entry.Refused = NotOwn
	}
	return entry, err
}

func (d Desk) enterByPaper(ctx context.Context, caller Caller, token string, proves func(context.Context, *ent.Client, *ent.Customer) (bool, telegramattempt.Kind, error)) (entry Entry, err error) {
	return entry, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if shut, err := d.shut(ctx, c, caller.Chat); err != nil || shut {
			entry.Refused = Shut
			return err
		}
		holder, nth, err := d.printedOf(ctx, c, token)
		if err != nil {
			return err
		}
		if holder == nil { // it ended meanwhile
			entry, err = d.refuse(ctx, c, caller.Chat, telegramattempt.KindLink, DeadLink)
			return err
		}
		proven, kind, err := proves(ctx, c, holder)
		if err != nil {
			return err
		}
		if !proven {
			entry, err = d.refuse(ctx, c, caller.Chat, kind, NotProven)
			return err
		}
		switch _, ended, err := invites.End(ctx, c, d.DB.Now(), holder, nth, true); {
		case err != nil:
			return err
		case !ended: // by another chat, at the same moment
			entry.Refused = DeadLink
			return nil
		}
		entry.Customers = []*ent.Customer{holder}
		return d.tie(As(ctx, holder), c, caller, holder, telegramlink.WayPrinted)
	})
}

// printedOf is whose printed link a token is, and which of his; nobody's when it is over, or none.
func (d Desk) printedOf(ctx context.Context, c *ent.Client, token string) (*ent.Customer, int, error) {
	if d.Vault == nil {
		return nil, 0, nil
	}
	printed, err := invites.Read(ctx, d.Vault, token)
	if err != nil || printed == nil {
		return nil, 0, err
	}
	holder, err := c.Customer.Query().Where(customer.Number(printed.Customer)).Only(ctx)
	if ent.IsNotFound(err) {
		return nil, 0, nil
	} else if err != nil {
		return nil, 0, err
	}
	over, err := invites.Over(ctx, c, holder.ID)
	if err != nil || printed.Nth != over+1 {
		return nil, 0, err
	}
	return holder, printed.Nth, nil
}

// HasPrinted says whether a customer's papers have a link that still serves. It returns Denied without See.
func (d Desk) HasPrinted(ctx context.Context, of *ent.Customer) (has bool, err error) {
	return has, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.See); err != nil {
			return err
		}
		door, err := invites.Door(ctx, c, of)
		has = door != ""
		return err
	})
}

// Revoke takes back the link that a customer's papers have: from now on it opens nothing, and the next paper has another. It returns NotFound,
// and Denied without Sell.
func (d Desk) Revoke(ctx context.Context, customerID uuid.UUID) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		who, err := c.Customer.Get(ctx, customerID)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		over, err := invites.Over(ctx, c, customerID)
		if err != nil {
			return err
		}
		id, ended, err := invites.End(ctx, c, d.DB.Now(), who, over+1, false)
		if err != nil || !ended { // ended by somebody else, at the same moment
			return err
		}
		return history.Write(ctx, c, d.DB.Now(), history.Entry{Customer: who.ID, Subject: "telegram_invite", ID: id, Event: "telegram_paper_revoked"})
	})
}
