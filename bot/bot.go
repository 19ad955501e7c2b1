// Package bot is the Telegram door: subscribers write to their ISP's bot, and it answers through the same use cases as the office. It has
// no rules of its own; tenants/subscribers decides who may see what.
package bot

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"enlace/tenants"
	"enlace/tenants/subscribers"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

// Endpoint is Telegram's own address of the Bot API: token, then method.
const Endpoint = "https://api.telegram.org/bot%s/%s"

// Options says for whom the bots speak.
type Options struct {
	DB       *tenants.DB
	Vault    *tenants.Vault
	Endpoint string                   // ENLACE_TELEGRAM_ENDPOINT, with a %s for the token and one for the method; "" is Telegram's own
	Site     func(slug string) string // address of an ISP's pages, printed on contracts
	Log      *slog.Logger             // nil is the default one; no token is ever written to it
	Look     time.Duration            // how often bots that are new, replaced or gone are noticed; 0 is every three seconds
}

// Bots polls the bot of every ISP that has one.
type Bots struct {
	o       Options
	holder  string // of the leases, one name a process
	http    *http.Client
	pollers map[uuid.UUID]*poller // of the watch alone
	end     context.CancelFunc    // ends the listening
	hurry   context.CancelFunc    // ends what is still being said
	done    chan struct{}
}

// Start begins to poll the bot of every ISP that has one, now or later, until Stop. One process at a time polls a bot, however many are
// started. It returns an error for an endpoint that is none.
func Start(ctx context.Context, o Options) (*Bots, error) {
	if o.Endpoint == "" {
		o.Endpoint = Endpoint
	}
	if strings.Count(o.Endpoint, "%") != 2 || strings.Count(o.Endpoint, "%s") != 2 || !strings.HasPrefix(o.Endpoint, "http") {
		return nil, errors.New("ENLACE_TELEGRAM_ENDPOINT precisa ser um endereço com dois %s, como " + Endpoint)
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Look == 0 {
		o.Look = 3 * time.Second
	}
	work, hurry := context.WithCancel(context.WithoutCancel(ctx))
	listening, end := context.WithCancel(work)
	b := &Bots{o: o, holder: uuid.NewString(), http: transport(), pollers: map[uuid.UUID]*poller{}, end: end, hurry: hurry, done: make(chan struct{})}
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

// watch keeps one poller for each bot until listening ends, and then waits for them.
func (b *Bots) watch(listening, work context.Context) {
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
	var all sync.WaitGroup
	for _, p := range b.pollers {
		all.Go(p.stop)
	}
	all.Wait()
}

// look starts pollers for bots that are new, and stops those of bots that are not what they were. An ISP that fails keeps what it has.
func (b *Bots) look(listening, work context.Context) error {
	isps, err := b.o.DB.Directory(listening)
	if err != nil {
		return err
	}
	desk := subscribers.Desk{DB: b.o.DB, Vault: b.o.Vault, Site: b.o.Site}
	gone := map[uuid.UUID]bool{}
	for id := range b.pollers {
		gone[id] = true
	}
	for _, isp := range isps {
		running := b.pollers[isp.ID]
		bot, botErr := desk.Bot(tenants.With(listening, isp))
		switch fault := tenants.FaultOf(botErr); {
		case fault != nil: // it has none
			continue
		case botErr != nil:
			delete(gone, isp.ID)
			err = errors.Join(err, botErr)
			continue
		case running != nil && running.token == bot.Token:
			delete(gone, isp.ID)
			running.isp.Store(&isp) // its name or a switch of its may have changed
			continue
		case running != nil:
			delete(gone, isp.ID)
			running.stop()
		}
		b.pollers[isp.ID] = b.poll(listening, work, desk, isp, bot.Token)
	}
	for id := range gone {
		b.pollers[id].stop()
		delete(b.pollers, id)
	}
	return err
}

func (b *Bots) poll(listening, work context.Context, desk subscribers.Desk, isp tenants.Tenant, token string) *poller {
	p := &poller{
		token: token, holder: b.holder, desk: desk, log: b.o.Log.With("isp", isp.Slug), done: make(chan struct{}),
		api:       &wire{endpoint: b.o.Endpoint, token: token, http: b.http},
		reception: reception{desk, subscriptions.Desk{DB: b.o.DB}, support.Desk{DB: b.o.DB, Diagnose: subscriptions.Desk{DB: b.o.DB}.Diagnose}},
	}
	p.isp.Store(&isp)
	listening, p.end = context.WithCancel(listening)
	go func() {
		defer close(p.done)
		p.run(listening, work)
	}()
	return p
}
