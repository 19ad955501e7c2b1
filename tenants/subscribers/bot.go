package subscribers

import (
	"context"
	"regexp"
	"strings"

	"enlace/ent"
	"enlace/ent/telegrambot"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/staff"
)

// Bot is the ISP's bot.
type Bot struct {
	Token    string
	Username string // "" until Telegram was asked for it
	Offset   int64  // the last update handled
}

const purpose = "telegram bot token"

var (
	tokenShape    = regexp.MustCompile(`^[0-9A-Za-z_:-]{3,200}$`) // also what stands in an address without being changed
	usernameShape = regexp.MustCompile(`^[0-9A-Za-z_]{1,64}$`)
)

// SetBot gives the ISP its bot, or puts another in its place; the same one again changes nothing. The token is kept sealed. username may be
// "": the process that polls the bot asks Telegram for it. Links to chats stay: a person's chat has the same number for every bot.
// It returns Invalid for token and usuario, and Denied without Configure.
func (d Desk) SetBot(ctx context.Context, token, username string) error {
	token, username = strings.TrimSpace(token), strings.TrimPrefix(strings.TrimSpace(username), "@")
	var wrong tenants.Fields
	if !tokenShape.MatchString(token) {
		wrong.Add("token", "bot_token")
	}
	if username != "" && !usernameShape.MatchString(username) {
		wrong.Add("usuario", "bot_username")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	sealed, err := d.Vault.Seal(ctx, purpose, token)
	if err != nil {
		return err
	}
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.Configure); err != nil {
			return err
		}
		now := d.DB.Now()
		before, err := c.TelegramBot.Query().Only(ctx)
		switch {
		case ent.IsNotFound(err):
			before, err = c.TelegramBot.Create().SetToken(sealed).SetUsername(username).SetUpdatedAt(now).Save(ctx)
		case err == nil:
			if opened, err := d.Vault.Open(ctx, purpose, before.Token); err == nil && opened == token && (username == "" || username == before.Username) {
				return nil
			}
			err = replace(ctx, c, before.Update().SetToken(sealed).SetUsername(username).SetUpdatedAt(now))
		}
		if err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Subject: "telegram_bot", ID: before.ID, Event: "bot_set", After: map[string]any{"username": username}})
	})
}

// replace begins anew with another bot: it counts its updates in its own way, and is polled by whoever comes first.
func replace(ctx context.Context, c *ent.Client, bot *ent.TelegramBotUpdateOne) error {
	if _, err := c.TelegramUpdate.Delete().Exec(ctx); err != nil {
		return err
	}
	return bot.SetLastUpdate(0).ClearFailure().ClearPolledBy().ClearPolledUntil().Exec(ctx)
}

// Bot reads the ISP's bot, with its token, for the process that speaks through it. It returns NotFound when there is none.
func (d Desk) Bot(ctx context.Context) (*Bot, error) {
	var row *ent.TelegramBot
	err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) (err error) {
		row, err = c.TelegramBot.Query().Only(ctx)
		return err
	})
	if ent.IsNotFound(err) {
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	token, err := d.Vault.Open(ctx, purpose, row.Token)
	if err != nil {
		return nil, err
	}
	return &Bot{Token: token, Username: row.Username, Offset: row.LastUpdate}, nil
}

// Name notes what the bot is called, as Telegram says, for whoever polls it.
func (d Desk) Name(ctx context.Context, holder, username string) error {
	return d.note(ctx, holder, func(u *ent.TelegramBotUpdate) { u.SetUsername(username).ClearFailure() })
}

// Ails notes why the bot does not answer, for the gerente to read. Name takes it back.
func (d Desk) Ails(ctx context.Context, holder, why string) error {
	return d.note(ctx, holder, func(u *ent.TelegramBotUpdate) { u.SetFailure(why) })
}

func (d Desk) note(ctx context.Context, holder string, what func(*ent.TelegramBotUpdate)) error {
	return d.DB.Write(ctx, func(ctx context.Context, c *ent.Client) error {
		update := c.TelegramBot.Update().Where(telegrambot.PolledBy(holder))
		what(update)
		return update.Exec(ctx)
	})
}
