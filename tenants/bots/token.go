package bots

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"strings"

	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/history"
	"enlace/tenants/outbox"
	"enlace/tenants/staff"
)

const purpose = "telegram bot token"

// Registry is Telegram as far as bots go, not chats. Its errors are those of Door.
type Registry interface {
	Who(ctx context.Context, token string) (username string, err error)
	Leave(ctx context.Context, token string) error // nobody is called with the bot's updates any more
}

// LeaveBot is the kind of outbox row by which a worker leaves a bot that another has replaced.
const LeaveBot = "telegram.leave"

// ChangeBot is SetBot once Telegram says that it knows the token. It returns Invalid for token, and Denied without Configure.
func (d Desk) ChangeBot(ctx context.Context, token string) error {
	if token = strings.TrimSpace(token); !tokenShape.MatchString(token) {
		return tenants.Invalid("token", "bot_token")
	}
	if err := d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error { return staff.Require(ctx, c, staff.Configure) }); err != nil {
		return err
	}
	if d.Registry == nil {
		return tenants.Invalid("token", "bot_unreachable")
	}
	username, err := d.Registry.Who(ctx, token)
	var refused *Refused
	switch {
	case errors.Is(err, ErrToken), errors.As(err, &refused):
		return tenants.Invalid("token", "bot_token_unknown")
	case err != nil:
		return tenants.Invalid("token", "bot_unreachable")
	}
	return d.SetBot(ctx, token, username)
}

// LeaveOld has a bot's updates told to nobody, once another has taken its place; sealed is its token. It is called by a worker, and may be called again.
func (d Desk) LeaveOld(ctx context.Context, sealed string) error {
	token, err := d.Vault.Open(ctx, purpose, sealed)
	if errors.Is(err, tenants.ErrSealed) { // of an ISP that moved here under another key: nobody can leave it
		return nil
	} else if err != nil {
		return err
	}
	if d.Registry == nil {
		return errNoDoor
	}
	now, err := d.Bot(ctx)
	switch {
	case err == nil && numberOf(now.Token) == numberOf(token):
		return nil // it was put back
	case err != nil && tenants.FaultOf(err) == nil && !errors.Is(err, tenants.ErrSealed):
		return err
	}
	err = d.Registry.Leave(ctx, token)
	var refused *Refused
	if errors.Is(err, ErrToken) || errors.As(err, &refused) { // nobody is called for a bot that is no more
		return nil
	}
	return err
}

// numberOf is which bot a token is of: what stands before the colon stays when the bot's owner asks for another token.
func numberOf(token string) string {
	number, _, _ := strings.Cut(token, ":")
	return number
}

var (
	tokenShape    = regexp.MustCompile(`^[0-9A-Za-z_:-]{3,200}$`) // also what stands in an address without being changed
	usernameShape = regexp.MustCompile(`^[0-9A-Za-z_]{1,64}$`)
)

// SetBot gives the ISP its bot, or puts another in its place; the same one again changes nothing, but that one which had failed is tried anew. The token is kept sealed. username may be
// "": the process that looks after the bot asks Telegram for it. Links to chats stay: a person's chat has the same number for every bot.
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
		before, err := Of(ctx, c)
		switch {
		case err == nil && before == nil:
			before, err = c.TelegramBot.Create().SetToken(sealed).SetUsername(username).SetUpdatedAt(now).Save(ctx)
		case err == nil:
			opened, openErr := d.Vault.Open(ctx, purpose, before.Token)
			if openErr == nil && opened == token && before.Failure == "" && (username == "" || username == before.Username) {
				return nil
			}
			change := before.Update().SetToken(sealed).SetUsername(username).SetUpdatedAt(now).ClearFailure().ClearPolledBy().ClearPolledUntil().ClearPacedUntil()
			if openErr != nil || numberOf(opened) != numberOf(token) {
				err = d.replace(ctx, c, before.Token, change)
			}
			if err == nil {
				err = change.Exec(ctx)
			}
		}
		if err != nil {
			return err
		}
		return history.Write(ctx, c, now, history.Entry{Subject: "telegram_bot", ID: before.ID, Event: "bot_set", After: map[string]any{"username": cmp.Or(username, "ainda sem nome")}})
	})
}

// replace begins anew with another bot, which counts its updates in its own way; the old one is left.
func (d Desk) replace(ctx context.Context, c *ent.Client, old string, change *ent.TelegramBotUpdateOne) error {
	change.SetLastUpdate(0)
	if _, err := c.TelegramUpdate.Delete().Exec(ctx); err != nil {
		return err
	}
	return outbox.Add(ctx, c, d.DB.Now(), outbox.Job{Kind: LeaveBot, Payload: map[string]string{"sealed": old}})
}
