package bots

import (
	"context"

	"enlace/ent"
	"enlace/ent/telegramlink"
)

// Blocked notes that a chat takes nothing from the bot: it was blocked, or is no more. Nothing is said to it unasked from then on, until it writes.
func (d Desk) Blocked(ctx context.Context, chat int64) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.TelegramLink.Update().Where(telegramlink.ChatID(chat), telegramlink.EndedAtIsNil(), telegramlink.BlockedAtIsNil()).SetBlockedAt(d.DB.Now()).Exec(ctx)
	})
}
