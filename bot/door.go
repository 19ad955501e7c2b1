package bot

import (
	"context"
	"errors"
	"net/http"

	"enlace/tenants/subscribers"
)

// Door is by which workers have bots say something unasked.
type Door struct {
	endpoint string
	http     *http.Client
}

// NewDoor is the door to the Bot API at an endpoint, as in Options.
func NewDoor(endpoint string) *Door {
	if endpoint == "" {
		endpoint = Endpoint
	}
	return &Door{endpoint: endpoint, http: transport()}
}

// Say says it once. Telegram's refusals that would be the same again are final.
func (d *Door) Say(ctx context.Context, u subscribers.Unasked) error {
	var k keys
	for _, line := range u.Buttons {
		var buttons []key
		for _, b := range line {
			buttons = append(buttons, key{b.Label, code{b.Do, u.Customer, b.Thing}.String()})
		}
		k = append(k, buttons)
	}
	err := (&wire{endpoint: d.endpoint, token: u.Token, http: d.http}).send(ctx, u.Chat, safe(u.Text), k)
	var refused *refusal
	if errors.As(err, &refused) && refused.forGood() {
		return &subscribers.Refused{Why: refused.why}
	}
	return err
}
