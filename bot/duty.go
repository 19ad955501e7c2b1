package bot

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"enlace/bot/wire"
	"enlace/tenants/bots"
)

// duty is that this process looks after one ISP's bot. It does so in short turns, one at a time: in each it asks for the bot's updates and has them
// answered in the order in which they came, or, where Telegram calls us, sees to it that it does.
type duty struct {
	*station
	address string // that Telegram is to call; "" where the bot is polled
	end     context.CancelFunc
	hearing context.Context // ends with end

	// Of the turns alone.
	begun time.Time     // when the bot was last seen to; zero where it must be first
	held  time.Time     // when the lease was last renewed
	asked time.Time     // when updates were last asked for; zero before the first time
	round time.Duration // between the last two times
	last  int64         // update that was handled
	pause time.Duration
	voice context.Context // what is said is said within it
	hush  context.CancelFunc

	off []bots.Feature // of the watch alone: what the ISP had switched off when it looked last

	relist  atomic.Bool // that has changed, and Telegram shows the commands of before
	overdue atomic.Bool // there is something to say that nobody is about to say

	// Of the rota, under its lock.
	next  time.Time
	busy  bool
	again bool // it was asked for in the middle of a turn
	gone  bool
}

const (
	longPoll      = 5 * time.Second // how long Telegram holds a question for updates: with its answer on its way less than what a renewed lease lasts
	shortestPause = time.Second
	longestPause  = 30 * time.Second
	refusedPause  = 30 * time.Second // after a token that Telegram does not know; it grows up to
	longestRefuse = 10 * time.Minute
	seenTo        = time.Hour // how long nobody looks whether Telegram still calls us
)

// turn does what is to be done now, and answers after what time there is more to do. After a turn that failed that is ever longer, or as long as
// Telegram says.
func (d *duty) turn(work context.Context, m *mouths, hold time.Duration) time.Duration {
	next, err := d.work(work, m, hold)
	if err == nil || d.hearing.Err() != nil {
		return next
	}
	var refused *wire.Refusal
	isRefused := errors.As(err, &refused)
	switch {
	case errors.Is(err, bots.ErrLost): // another process looks after it; it may end
		d.layDown(work, m, err)
		return bots.Lease / 4
	case isRefused && refused.After > 0:
		next = refused.After
	case isRefused && refused.UnknownBot():
		d.pause = min(max(2*d.pause, refusedPause), longestRefuse)
		next = d.pause
	default:
		d.pause = min(max(2*d.pause, shortestPause), longestPause)
		next = d.pause
	}
	d.log.Warn("bot: the shift is over", "error", err, "again_in", next)
	d.layDown(work, m, err)
	return next
}

func (d *duty) work(work context.Context, m *mouths, hold time.Duration) (next time.Duration, err error) {
	defer contain(&err)
	if d.address != "" {
		return d.beCalled(work, m)
	}
	return d.listen(work, m, hold)
}

// renew keeps the lease of the bot.
func (d *duty) renew(ctx context.Context) error {
	if time.Since(d.held) < bots.Lease/4 {
		return nil
	}
	now := time.Now()
	err := d.bots.Hold(d.inside(ctx), d.holder, d.lease())
	if err == nil {
		d.held = now
	}
	return err
}

// A process with very many bots comes back to each of them late, and holds each for longer: until it has come back, and once more.
const (
	comingBack = 2 * time.Second // what a renewal may take
	mostLease  = 5 * time.Minute
)

// lease is for how long the bot is to be held from now.
func (d *duty) lease() time.Duration {
	return min(max(bots.Lease, 2*d.round+comingBack), mostLease)
}

// begin asks Telegram who the bot is, tells it the commands, and forgets what is old.
func (d *duty) begin(work context.Context) error {
	username, err := d.api.Me(d.hearing)
	if err != nil {
		return err
	}
	if err := d.bots.Name(d.inside(work), d.holder, username); err != nil {
		return err
	}
	if err := d.list(work); err != nil {
		return err
	}
	return errors.Join(d.bots.Sweep(d.inside(work)), d.desk.Sweep(d.inside(work)))
}

// list tells Telegram the commands that the ISP offers. That Telegram does not take them is no reason to be silent.
func (d *duty) list(work context.Context) error {
	d.relist.Store(false)
	face, err := d.bots.Face(d.inside(work))
	if err != nil {
		return err
	}
	if err := d.api.Commands(d.hearing, offered(menuOfCommands, face)); err != nil {
		d.log.Info("bot: its menu of commands was not taken", "error", err)
	}
	return nil
}

