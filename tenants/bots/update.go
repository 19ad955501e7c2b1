package bots

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/predicate"
	"enlace/ent/telegrambot"
	"enlace/ent/telegramlink"
	"enlace/ent/telegramupdate"
	"enlace/tenants"
)

// Saying is an answer that is still to be said to a chat.
type Saying struct {
	ID     uuid.UUID
	Chat   int64
	Answer json.RawMessage // as the bot wrote it
}

// Once runs do in the transaction that notes an update as handled, with the place up to which the bot's updates are; use cases called by do
// with its context join that transaction. What do answers is kept there until Said, so that a process that ends in between neither does
// anything twice nor leaves anybody without an answer. For an update that was handled before do does not run and there is nothing to say.
// An error of do undoes everything and is returned; ErrLost says that the bot is another process's by now. An update that Telegram calls us with is
// nobody's: it has no holder and no place. Whoever writes from a chat takes messages from the bot again.
func (d Desk) Once(ctx context.Context, holder string, update, chat int64, do func(context.Context) (json.RawMessage, error)) (say *Saying, err error) {
	return say, d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if holder != "" {
			kept, err := c.TelegramBot.Update().Where(telegrambot.PolledBy(holder)).SetLastUpdate(update).Save(ctx)
			switch {
			case err != nil:
				return err
			case kept == 0:
				return ErrLost
			}
		}
		id, now := uuid.Must(uuid.NewV7()), d.DB.Now()
		err := c.TelegramUpdate.Create().SetID(id).SetUpdateID(update).SetChat(chat).SetAt(now).
			OnConflictColumns(telegramupdate.FieldTenantID, telegramupdate.FieldUpdateID).DoNothing().Exec(ctx)
		if tenants.WasThere(err) {
			return nil
		} else if err != nil {
			return err
		}
		if err := reopen(ctx, c, chat); err != nil {
			return err
		}
		answer, err := do(ctx)
		if err != nil {
			return err
		}
		if answer == nil {
			return c.TelegramUpdate.UpdateOneID(id).SetAnsweredAt(now).Exec(ctx)
		}
		say = &Saying{ID: id, Chat: chat, Answer: answer}
		return c.TelegramUpdate.UpdateOneID(id).SetAnswer(answer).Exec(ctx)
	})
}

// reopen notes that a chat, which writes, takes what the bot says.
func reopen(ctx context.Context, c *ent.Client, chat int64) error {
	if chat == 0 {
		return nil
	}
	return c.TelegramLink.Update().Where(telegramlink.ChatID(chat), telegramlink.EndedAtIsNil(), telegramlink.BlockedAtNotNil()).ClearBlockedAt().Exec(ctx)
}

// Heard notes that a chat wrote today: once a day.
func (d Desk) Heard(ctx context.Context, chat int64) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		today := d.DB.Today(ctx)
		return c.TelegramLink.Update().Where(telegramlink.ChatID(chat), telegramlink.EndedAtIsNil(), telegramlink.Or(telegramlink.HeardOnIsNil(), telegramlink.HeardOnLT(today))).
			SetHeardOn(today).Exec(ctx)
	})
}

// Unsaid lists what a process that ended left to be said, oldest first.
func (d Desk) Unsaid(ctx context.Context) ([]*Saying, error) {
	return d.sayings(ctx, telegramupdate.AnsweredAtIsNil(), telegramupdate.AnswerNotNil())
}

func (d Desk) sayings(ctx context.Context, which ...predicate.TelegramUpdate) (all []*Saying, err error) {
	return all, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		rows, err := c.TelegramUpdate.Query().Where(which...).Order(telegramupdate.ByID()).All(ctx)
		for _, row := range rows {
			all = append(all, &Saying{ID: row.ID, Chat: row.Chat, Answer: row.Answer})
		}
		return err
	})
}

// promptly is within what time an answer is said by the call that asked for it, or not at all by that: longer than any request takes.
const promptly = 15 * time.Second

// overdue are answers that nobody is about to say.
func (d Desk) overdue() []predicate.TelegramUpdate {
	return []predicate.TelegramUpdate{telegramupdate.AnsweredAtIsNil(), telegramupdate.AnswerNotNil(), telegramupdate.AtLTE(d.DB.Now().Add(-promptly))}
}

// Overdue lists what nobody is about to say of a bot that Telegram calls us for, oldest first: the process was killed, or Telegram out of reach.
func (d Desk) Overdue(ctx context.Context) ([]*Saying, error) { return d.sayings(ctx, d.overdue()...) }

// Said notes that an answer was said, or cannot be; rest is what of it is not yet said, if any. What is said is no longer kept.
func (d Desk) Said(ctx context.Context, id uuid.UUID, rest json.RawMessage) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		update := c.TelegramUpdate.UpdateOneID(id)
		if rest != nil {
			return update.SetAnswer(rest).Exec(ctx)
		}
		return update.ClearAnswer().SetAnsweredAt(d.DB.Now()).Exec(ctx)
	})
}

// keptFor is how long handled updates are remembered; Telegram repeats none that is older than a day.
const keptFor = 3 * 24 * time.Hour

// Sweep forgets the updates of past days.
func (d Desk) Sweep(ctx context.Context) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		_, err := c.TelegramUpdate.Delete().Where(telegramupdate.AtLT(d.DB.Now().Add(-keptFor))).Exec(ctx)
		return err
	})
}
