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

	"enlace/tenants"
	"enlace/tenants/subscribers"
)

// poller asks one bot for its updates and has each of them answered, in the order in which they came.
type poller struct {
	isp       atomic.Pointer[tenants.Tenant]
	token     string
	holder    string
	api       api
	desk      subscribers.Desk
	reception reception
	log       *slog.Logger
	end       context.CancelFunc
	done      chan struct{}
}

func (p *poller) stop() {
	p.end()
	<-p.done
}

// inside is a context of the ISP as it is now.
func (p *poller) inside(ctx context.Context) context.Context { return tenants.With(ctx, *p.isp.Load()) }

const (
	shortestPause = time.Second
	longestPause  = 30 * time.Second
	refusedPause  = 30 * time.Second // after a token that Telegram does not know
)

// run takes shifts until listening ends. After one that failed it waits, ever longer, or as long as Telegram says.
func (p *poller) run(listening, work context.Context) {
	pause := shortestPause
	for listening.Err() == nil {
		began := time.Now()
		err := p.shift(listening, work)
		if time.Since(began) > longestPause {
			pause = shortestPause
		}
		wait := pause
		var refused *refusal
		switch {
		case listening.Err() != nil:
			return
		case errors.Is(err, subscribers.ErrLost): // another process polls it; it may end
			wait = subscribers.Lease / 4
		case errors.As(err, &refused) && refused.after > 0:
			wait = refused.after
		case errors.As(err, &refused) && refused.unknownBot():
			wait = refusedPause
		default:
			pause = min(2*pause, longestPause)
		}
		if !errors.Is(err, subscribers.ErrLost) {
			p.log.Warn("bot: the shift is over", "error", err, "again_in", wait)
		}
		rest(listening, wait)
	}
}

// shift is a time in which the bot is this process's. It ends with an error, or when listening does; then it says what is still to be said.
func (p *poller) shift(listening, work context.Context) (err error) {
	defer contain(&err)
	if err := p.desk.Hold(p.inside(listening), p.holder); err != nil {
		return err
	}
	work, lose := context.WithCancelCause(work)
	defer lose(nil)
	listening, stop := context.WithCancel(listening)
	defer stop()
	defer context.AfterFunc(work, stop)()
	alive := make(chan struct{})
	go func() {
		defer close(alive)
		p.stayAlive(work, lose)
	}()
	speaker := newSpeaker(work, p)
	defer func() {
		speaker.finish()
		if cause := context.Cause(work); errors.Is(cause, subscribers.ErrLost) {
			err = cause
		}
		lose(nil)
		<-alive
		p.letGo(context.WithoutCancel(work), err)
	}()
	if err := p.begin(listening, work, speaker); err != nil {
		return err
	}
	return p.listen(listening, work, speaker)
}

// letGo gives up the lease, and leaves a word for the gerente when it was for a token that Telegram does not know.
func (p *poller) letGo(ctx context.Context, why error) {
	ctx, cancel := context.WithTimeout(p.inside(ctx), 3*time.Second)
	defer cancel()
	var err error
	var refused *refusal
	if errors.As(why, &refused) && refused.unknownBot() {
		err = p.desk.Ails(ctx, p.holder, tokenRefused)
	}
	if err = errors.Join(err, p.desk.Release(ctx, p.holder)); err != nil {
		p.log.Warn("bot: the lease cannot be given up", "error", err)
	}
}

// stayAlive renews the lease until ctx ends. Once that fails for as long as it lasts, somebody else may have it.
func (p *poller) stayAlive(ctx context.Context, lose context.CancelCauseFunc) {
	renewed := time.Now()
	for rest(ctx, subscribers.Lease/4) {
		switch err := p.desk.Hold(p.inside(ctx), p.holder); {
		case err == nil:
			renewed = time.Now()
		case errors.Is(err, subscribers.ErrLost), time.Since(renewed) > subscribers.Lease:
			lose(subscribers.ErrLost)
			return
		}
	}
}

// begin asks Telegram who the bot is, tells it the commands, and goes on where the process before this one ended.
func (p *poller) begin(listening, work context.Context, speaker *speaker) error {
	username, err := p.api.me(listening)
	if err != nil {
		return err
	}
	if err := p.desk.Name(p.inside(work), p.holder, username); err != nil {
		return err
	}
	if err := p.api.commands(listening); err != nil {
		p.log.Info("bot: its menu of commands was not taken", "error", err)
	}
	if err := p.desk.Sweep(p.inside(work)); err != nil {
		return err
	}
	left, err := p.desk.Unsaid(p.inside(work))
	for _, say := range left {
		speaker.add(say)
	}
	return err
}

// listen asks for updates and handles them until listening ends.
func (p *poller) listen(listening, work context.Context, speaker *speaker) error {
	bot, err := p.desk.Bot(p.inside(work))
	if err != nil {
		return err
	}
	for last := bot.Offset; ; {
		asked := time.Now()
		updates, err := p.api.updates(listening, last+1)
		var refused *refusal
		if errors.As(err, &refused) && refused.webhook() { // of a former use of the bot
			err = p.api.dropWebhook(listening)
		}
		if err != nil || listening.Err() != nil {
			return err
		}
		for _, raw := range updates {
			if listening.Err() != nil { // the rest comes again
				return nil
			}
			h, err := hear(raw)
			if err != nil {
				p.log.Warn("bot: an update that is none", "error", err)
				continue
			}
			if err := p.handle(work, speaker, h); err != nil {
				return err
			}
			last = h.update
		}
		if len(updates) == 0 && time.Since(asked) < shortestPause { // a server that does not hold the question
			rest(listening, shortestPause/4)
		}
	}
}

// handle does what an update asks for, once, and has the answer said. What goes wrong is tried again, and then owned up to, so that one
// update never keeps the others waiting; only when nothing at all can be noted does it return an error, and the update comes again.
func (p *poller) handle(work context.Context, speaker *speaker, h heard) error {
	ctx, cancel := context.WithTimeout(p.inside(work), 30*time.Second)
	defer cancel()
	v := p.reception.visit(*p.isp.Load(), h)
	say, err := p.once(ctx, h, v.answer)
	if err != nil && tenants.FaultOf(err) == nil && !errors.Is(err, subscribers.ErrLost) {
		p.log.Warn("bot: an update failed and is tried again", "update", h.update, "error", err)
		rest(ctx, shortestPause/4)
		say, err = p.once(ctx, h, v.answer)
	}
	if fault := tenants.FaultOf(err); fault != nil {
		say, err = p.once(ctx, h, func(ctx context.Context) (notes, error) { return v.refuse(ctx, fault) })
	}
	if err != nil && !errors.Is(err, subscribers.ErrLost) && ctx.Err() == nil {
		p.log.Error("bot: an update cannot be answered", "update", h.update, "error", err)
		say, err = p.once(ctx, h, v.sorry)
	}
	if err == nil && say != nil {
		speaker.add(say)
	}
	return err
}

// once runs what answers an update.
func (p *poller) once(ctx context.Context, h heard, answer func(context.Context) (notes, error)) (*subscribers.Saying, error) {
	return p.desk.Once(ctx, p.holder, h.update, h.chat, func(ctx context.Context) (raw json.RawMessage, err error) {
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
		return true
	}
}
