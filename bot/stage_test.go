package bot_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"enlace/bot"
	"enlace/bot/bottest"
	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscribers"
)

const token = "123456789:AAtokenThatNobodyMayEverReadInALog"

// stage is an office whose bot speaks to a Telegram of our own.
type stage struct {
	*testing.T
	*demotest.Office
	telegram *bottest.Server
	own      bots.Desk
	desk     subscribers.Desk
	log      *ear
	passed   atomic.Int64
	bots     *bot.Bots
	hooks    *httptest.Server // what Telegram calls; nil where it is asked
	life     atomic.Pointer[life]
}

// life is that of the process that is called.
type life struct {
	context.Context
	end context.CancelFunc
}

func (s *stage) live() {
	ctx, end := context.WithCancel(context.Background())
	s.life.Store(&life{ctx, end})
}

// ear is a log that several write to.
type ear struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (e *ear) Write(p []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.text.Write(p)
}

func (e *ear) String() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.text.String()
}

// onEachStore sets the stage on both stores, with the bot listening, and checks at the end what must be true of every conversation.
func onEachStore(t *testing.T, test func(s *stage)) {
	t.Helper()
	t.Parallel()
	eachWay(t, false, test)
}

// called is onEachStore with a bot that Telegram calls us for.
func called(t *testing.T, test func(s *stage)) {
	t.Helper()
	t.Parallel()
	eachWay(t, true, test)
}

func eachWay(t *testing.T, called bool, test func(s *stage)) {
	t.Helper()
	eachStore(t, called, bottest.New, test)
}

// emulated is onEachStore with a Telegram that is not ours, for dialogues of words, buttons and contacts.
func emulated(t *testing.T, test func(s *stage)) {
	t.Helper()
	t.Parallel()
	eachStore(t, false, bottest.Emulated, test)
}

func eachStore(t *testing.T, called bool, server func(testing.TB, string) *bottest.Server, test func(s *stage)) {
	t.Helper()
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := &stage{T: t, Office: o, telegram: server(t, token), own: bots.Desk{DB: o.DB, Vault: o.Vault}, desk: subscribers.Desk{DB: o.DB, Vault: o.Vault}, log: &ear{}}
		began := o.DB.Now()
		o.DB.Clock = func() time.Time { return began.Add(time.Duration(s.passed.Load())) } // read by the bot while the test moves it
		if err := s.own.SetBot(o.As("gerente"), token, ""); err != nil {
			t.Fatal(err)
		}
		if called {
			s.listen()
		}
		s.start()
		t.Cleanup(func() {
			s.stop()
			if text := s.log.String(); strings.Contains(text, token) || strings.Contains(text, "AAtoken") {
				t.Errorf("the log holds the token:\n%s", text)
			}
			if s.telegram.Rivals > 0 {
				t.Errorf("two asked for updates at once, %d times", s.telegram.Rivals)
			}
		})
		test(s)
	})
}

func (s *stage) options() bot.Options {
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o := bot.Options{DB: s.DB, Vault: s.Vault, Endpoint: s.telegram.Endpoint, Log: log, Look: 20 * time.Millisecond}
	if s.hooks != nil {
		o.Webhook = func(string) string { return s.hooks.URL }
	}
	return o
}

// listen is the route by which Telegram calls us, as the pages have it.
func (s *stage) listen() {
	s.Helper()
	hooks, err := bot.NewHooks(s.options())
	if err != nil {
		s.Fatal(err)
	}
	s.live()
	s.hooks = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		alive := s.life.Load()
		body, err := io.ReadAll(r.Body)
		if err == nil {
			ctx, cancel := context.WithTimeout(alive, 10*time.Second)
			defer cancel()
			err = errors.Join(hooks.Hear(tenants.With(ctx, s.Here), r.Header.Get("X-Telegram-Bot-Api-Secret-Token"), body), alive.Err())
		}
		switch {
		case tenants.FaultOf(err) != nil:
			w.WriteHeader(http.StatusNotFound)
		case err != nil:
			w.WriteHeader(http.StatusInternalServerError)
		}
	}))
	s.Cleanup(s.hooks.Close)
}

func (s *stage) start() {
	s.Helper()
	var err error
	if s.bots, err = bot.Start(context.Background(), s.options()); err != nil {
		s.Fatal(err)
	}
	s.await("the bot to know its name", func() bool {
		known, err := s.own.Bot(s.As("gerente"))
		address, _ := s.telegram.Webhook()
		return err == nil && known.Username != "" && (s.telegram.Calls("getUpdates") > 0 && address == "" || s.hooks != nil && address == s.hooks.URL)
	})
}

func (s *stage) stop() {
	s.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := s.bots.Stop(ctx); err != nil {
		s.Error("the bots do not stop: ", err)
	}
}

// pass moves the clock on.
func (s *stage) pass(d time.Duration) { s.passed.Add(int64(d)) }

// await waits for something to become true.
func (s *stage) await(what string, is func() bool) {
	s.Helper()
	for end := time.Now().Add(15 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			s.Fatal("waited in vain for " + what)
		}
	}
}

// tokenOf is the token of a new link for a customer.
func (s *stage) tokenOf(customer *ent.Customer) string {
	s.Helper()
	link, err := s.desk.Invite(s.As("comercial"), customer.ID)
	if err != nil {
		s.Fatal(err)
	}
	_, token, _ := strings.Cut(link.URL, "?start=")
	return token
}

// linked is a person whose chat may see the customer.
func (s *stage) linked(name string, chat int64, customer *ent.Customer) *bottest.Person {
	s.Helper()
	p := s.telegram.Person(name, chat)
	if entry, err := s.desk.Open(tenants.With(context.Background(), s.Here), subscribers.Caller{Chat: chat}, s.tokenOf(customer)); err != nil || len(entry.Customers) != 1 {
		s.Fatal(entry, err)
	}
	return p
}

func (s *stage) maria() *bottest.Person { return s.linked("Maria", 101, s.Maria) }
func (s *stage) joao() *bottest.Person  { return s.linked("João", 102, s.Joao) }
