package subscribers

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/telegraminvite"
	"enlace/ent/telegramlink"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/history"
	"enlace/tenants/invites"
	"enlace/tenants/staff"
)

// Link is a one-time way into the bot as a customer: whoever opens it first is let in.
type Link struct {
	URL     string // https://t.me/BOT?start=TOKEN
	Expires time.Time
}

// LifeOfLink is how long a link that is shown serves.
const LifeOfLink = 10 * time.Minute

const tokenBytes = 32

// Invite makes the link that ties a chat to a customer, to be shown to him now: it serves once, for LifeOfLink. The token is in the answer
// alone; the database has its hash. It returns Denied without Sell, NotFound, and Conflict no_bot while the ISP has no bot.
func (d Desk) Invite(ctx context.Context, customerID uuid.UUID) (link Link, err error) {
	raw := make([]byte, tokenBytes)
	_, _ = rand.Read(raw) // it does not fail: crypto/rand ends the process instead
	token := base64.RawURLEncoding.EncodeToString(raw)
	return link, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Sell); err != nil {
			return err
		}
		customer, err := c.Customer.Get(ctx, customerID)
		if ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		bot, err := bots.Of(ctx, c)
		if err != nil {
			return err
		}
		if bot == nil || bot.Username == "" {
			return tenants.Conflict("no_bot")
		}
		now := d.DB.Now()
		link = Link{URL: invites.Link(bot.Username, token), Expires: now.Add(LifeOfLink)}
		made, err := c.TelegramInvite.Create().SetTokenHash(hashOf(token)).SetCustomerID(customer.ID).SetKind(telegraminvite.KindShown).
			SetCreatedAt(now).SetExpiresAt(link.Expires).Save(ctx)
		if err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Customer: customer.ID, Subject: "telegram_invite", ID: made.ID, Event: "telegram_invited",
			After: map[string]any{"expires": link.Expires}})
	})
}

// accept uses up a shown link and ties the chat to its customer, whom it returns. Of many who use it at once one wins. Nobody comes of a token that
// expired, was used, is of another ISP or never was.
func (d Desk) accept(ctx context.Context, c *ent.Client, caller Caller, token string) (*ent.Customer, error) {
	now, hash := d.DB.Now(), hashOf(token)
	used, err := c.TelegramInvite.Update().Where(telegraminvite.TokenHash(hash), telegraminvite.KindEQ(telegraminvite.KindShown),
		telegraminvite.UsedAtIsNil(), telegraminvite.ExpiresAtGT(now)).SetUsedAt(now).Save(ctx)
	if err != nil || used == 0 {
		return nil, err
	}
	invite, err := c.TelegramInvite.Query().Where(telegraminvite.TokenHash(hash)).Only(ctx)
	if err != nil {
		return nil, err
	}
	customer, err := c.Customer.Get(ctx, invite.CustomerID)
	if err != nil {
		return nil, err
	}
	return customer, d.tie(As(ctx, customer), c, caller, customer, telegramlink.WayShown)
}

// hashOf is what the database keeps of a token: a token of 32 random bytes needs no slow hash.
func hashOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
