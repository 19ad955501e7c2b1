package bots

import (
	"context"
	"errors"
	"time"

	"enlace/ent"
	"enlace/ent/telegrambot"
)

// Lease is how long a process that polls a bot is waited for when it says nothing, at least. Two that ask one bot would take each other's updates.
const Lease = 12 * time.Second

// ErrLost means that another process polls the bot now.
var ErrLost = errors.New("bots: another process polls this bot")

// Hold takes the lease of the ISP's bot for a process, or renews it, to last from now. It returns ErrLost while another one has it, or when there is no bot.
func (d Desk) Hold(ctx context.Context, holder string, lasts time.Duration) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		now := d.DB.Now()
		held, err := c.TelegramBot.Update().Where(telegrambot.Or(telegrambot.PolledBy(holder), telegrambot.PolledUntilIsNil(), telegrambot.PolledUntilLTE(now))).
			SetPolledBy(holder).SetPolledUntil(now.Add(lasts)).Save(ctx)
		if err == nil && held == 0 {
			err = ErrLost
		}
		return err
	})
}

// Release gives the lease up, so that another process need not wait for its end.
func (d Desk) Release(ctx context.Context, holder string) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.TelegramBot.Update().Where(telegrambot.PolledBy(holder)).ClearPolledBy().ClearPolledUntil().Exec(ctx)
	})
}
