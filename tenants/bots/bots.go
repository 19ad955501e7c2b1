// Package bots is an ISP's bot of Telegram as the ISP's own: which one it is and what it offers, who speaks through it at the moment, what it was told
// and has still to answer, what it is to say unasked and at what pace, and how all that goes. Who may talk in a chat, and what he may see and do
// there, is tenants/subscribers.
package bots

import (
	"context"

	"enlace/ent"
	"enlace/ent/telegrambot"
	"enlace/tenants"
	"enlace/tenants/staff"
)

// Desk is where an ISP's bot is kept.
type Desk struct {
	DB       *tenants.DB
	Vault    *tenants.Vault
	Door     Door     // by which a worker has the bot say something unasked; nil where nobody does
	Registry Registry // knows bots; nil where none is changed
}

// Bot is the ISP's bot.
type Bot struct {
	Token    string
	Username string // "" until Telegram was asked for it
	Offset   int64  // the last update handled
	Failure  string // why it cannot be spoken through, as DeadToken and the like; "" while it can
	Overdue  bool   // an answer waits that nobody is about to say
	Face     Face
}

// Of is the row of the ISP's bot; nil while it has none. Whoever wants to know anything of the bot reads it here.
func Of(ctx context.Context, c *ent.Client) (*ent.TelegramBot, error) {
	row, err := c.TelegramBot.Query().Only(ctx)
	if ent.IsNotFound(err) {
		return nil, nil
	}
	return row, err
}

// Bot reads the ISP's bot, with its token, for the process that speaks through it. It returns NotFound when there is none.
func (d Desk) Bot(ctx context.Context) (*Bot, error) {
	var row *ent.TelegramBot
	var face Face
	overdue := false
	err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		if row, err = Of(ctx, c); err != nil {
			return err
		}
		if row == nil {
			return tenants.NotFound()
		}
		if face, err = faceOf(ctx, c, row); err != nil {
			return err
		}
		overdue, err = c.TelegramUpdate.Query().Where(d.overdue()...).Exist(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	token, err := d.Vault.Open(ctx, purpose, row.Token)
	if err != nil {
		return nil, err
	}
	return &Bot{Token: token, Username: row.Username, Offset: row.LastUpdate, Failure: row.Failure, Overdue: overdue, Face: face}, nil
}

// Standing is how the ISP's bot stands, without its token, for whoever may set it. It returns NotFound when there is none, and Denied without
// Configure.
func (d Desk) Standing(ctx context.Context) (bot *Bot, err error) {
	err = d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		row, err := Of(ctx, c)
		if err != nil {
			return err
		}
		if row == nil {
			return tenants.NotFound()
		}
		bot = &Bot{Username: row.Username, Failure: row.Failure}
		return nil
	})
	return bot, err
}

// Why a bot cannot be spoken through, as its row and the messages have it; views/words_bot.go has the sentences.
const (
	DeadToken      = "dead_token"       // Telegram does not know its token: it was withdrawn, or the bot is no more
	SealedToken    = "sealed_token"     // the token was sealed under another key, or changed: it does not open here
	WebhookRefused = "webhook_refused:" // Telegram does not take the address it is to call; behind it, why
)

// Name notes what the bot is called, as Telegram says, for whoever looks after it.
func (d Desk) Name(ctx context.Context, holder, username string) error {
	return d.note(ctx, holder, func(u *ent.TelegramBotUpdate) { u.SetUsername(username).ClearFailure() })
}

// Ails notes why the bot does not answer, for the gerente to read. Name takes it back.
func (d Desk) Ails(ctx context.Context, holder, why string) error {
	return d.note(ctx, holder, func(u *ent.TelegramBotUpdate) { u.SetFailure(why) })
}

// Sealed notes that the bot's token does not open, for the gerente to read: nobody can look after such a bot. Another token takes it back.
func (d Desk) Sealed(ctx context.Context) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		return c.TelegramBot.Update().SetFailure(SealedToken).Exec(ctx)
	})
}

func (d Desk) note(ctx context.Context, holder string, what func(*ent.TelegramBotUpdate)) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		update := c.TelegramBot.Update().Where(telegrambot.PolledBy(holder))
		what(update)
		return update.Exec(ctx)
	})
}
