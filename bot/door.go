package bot

import (
	"context"
	"errors"

	"enlace/tenants/bots"
)

// Door is by which workers have bots say something unasked, and the office asks Telegram who a bot is.
type Door struct {
	network *network
}

// NewDoor is the door to the Bot API at an endpoint, as in Options.
func NewDoor(endpoint string) *Door {
	return &Door{newNetwork(endpoint)}
}

// Say says it once.
func (d *Door) Say(ctx context.Context, u bots.Unasked) error {
	var k keys
	for _, line := range u.Buttons {
		var buttons []key
		for _, b := range line {
			buttons = append(buttons, key{b.Label, code{below: true, verb: b.Do, customer: u.Customer, thing: b.Thing}.String()})
		}
		k = append(k, buttons)
	}
	return told(d.network.wire(u.Token).send(ctx, u.Chat, safe(u.Text), k))
}

// Who asks Telegram what the bot of a token is called.
func (d *Door) Who(ctx context.Context, token string) (username string, err error) {
	username, err = d.network.wire(token).me(ctx)
	return username, told(err)
}

// Leave has Telegram tell nobody of a bot's updates any more.
func (d *Door) Leave(ctx context.Context, token string) error {
	return told(d.network.wire(token).dropWebhook(ctx))
}

// told is a refusal as the desk knows it. One that would be the same again is final.
func told(err error) error {
	var refused *refusal
	switch {
	case !errors.As(err, &refused):
		return err
	case refused.unknownBot():
		return bots.ErrToken
	case refused.after > 0:
		return &bots.Busy{For: refused.after}
	case refused.forGood():
		return &bots.Refused{Why: refused.why, Closed: refused.closed()}
	}
	return err
}
