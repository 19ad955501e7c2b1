// Package invites is the links into the bot that are printed on papers. A customer has one at a time: it leads into the bot by his number and
// by how many came before it, and a mark that only the vault can make says that it is ours. So the database keeps nothing of it that would
// open a door, and the same link can be printed again and again; only when it is over, used by a chat or taken back by the office, is there a
// row, and the next paper has the next link. A paper passes from hand to hand, so a link on it is never a proof by itself.
package invites

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/telegraminvite"
	"enlace/tenants"
	"enlace/tenants/bots"
)

const (
	purpose   = "telegram printed link"
	markBytes = 12 // of the mark, so that the code stays small enough for a carnê; 96 bits are not guessed
)

// Link opens the bot with a token.
func Link(bot, token string) string { return "https://t.me/" + bot + "?start=" + token }

// Door is where the printed link of a customer leads, still without its mark, so that it may lie in the database; "" while the ISP has no bot.
func Door(ctx context.Context, c *ent.Client, of *ent.Customer) (string, error) {
	bot, err := bots.Of(ctx, c)
	if err != nil || bot == nil || bot.Username == "" {
		return "", err
	}
	over, err := Over(ctx, c, of.ID)
	return Link(bot.Username, name(of.Number, over+1)), err
}

// Over is how many printed links of a customer are over.
func Over(ctx context.Context, c *ent.Client, of uuid.UUID) (int, error) {
	return c.TelegramInvite.Query().Where(telegraminvite.CustomerID(of), telegraminvite.KindEQ(telegraminvite.KindPrinted)).Count(ctx)
}

// name is a link's token without its mark: c982-1.
func name(customer int64, nth int) string { return fmt.Sprintf("c%d-%d", customer, nth) }

// Mark makes a door the link that is printed.
func Mark(ctx context.Context, vault *tenants.Vault, door string) (string, error) {
	_, name, _ := strings.Cut(door, "?start=")
	mark, err := markOf(ctx, vault, name)
	return door + "-" + mark, err
}

func markOf(ctx context.Context, vault *tenants.Vault, name string) (string, error) {
	mark, err := vault.Mark(ctx, purpose, name)
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(mark[:markBytes]), nil
}

var shape = regexp.MustCompile(`^(c([1-9][0-9]{0,17})-([1-9][0-9]{0,5}))-([0-9A-Za-z_-]{16})$`)

// Printed is a link as it was printed.
type Printed struct {
	Customer int64 // number
	Nth      int   // of the customer's
}

// Read reads the token of a printed link; nil for what is none, or has no mark of this ISP's vault.
func Read(ctx context.Context, vault *tenants.Vault, token string) (*Printed, error) {
	parts := shape.FindStringSubmatch(token)
	if parts == nil {
		return nil, nil
	}
	mark, err := markOf(ctx, vault, parts[1])
	if err != nil || !hmac.Equal([]byte(mark), []byte(parts[4])) {
		return nil, err
	}
	p := &Printed{}
	p.Customer, _ = strconv.ParseInt(parts[2], 10, 64) // of the shape
	p.Nth, _ = strconv.Atoi(parts[3])
	return p, nil
}

// End says that a printed link of a customer is over: a chat has used it, or else the office took it back. Of two at once one ends it, and the
// other gets false.
func End(ctx context.Context, c *ent.Client, now time.Time, of *ent.Customer, nth int, used bool) (id uuid.UUID, ended bool, err error) {
	id = uuid.Must(uuid.NewV7())
	row := c.TelegramInvite.Create().SetID(id).SetTokenHash([]byte(name(of.Number, nth))).SetCustomerID(of.ID).SetKind(telegraminvite.KindPrinted).SetCreatedAt(now)
	if used {
		row.SetUsedAt(now)
	}
	err = row.OnConflict().DoNothing().Exec(ctx)
	if tenants.WasThere(err) {
		return uuid.Nil, false, nil
	}
	return id, err == nil, err
}

// Close ends what could still let somebody in as a customer: the links that were shown and are not used, and the one that his papers have, as End does.
func Close(ctx context.Context, c *ent.Client, now time.Time, of *ent.Customer) (paper uuid.UUID, ended bool, err error) {
	err = c.TelegramInvite.Update().Where(telegraminvite.CustomerID(of.ID), telegraminvite.KindEQ(telegraminvite.KindShown), telegraminvite.UsedAtIsNil(), telegraminvite.ExpiresAtGT(now)).
		SetExpiresAt(now).Exec(ctx)
	if err != nil {
		return uuid.Nil, false, err
	}
	over, err := Over(ctx, c, of.ID)
	if err != nil {
		return uuid.Nil, false, err
	}
	return End(ctx, c, now, of, over+1, false)
}
