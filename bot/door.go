package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"enlace/bot/wire"
	"enlace/tenants/bots"
)

// Door is by which workers have bots say something unasked, and the office asks Telegram who a bot is.
type Door struct {
	network *wire.Network
}

// NewDoor is the door to the Bot API at an endpoint, as in Options.
func NewDoor(endpoint string) *Door {
	return &Door{wire.NewNetwork(endpoint, mostEars+mostMouths)}
}

// Say says it once.
func (d *Door) Say(ctx context.Context, u bots.Unasked) error {
	var k keys
	for _, line := range u.Buttons {
		var buttons []key
		for _, b := range line {
			buttons = append(buttons, key{b.Label, code{below: true, verb: b.Do, customer: b.Customer, thing: b.Thing}.String()})
		}
		k = append(k, buttons)
	}
	err := d.network.To(u.Token).Send(ctx, u.Chat, tapped(u.Text), k.board())
	if err != nil {
		slog.InfoContext(ctx, "bot: something is not said unasked", "error", err)
	}
	return told(err)
}

// Who asks Telegram what the bot of a token is called.
func (d *Door) Who(ctx context.Context, token string) (username string, err error) {
	username, err = d.network.To(token).Me(ctx)
	return username, told(err)
}

// Leave has Telegram tell nobody of a bot's updates any more.
func (d *Door) Leave(ctx context.Context, token string) error {
	return told(d.network.To(token).DropWebhook(ctx))
}

// told is a refusal as the desk knows it. One that would be the same again is final.
func told(err error) error {
	var refused *wire.Refusal
	switch {
	case !errors.As(err, &refused):
		return err
	case refused.UnknownBot():
		return bots.ErrToken
	case refused.After > 0:
		return &bots.Busy{For: refused.After}
	case refused.ForGood():
		return &bots.Refused{Why: whyNot(refused), Closed: refused.Closed()}
	}
	return err
}

// whyNot is the code of a refusal: what Telegram says of it may hold names and numbers, and is not kept.
func whyNot(refused *wire.Refusal) string {
	if refused.Closed() {
		return bots.ChatClosed
	}
	return fmt.Sprint(bots.TelegramNo, refused.Code)
}
