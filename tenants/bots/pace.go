package bots

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/telegrambot"
	"enlace/ent/telegramlink"
	"enlace/ent/telegrammessage"
	"enlace/tenants"
	"enlace/tenants/outbox"
)

// How fast a bot says what nobody asked for. Telegram takes about thirty messages a second of a bot, and one a second of a chat (core.telegram.org/bots/faq);
// a third of that is left to answers, which wait for nobody: they are said by whoever heard the question. The pace is kept beside the bot, so that any
// number of workers keep one pace.
const (
	botPace  = time.Second / 20
	chatPace = time.Second
)

// mostWait is how long a worker waits for a message's turn; one whose turn is later is put back.
const mostWait = chatPace

// deadPause is after what time a message is tried again through a bot whose token is dead: somebody has to save another one.
const deadPause = 10 * time.Minute

// errBlocked is why a chat hears nothing that blocked the bot.
var errBlocked = &Refused{Why: ChatClosed, Closed: true}

// inTurn says something to a chat when it is its turn. It returns outbox.Later when that is not now, or Telegram wants to be left in peace, or to know
// another token; what a chat takes no more is noted of it.
func (d Desk) inTurn(ctx context.Context, message uuid.UUID, u Unasked) error {
	wait, err := d.turn(ctx, message, u.Chat)
	if err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(wait):
	}
	err = d.Door.Say(ctx, u)
	noting, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	var busy *Busy
	var refused *Refused
	switch {
	case errors.Is(err, ErrToken):
		return errors.Join(&outbox.Later{At: d.DB.Now().Add(deadPause), Why: DeadToken}, d.dead(noting))
	case errors.As(err, &busy):
		return errors.Join(&outbox.Later{At: d.DB.Now().Add(busy.For), Why: TelegramBusy}, d.Hush(noting, busy.For))
	case errors.As(err, &refused) && refused.Closed:
		return errors.Join(err, d.Blocked(noting, u.Chat))
	}
	return err
}

// Hush has the bot say nothing unasked during a pause: Telegram wants to be left in peace.
func (d Desk) Hush(ctx context.Context, pause time.Duration) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		until := d.DB.Now().Add(pause)
		return c.TelegramBot.Update().Where(telegrambot.Or(telegrambot.PacedUntilIsNil(), telegrambot.PacedUntilLT(until))).SetPacedUntil(until).Exec(ctx)
	})
}

// dead notes that Telegram does not know the bot's token, for the gerente to read.
func (d Desk) dead(ctx context.Context) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.TelegramBot.Update().SetFailure(DeadToken).Exec(ctx)
	})
}

// turn takes the next turn to say something to a chat, and answers how long it is until then. It returns outbox.Later, and takes none, when that is
// too long to wait for.
func (d Desk) turn(ctx context.Context, message uuid.UUID, chat int64) (wait time.Duration, err error) {
	return wait, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		now := d.DB.Now()
		// Whoever takes a turn at the same moment waits here for this one's end, and then sees it.
		if err := c.TelegramBot.Update().AddLastUpdate(0).Exec(ctx); err != nil {
			return err
		}
		bot, err := Of(ctx, c)
		if err != nil {
			return err
		}
		if bot == nil {
			return tenants.NotFound()
		}
		if bot.Failure == DeadToken {
			return &outbox.Later{At: now.Add(deadPause), Why: DeadToken}
		}
		blocked, err := c.TelegramLink.Query().Where(telegramlink.ChatID(chat), telegramlink.EndedAtIsNil(), telegramlink.BlockedAtNotNil()).Exist(ctx)
		if err != nil {
			return err
		}
		if blocked {
			return errBlocked
		}
		free := now
		if bot.PacedUntil != nil && bot.PacedUntil.After(now) {
			free = *bot.PacedUntil
		}
		at := free
		before, err := c.TelegramMessage.Query().Where(telegrammessage.ChatID(chat), telegrammessage.TurnAtNotNil()).Order(ent.Desc(telegrammessage.FieldTurnAt)).First(ctx)
		if err != nil && !ent.IsNotFound(err) {
			return err
		}
		if before != nil && before.TurnAt.Add(chatPace).After(at) {
			at = before.TurnAt.Add(chatPace)
		}
		if wait = at.Sub(now); wait > mostWait {
			return &outbox.Later{At: at}
		}
		if err := c.TelegramMessage.UpdateOneID(message).SetTurnAt(at).Exec(ctx); err != nil {
			return err
		}
		return c.TelegramBot.UpdateOneID(bot.ID).SetPacedUntil(free.Add(botPace)).Exec(ctx)
	})
}
