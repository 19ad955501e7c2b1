package bots

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/telegrammessage"
	"enlace/tenants"
	"enlace/tenants/messages"
	"enlace/tenants/outbox"
)

// Unasked is what the bot is to say to a chat.
type Unasked struct {
	Token   string // of the bot
	Chat    int64
	Text    string // plain
	Buttons [][]Button
}

// Button is one under what the bot says.
type Button struct {
	messages.Button
	Customer uuid.UUID // whom it is about; nobody: all whom the chat may see
}

// Door says something to a chat. An error that is Refused is final; after any other it is said again, after Busy and ErrToken not at once.
type Door interface {
	Say(ctx context.Context, u Unasked) error
}

// Refused means that the chat will not hear it, however often it is said.
type Refused struct {
	Why    string // a code, as below; never what Telegram wrote, which may hold anything
	Closed bool   // the chat takes nothing at all from this bot
}

func (r *Refused) Error() string { return r.Why }

// Busy means that Telegram wants to be left in peace.
type Busy struct{ For time.Duration }

func (b *Busy) Error() string { return "o Telegram pede uma pausa de " + b.For.String() }

// Why something was not said, beside DeadToken and SealedToken. It is all that is kept of a failure with what the customer was to be told; what Telegram
// wrote stands in the log.
const (
	ChatClosed   = "chat_closed"   // it blocked the bot, or is no more
	ChatUnlinked = "chat_unlinked" // it was unlinked meanwhile
	NoBot        = "no_bot"        // the ISP has none any more
	TelegramNo   = "telegram_no:"  // Telegram refused; behind it, its code
	TelegramBusy = "telegram_busy" // it wants to be left in peace
	NotReached   = "not_reached"   // it did not answer, or something else failed
)

// ErrToken means that Telegram knows no bot of that token.
var ErrToken = errors.New("bots: Telegram knows no bot of this token")

// errNoDoor means that nothing was wired to speak with.
var errNoDoor = errors.New("bots: no door")

// errUnlinked is why a chat that was unlinked meanwhile hears nothing.
var errUnlinked = &Refused{Why: ChatUnlinked}

// mostPatience is how long a message is tried before it has failed.
const mostPatience = 24 * time.Hour

// Say has the bot say a message, with those that wait to be said with it, if the chat may still see whom each is about, and keeps how that went. It
// is called by a worker, and may be called again: what was said or has failed is left alone.
func (d Desk) Say(ctx context.Context, id uuid.UUID) error {
	if d.Door == nil {
		return errNoDoor
	}
	b, err := d.gather(ctx, id)
	if err != nil || len(b.Rows) == 0 {
		return err
	}
	var seen, unseen []*ent.TelegramMessage
	for _, row := range b.Rows {
		if b.Whose[row.CustomerID] {
			seen = append(seen, row)
		} else {
			unseen = append(unseen, row)
		}
	}
	var failure error
	if len(seen) > 0 {
		failure = d.say(ctx, seen)
	}
	var later *outbox.Later
	if errors.As(failure, &later) && later.Why == "" && !d.gaveUp(seen) {
		return failure
	}
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second) // a door that used up the time is noted all the same
	defer cancel()
	err = d.DB.Write(noting, func(ctx context.Context, c *ent.Client) error {
		return errors.Join(d.howItWent(ctx, c, seen, failure), d.howItWent(ctx, c, unseen, errUnlinked))
	})
	var refused *Refused
	if errors.As(failure, &refused) || len(seen) > 0 && d.gaveUp(seen) {
		return err
	}
	return errors.Join(failure, err)
}

// gaveUp says that messages were tried for too long, since the last of them was due.
func (d Desk) gaveUp(rows []*ent.TelegramMessage) bool {
	return d.DB.Now().Sub(rows[len(rows)-1].DueAt) > mostPatience
}

func (d Desk) say(ctx context.Context, rows []*ent.TelegramMessage) error {
	bot, err := d.Bot(ctx)
	if tenants.FaultOf(err) != nil {
		return &Refused{Why: NoBot}
	} else if errors.Is(err, tenants.ErrSealed) {
		return &outbox.Later{At: d.DB.Now().Add(deadPause), Why: SealedToken}
	} else if err != nil {
		return err
	}
	buttons, err := buttonsOf(rows, bot.Face)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	return d.inTurn(ctx, rows[0].ID, Unasked{Token: bot.Token, Chat: rows[0].ChatID, Text: textOf(rows, isp.Name), Buttons: buttons})
}

// howItWent keeps it with each of several messages.
func (d Desk) howItWent(ctx context.Context, c *ent.Client, rows []*ent.TelegramMessage, failure error) error {
	if len(rows) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	update := c.TelegramMessage.Update().Where(telegrammessage.IDIn(ids...), telegrammessage.StatusEQ(telegrammessage.StatusWaiting)).AddTries(1)
	var refused *Refused
	if failure == nil {
		return update.SetStatus(telegrammessage.StatusSent).SetSentAt(d.DB.Now()).SetError("").Exec(ctx)
	}
	update.SetError(codeOf(failure))
	if !errors.As(failure, &refused) && !d.gaveUp(rows) {
		return update.Exec(ctx)
	}
	if err := update.SetStatus(telegrammessage.StatusFailed).Exec(ctx); err != nil {
		return err
	}
	return messages.TellAnew(ctx, c, rows)
}

// codeOf is what is kept of a failure.
func codeOf(failure error) string {
	var refused *Refused
	var later *outbox.Later
	switch {
	case errors.As(failure, &refused):
		return refused.Why
	case errors.As(failure, &later):
		return cmp.Or(later.Why, TelegramBusy)
	}
	return NotReached
}
