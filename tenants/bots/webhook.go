package bots

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"

	"enlace/tenants"
)

// webhookPurpose is what the vault is told the secret is for that Telegram shows when it calls us.
const webhookPurpose = "telegram webhook"

// Secret is what Telegram shows when it calls us with an update of the bot of a token. Another token has another secret.
func (d Desk) Secret(ctx context.Context, token string) (string, error) {
	mark, err := d.Vault.Mark(ctx, webhookPurpose, token)
	return base64.RawURLEncoding.EncodeToString(mark), err
}

// Called reads the ISP's bot for whoever shows its secret. It returns NotFound to anybody else, and for an ISP that has no bot.
func (d Desk) Called(ctx context.Context, secret string) (*Bot, error) {
	bot, err := d.Bot(ctx)
	if errors.Is(err, tenants.ErrSealed) { // nobody shows the secret of a token that does not open
		return nil, tenants.NotFound()
	} else if err != nil {
		return nil, err
	}
	ours, err := d.Secret(ctx, bot.Token)
	if err != nil {
		return nil, err
	}
	if subtle.ConstantTimeCompare([]byte(secret), []byte(ours)) != 1 {
		return nil, tenants.NotFound()
	}
	return bot, nil
}