// listen asks for updates and handles them. It goes on where the process before this one ended.
func (d *duty) listen(work context.Context, m *mouths, hold time.Duration) (next time.Duration, err error) {
	asked := time.Now()
	if d.round = 0; hold == 0 && !d.asked.IsZero() { // it is one of very many
		d.round = asked.Sub(d.asked)
	}
	d.asked = asked
	if err := d.renew(work); err != nil {
		return 0, err
	}
	if d.begun.IsZero() {
		if err := d.begin(work); err != nil {
			return 0, err
		}
		bot, err := d.bots.Bot(d.inside(work))
		if err != nil {
			return 0, err
		}
		left, err := d.bots.Unsaid(d.inside(work))
		if err != nil {
			return 0, err
		}
		d.last, d.begun, d.pause = bot.Offset, time.Now(), 0
		d.voice, d.hush = context.WithCancel(work)
		for _, say := range left {
			m.add(d, say)
		}
	}
	if d.relist.Load() {
		if err := d.list(work); err != nil {
			return 0, err
		}
	}
	asked = time.Now()
	updates, err := d.api.Updates(d.hearing, d.last+1, hold)
	var refused *wire.Refusal
	if errors.As(err, &refused) && refused.Webhook() { // of a former use of the bot, or of this one
		err = d.api.DropWebhook(d.hearing)
	}
	if err != nil {
		return 0, err
	}
	for _, raw := range updates {
		if d.hearing.Err() != nil { // the rest comes again
			return 0, nil
		}
		h, err := hear(raw)
		if err != nil {
			d.log.Warn("bot: an update that is none", "error", err)
			continue
		}
		if err := d.renew(work); err != nil {
			return 0, err
		}
		say, err := d.handle(work, h)
		if err != nil {
			return 0, err
		}
		if say != nil {
			m.add(d, say)
		}
		d.last = h.update
	}
	switch {
	case len(updates) > 0:
		return 0, nil
	case hold == 0:
		return shortestPause, nil
	case time.Since(asked) < shortestPause: // a server that does not hold the question
		return shortestPause / 4, nil
	}
	return 0, nil
}

// beCalled tells Telegram what to call, and has said what nobody is about to say: an answer whose process was killed, or that had to wait for longer
// than a call takes. Nothing else is asked of a bot that is called for; another process may do this as well.
func (d *duty) beCalled(work context.Context, m *mouths) (next time.Duration, err error) {
	if err := d.renew(work); err != nil {
		return 0, err
	}
	if time.Since(d.begun) >= seenTo {
		if err := d.begin(work); err != nil {
			return 0, err
		}
		secret, err := d.bots.Secret(d.inside(work), d.token)
		if err != nil {
			return 0, err
		}
		if err := d.api.SetWebhook(d.hearing, d.address, secret); err != nil {
			return 0, err
		}
		d.begun, d.pause = time.Now(), 0
	}
	if d.relist.Load() {
		if err := d.list(work); err != nil {
			return 0, err
		}
	}
	if d.overdue.Swap(false) && !m.busy(d) {
		left, err := d.bots.Overdue(d.inside(work))
		if err != nil {
			return 0, err
		}
		d.voice, d.hush = context.WithCancel(work)
		for _, say := range left {
			m.add(d, say)
		}
	}
	if m.busy(d) {
		return bots.Lease / 4, nil
	}
	d.hush()
	return seenTo - time.Since(d.begun), d.letGo(work, nil)
}

// layDown ends the duty for now: it says what is still to be said and gives up the lease. Of a lease that was lost it says nothing more: the next
// process does.
func (d *duty) layDown(work context.Context, m *mouths, why error) {
	if errors.Is(why, bots.ErrLost) {
		d.hush()
	}
	m.finish(work, d)
	if d.address == "" || !errors.Is(why, bots.ErrLost) {
		d.begun, d.asked, d.round = time.Time{}, time.Time{}, 0
	}
	if err := d.letGo(work, why); err != nil {
		d.log.Warn("bot: the lease cannot be given up", "error", err)
	}
}

// letGo gives up the lease, and leaves a word for the gerente when the bot cannot be spoken through.
func (d *duty) letGo(ctx context.Context, why error) error {
	if d.held.IsZero() {
		return nil
	}
	ctx, cancel := context.WithTimeout(d.inside(context.WithoutCancel(ctx)), noting)
	defer cancel()
	d.held = time.Time{}
	var refused *wire.Refusal
	var err error
	if errors.As(why, &refused) && refused.UnknownBot() {
		err = d.bots.Ails(ctx, d.holder, bots.DeadToken)
	} else if errors.As(why, &refused) && d.address != "" && refused.ForGood() {
		err = d.bots.Ails(ctx, d.holder, bots.WebhookRefused+refused.Why)
	}
	return errors.Join(err, d.bots.Release(ctx, d.holder))
}
