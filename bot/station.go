package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	"enlace/bot/wire"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/bots"
	"enlace/tenants/customers"
	"enlace/tenants/subscribers"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

// station is one ISP's bot as this process hears and speaks through it.
type station struct {
	isp       atomic.Pointer[tenants.Tenant]
	token     string
	holder    string // of the lease under which its updates are asked for; "" where Telegram tells them
	api       api
	bots      bots.Desk
	desk      subscribers.Desk
	reception reception
	log       *slog.Logger
}

func (o Options) station(n *wire.Network, isp tenants.Tenant, token, holder string) *station {
	s := &station{
		token: token, holder: holder, api: n.To(token), log: o.Log.With("isp", isp.Slug), bots: o.bots(), desk: o.desk(),
	}
	s.reception = reception{s.bots, s.desk, customers.Desk{DB: o.DB}, billing.Desk{DB: o.DB}, subscriptions.Desk{DB: o.DB}, support.Desk{DB: o.DB, Diagnose: subscriptions.Desk{DB: o.DB}.Diagnose}}
	s.isp.Store(&isp)
	return s
}

func (o Options) bots() bots.Desk {
	return bots.Desk{DB: o.DB, Vault: o.Vault}
}

func (o Options) desk() subscribers.Desk {
	return subscribers.Desk{DB: o.DB, Vault: o.Vault, Site: o.Site}
}

// api is what is asked of Telegram. What it refuses is a *wire.Refusal; no error holds the token.
type api interface {
	Me(ctx context.Context) (username string, err error)
	Commands(ctx context.Context, menu []wire.Command) error
	SetWebhook(ctx context.Context, address, secret string) error
	DropWebhook(ctx context.Context) error
	Updates(ctx context.Context, from int64, hold time.Duration) ([]json.RawMessage, error) // waits so long for some; may be none
	Send(ctx context.Context, chat int64, text string, b wire.Board) error
	Edit(ctx context.Context, chat int64, message int, text string, b wire.Board) error
	AnswerPress(ctx context.Context, press, toast string) error
	SendDocument(ctx context.Context, chat int64, name string, content []byte, caption string) error
	SendPhoto(ctx context.Context, chat int64, name string, content []byte, caption string) error
	File(ctx context.Context, id string) ([]byte, error) // wire.ErrLarge beyond what is taken
}

// inside is a context of the ISP as it is now.
func (s *station) inside(ctx context.Context) context.Context {
	return tenants.With(ctx, *s.isp.Load())
}

// handle does what an update asks for, once, and answers what is to be said. What goes wrong is tried again, and then owned up to, so that one
// update never keeps the others waiting; only when nothing at all can be noted does it return an error, and the update comes again.
func (s *station) handle(ctx context.Context, h heard) (*bots.Saying, error) {
	ctx, cancel := context.WithTimeout(s.inside(ctx), 30*time.Second)
	defer cancel()
	v := s.reception.visit(*s.isp.Load(), h)
	say, err := s.once(ctx, h, v.answer)
	if err != nil && tenants.FaultOf(err) == nil && !errors.Is(err, bots.ErrLost) {
		s.log.Warn("bot: an update failed and is tried again", "update", h.update, "error", err)
		rest(ctx, shortestPause/4)
		say, err = s.once(ctx, h, v.answer)
	}
	if fault := tenants.FaultOf(err); fault != nil {
		say, err = s.once(ctx, h, func(ctx context.Context) (notes, error) { return v.refuse(ctx, fault) })
	}
	if err != nil && !errors.Is(err, bots.ErrLost) && ctx.Err() == nil {
		s.log.Error("bot: an update cannot be answered", "update", h.update, "error", err)
		say, err = s.once(ctx, h, v.sorry)
	}
	return say, err
}

// once runs what answers an update.
func (s *station) once(ctx context.Context, h heard, answer func(context.Context) (notes, error)) (*bots.Saying, error) {
	return s.bots.Once(ctx, s.holder, h.update, h.chat, func(ctx context.Context) (raw json.RawMessage, err error) {
		defer contain(&err)
		said, err := answer(ctx)
		if err != nil || len(said) == 0 {
			return nil, err
		}
		return json.Marshal(said)
	})
}

// contain makes a panic an error like others.
func contain(err *error) {
	if panicked := recover(); panicked != nil {
		*err = fmt.Errorf("panic: %v\n%s", panicked, debug.Stack())
	}
}

// rest waits, and says whether it was left in peace until the end.
func rest(ctx context.Context, d time.Duration) bool {
	clock := time.NewTimer(d)
	defer clock.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-clock.C:
		return ctx.Err() == nil
	}
}
