// Package bot is the Telegram door: subscribers write to their ISP's bot, and it answers through the same use cases as the office. It has
// no rules of its own: tenants/subscribers decides who may see what, and tenants/bots keeps what goes to and fro. How it travels is bot/wire.
//
// Bots and hooks bring updates to a station, which hears them and makes each a visit; a verb of verbs.go leads to its dialogue, whose words are in
// words*.go; what that answers is said by a speaker.
package bot

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"enlace/bot/wire"
	"enlace/tenants"
)

// Options says for whom the bots speak.
type Options struct {
	DB       *tenants.DB
	Vault    *tenants.Vault
	Endpoint string                   // ENLACE_TELEGRAM_ENDPOINT, with a %s for the token and one for the method; "" is Telegram's own
	Site     func(slug string) string // address of an ISP's pages, printed on contracts
	Door     *Door                    // whose wires are shared; nil: wires of its own
	Webhook  func(slug string) string // what Telegram calls with the updates of an ISP's bot; nil: it is asked for them
	Log      *slog.Logger             // nil is the default one; no token is ever written to it
	Look     time.Duration            // how often bots that are new, replaced or gone are noticed; 0 is every three seconds
}

// check fills in what was left out. It returns an error for an endpoint that is none.
func (o *Options) check() error {
	if o.Endpoint == "" {
		o.Endpoint = wire.Endpoint
	}
	if strings.Count(o.Endpoint, "%") != 2 || strings.Count(o.Endpoint, "%s") != 2 || !strings.HasPrefix(o.Endpoint, "http") {
		return errors.New("ENLACE_TELEGRAM_ENDPOINT precisa ser um endereço com dois %s, como " + wire.Endpoint)
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Look == 0 {
		o.Look = 3 * time.Second
	}
	return nil
}

// wires are what all bots of a process speak over.
func (o *Options) wires() *wire.Network {
	if o.Door != nil {
		return o.Door.network
	}
	return wire.NewNetwork(o.Endpoint, mostEars+mostMouths)
}

// Bots looks after the bot of every ISP that has one: it asks for its updates and answers them or, where Telegram calls us, sees to it that it does.
// However many bots there are, they are looked after by as many goroutines.
type Bots struct {
	o       Options
	network *wire.Network
	rota    *rota
	mouths  *mouths
	duties  map[uuid.UUID]*duty  // of the watch alone, as are
	unread  map[uuid.UUID]string // ISPs whose bot cannot be read, and why
	end     context.CancelFunc   // ends the listening
	hurry   context.CancelFunc   // ends what is still being said
	done    chan struct{}
}

// Start begins to look after the bot of every ISP that has one, now or later, until Stop. One process at a time polls a bot, however many are
// started. It returns an error for an endpoint that is none.
func Start(ctx context.Context, o Options) (*Bots, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	work, hurry := context.WithCancel(context.WithoutCancel(ctx))
	listening, end := context.WithCancel(work)
	b := &Bots{o: o, network: o.wires(), rota: newRota(), mouths: newMouths(), duties: map[uuid.UUID]*duty{}, unread: map[uuid.UUID]string{}, end: end, hurry: hurry, done: make(chan struct{})}
	go func() {
		defer close(b.done)
		b.watch(listening, work)
	}()
	context.AfterFunc(ctx, end)
	return b, nil
}

// Stop hears nothing more, says what is still to be said, and returns when that is done. When ctx ends before, the rest is left for the
// next start.
func (b *Bots) Stop(ctx context.Context) error {
	b.end()
	defer b.hurry()
	select {
	case <-b.done:
		return nil
	case <-ctx.Done():
	}
	b.hurry()
	<-b.done
	return ctx.Err()
}

// watch has the bots looked after until listening ends, and then brings that to its end.
func (b *Bots) watch(listening, work context.Context) {
	var turns sync.WaitGroup
	turns.Go(func() {
		b.rota.run(listening, func(d *duty, crowded bool) time.Duration {
			hold := longPoll
			if crowded {
				hold = 0
			}
			return d.turn(work, b.mouths, hold)
		})
	})
	clock := time.NewTicker(b.o.Look)
	defer clock.Stop()
	for listening.Err() == nil {
		if err := b.look(listening, work); err != nil && listening.Err() == nil {
			b.o.Log.Error("bot: the bots cannot be read", "error", err)
		}
		select {
		case <-listening.Done():
		case <-clock.C:
		}
	}
	turns.Wait()
	b.mouths.finish(work, slices.Collect(maps.Values(b.duties))...)
	b.leave(work)
}

// leave gives up the leases.
func (b *Bots) leave(work context.Context) {
	held := make(chan *duty)
	var all sync.WaitGroup
	for range mostEars {
		all.Go(func() {
			for d := range held {
				d.layDown(work, b.mouths, nil)
			}
		})
	}
	for _, d := range b.duties {
		held <- d
	}
	close(held)
	all.Wait()
}

// A process that looks after so many bots looks at each of them only so often, lest it do nothing else.
const (
	many  = 200
	brief = 10 * time.Millisecond
)

// look begins to look after bots that are new, and ends it for those that are not what they were. An ISP that fails keeps what it has.
func (b *Bots) look(listening, work context.Context) error {
	isps, err := b.o.DB.Directory(listening)
	if err != nil {
		return err
	}
	desk := b.o.bots()
	gone := maps.Clone(b.duties)
	for _, isp := range isps {
		running := b.duties[isp.ID]
		if running != nil && len(isps) > many && !rest(listening, brief) {
			return nil
		}
		bot, botErr := desk.Bot(tenants.With(listening, isp))
		switch fault := tenants.FaultOf(botErr); {
		case fault != nil: // it has none
			continue
		case botErr != nil:
			delete(gone, isp.ID)
			b.cannotRead(tenants.With(listening, isp), isp, botErr)
			continue
		}
		delete(b.unread, isp.ID)
		switch {
		case running != nil && running.token == bot.Token:
			delete(gone, isp.ID)
			running.isp.Store(&isp) // its name or a switch of its may have changed
			if !slices.Equal(running.off, bot.Face.Off) {
				running.off = bot.Face.Off
				running.relist.Store(true)
				b.rota.put(running)
			}
			if bot.Overdue && running.address != "" {
				running.overdue.Store(true)
				b.rota.put(running)
			}
			continue
		case running != nil:
			delete(gone, isp.ID)
			b.retire(work, running)
		}
		d := b.duty(listening, isp, bot.Token)
		d.off = bot.Face.Off
		b.duties[isp.ID] = d
		b.rota.put(d)
	}
	for id, d := range gone {
		b.retire(work, d)
		delete(b.duties, id)
	}
	return err
}

// cannotRead says once why an ISP's bot cannot be read, and leaves a word for the gerente when its token does not open.
func (b *Bots) cannotRead(ctx context.Context, isp tenants.Tenant, why error) {
	if ctx.Err() != nil || b.unread[isp.ID] == why.Error() {
		return
	}
	b.unread[isp.ID] = why.Error()
	b.o.Log.Error("bot: the bot of an ISP cannot be read", "isp", isp.Slug, "error", why)
	if !errors.Is(why, tenants.ErrSealed) {
		return
	}
	if err := b.o.bots().Sealed(ctx); err != nil {
		delete(b.unread, isp.ID) // it is noted at the next look
	}
}

func (b *Bots) duty(listening context.Context, isp tenants.Tenant, token string) *duty {
	d := &duty{station: b.o.station(b.network, isp, token, uuid.NewString()), voice: context.Background(), hush: func() {}}
	if b.o.Webhook != nil {
		d.address = b.o.Webhook(isp.Slug)
	}
	d.hearing, d.end = context.WithCancel(listening)
	return d
}

// retire looks no more after a bot.
func (b *Bots) retire(work context.Context, d *duty) {
	b.rota.retire(d)
	d.layDown(work, b.mouths, nil)
}
