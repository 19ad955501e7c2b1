package bot

import (
	"context"
	"time"

	"enlace/bot/wire"
	"enlace/tenants"
)

// Hooks answer updates that Telegram calls us with.
type Hooks struct {
	o       Options
	network *wire.Network
}

// NewHooks are those of the bots of Options. It returns an error for an endpoint that is none.
func NewHooks(o Options) (*Hooks, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	return &Hooks{o, o.wires()}, nil
}

// longestSay is how long a call is kept waiting while its answer is said. Telegram calls with the next update of a chat only then, so a chat is
// answered in its order whoever is called.
const longestSay = 4 * time.Second

// Hear does what an update of the bot of the context's ISP asks for, once, and says the answer; what cannot be said at once is said by Bots. It
// returns NotFound unless the secret is the bot's. After any other error Telegram calls again.
func (h *Hooks) Hear(ctx context.Context, secret string, update []byte) error {
	bot, err := h.o.bots().Called(ctx, secret)
	if err != nil {
		return err
	}
	isp, _ := tenants.From(ctx)
	s := h.o.station(h.network, isp, bot.Token, "")
	heard, err := hear(update)
	if err != nil { // it would come again and again
		s.log.Warn("bot: an update that is none", "error", err)
		return nil
	}
	say, err := s.handle(ctx, heard)
	if err != nil || say == nil {
		return err
	}
	(&speaker{s}).sayWithin(ctx, say, longestSay)
	return nil
}
