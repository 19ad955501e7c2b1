package subscribers

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/telegramlink"
	"enlace/ent/telegrammessage"
	"enlace/tenants"
	"enlace/tenants/messages"
	"enlace/tenants/outbox"
)

// Unasked is what the bot is to say to a chat.
type Unasked struct {
	Token    string // of the bot
	Chat     int64
	Customer uuid.UUID // whom its buttons are about
	Text     string    // plain
	Buttons  [][]messages.Button
}

// Door says something to a chat. An error that is Refused is final; after any other it is said again, after Busy and ErrToken not at once.
type Door interface {
	Say(ctx context.Context, u Unasked) error
}

// Refused means that the chat will not hear it, however often it is said.
type Refused struct {
	Why    string
	Closed bool // the chat takes nothing at all from this bot
}

func (r *Refused) Error() string { return r.Why }

// Busy means that Telegram wants to be left in peace.
type Busy struct{ For time.Duration }

func (b *Busy) Error() string { return "o Telegram pede uma pausa de " + b.For.String() }

// ErrToken means that Telegram knows no bot of that token.
var ErrToken = errors.New("subscribers: Telegram knows no bot of this token")

// errNoDoor means that nothing was wired to speak with.
var errNoDoor = errors.New("subscribers: no door")

// errUnlinked is why a chat that was unlinked meanwhile hears nothing.
var errUnlinked = &Refused{Why: "o chat foi desvinculado"}

// mostPatience is how long a message is tried before it has failed.
const mostPatience = 24 * time.Hour

// Say has the bot say a message, if the chat may still see whom it is about, and keeps how that went. It is called by a worker, and may be called
// again: what was said or has failed is left alone.
func (d Desk) Say(ctx context.Context, id uuid.UUID) error {
	if d.Door == nil {
		return errNoDoor
	}
	row, linked, err := d.unsaid(ctx, id)
	if err != nil || row.Status != telegrammessage.StatusWaiting {
		return err
	}
	failure := error(errUnlinked)
	if linked {
		failure = d.say(ctx, row)
	}
	var later *outbox.Later
	if errors.As(failure, &later) && later.Why == "" && !d.gaveUp(row) {
		return failure
	}
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second) // a door that used up the time is noted all the same
	defer cancel()
	err = d.DB.Write(noting, func(ctx context.Context, c *ent.Client) error {
		return d.howItWent(c, row, failure).Exec(ctx)
	})
	var refused *Refused
	if errors.As(failure, &refused) || d.gaveUp(row) {
		return err
	}
	return errors.Join(failure, err)
}

func (d Desk) gaveUp(row *ent.TelegramMessage) bool {
	return d.DB.Now().Sub(row.CreatedAt) > mostPatience
}

func (d Desk) unsaid(ctx context.Context, id uuid.UUID) (row *ent.TelegramMessage, linked bool, err error) {
	return row, linked, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if row, err = c.TelegramMessage.Get(ctx, id); ent.IsNotFound(err) {
			return tenants.NotFound()
		} else if err != nil {
			return err
		}
		linked, err = c.TelegramLink.Query().Where(telegramlink.ChatID(row.ChatID), telegramlink.CustomerID(row.CustomerID), telegramlink.EndedAtIsNil()).Exist(ctx)
		return err
	})
}

func (d Desk) say(ctx context.Context, row *ent.TelegramMessage) error {
	bot, err := d.Bot(ctx)
	if tenants.FaultOf(err) != nil {
		return &Refused{Why: "o provedor não tem bot"}
	} else if err != nil {
		return err
	}
	buttons, err := messages.ButtonsOf(row)
	if err != nil {
		return err
	}
	return d.inTurn(ctx, row.ID, Unasked{Token: bot.Token, Chat: row.ChatID, Customer: row.CustomerID, Text: row.Text, Buttons: buttons})
}

func (d Desk) howItWent(c *ent.Client, row *ent.TelegramMessage, failure error) *ent.TelegramMessageUpdate {
	update := c.TelegramMessage.Update().Where(telegrammessage.ID(row.ID), telegrammessage.StatusEQ(telegrammessage.StatusWaiting)).AddTries(1)
	var refused *Refused
	if failure == nil {
		return update.SetStatus(telegrammessage.StatusSent).SetSentAt(d.DB.Now()).SetError("")
	}
	why := []rune(strings.ToValidUTF8(failure.Error(), ""))
	update.SetError(string(why[:min(len(why), 300)]))
	if errors.As(failure, &refused) || d.gaveUp(row) {
		update.SetStatus(telegrammessage.StatusFailed)
	}
	return update
}
