package bot_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"enlace/bot"
	"enlace/ent"
	"enlace/tenants"
	"enlace/tenants/bots"
	"enlace/tenants/catalog"
	"enlace/tenants/demo/demotest"
)

// crowd is a Telegram of many bots, each of which gets its updates once and must say one thing to each chat.
type crowd struct {
	*httptest.Server
	mu      sync.Mutex
	pending map[string][]json.RawMessage // by token
	told    map[string]int               // by token and chat
	said    atomic.Int64
	sorry   atomic.Int64 // how often something had failed
	hooked  atomic.Int64 // bots it calls us for
}

func newCrowd(t testing.TB) *crowd {
	c := &crowd{pending: map[string][]json.RawMessage{}, told: map[string]int{}}
	c.Server = httptest.NewServer(c)
	t.Cleanup(func() { c.CloseClientConnections(); c.Close() })
	return c
}

func (c *crowd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token, method, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	var result any = true
	c.mu.Lock()
	switch method {
	case "getMe":
		result = map[string]any{"id": 1, "is_bot": true, "first_name": "F", "username": "bot_" + strings.Split(token, ":")[0]}
	case "setWebhook":
		c.hooked.Add(1)
	case "getUpdates":
		from, _ := strconv.ParseInt(r.PostFormValue("offset"), 10, 64)
		ready := c.pending[token]
		for len(ready) > 0 && numbered(ready[0]) < from {
			ready = ready[1:]
		}
		c.pending[token], result = ready, append([]json.RawMessage{}, ready[:min(100, len(ready))]...)
	case "sendMessage":
		c.told[token+" "+r.PostFormValue("chat_id")]++
		if c.said.Add(1); strings.HasPrefix(r.PostFormValue("text"), "Algo falhou") {
			c.sorry.Add(1)
		}
		result = map[string]any{"message_id": 1, "date": 1, "chat": map[string]any{"id": 1, "type": "private"}}
	}
	c.mu.Unlock()
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

func numbered(raw json.RawMessage) int64 {
	var u struct {
		ID int64 `json:"update_id"`
	}
	_ = json.Unmarshal(raw, &u)
	return u.ID
}

// asked is somebody's n-th question to a bot, each in a chat of its own.
func asked(n int) json.RawMessage {
	return json.RawMessage(fmt.Sprintf(`{"update_id":%d,"message":{"message_id":1,"date":1,"text":"oi","from":{"id":%d,"first_name":"Z"},"chat":{"id":%d,"type":"private"}}}`, n, 5000+n, 5000+n))
}

// isps makes so many providers with a bot each.
func isps(t testing.TB, o *demotest.Office, n int) (all []tenants.Tenant) {
	t.Helper()
	var mu sync.Mutex
	var hands sync.WaitGroup
	next := atomic.Int64{}
	for range 8 {
		hands.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				isp, err := o.DB.Found(context.Background(), fmt.Sprintf("provedor-%d", i), "Provedor", o.Here.Zone, func(ctx context.Context, c *ent.Client) error { return catalog.Defaults(ctx, c, o.DB.Now()) })
				if err == nil {
					err = (bots.Desk{DB: o.DB, Vault: o.Vault}).SetBot(tenants.With(context.Background(), isp), fmt.Sprintf("%d:AAtoken", i), "")
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				all = append(all, isp)
				mu.Unlock()
			}
		})
	}
	hands.Wait()
	return all
}

// room is for what ours reads, which it does often: made anew each time it would be most of the work.
var room = make([]byte, 8<<20)

// ours counts the goroutines of this process that are not those of a server of the tests, and which they are.
func ours() (n int, kinds map[string]int) {
	stacks := room[:runtime.Stack(room, true)]
	kinds = map[string]int{}
	for one := range bytes.SplitSeq(stacks, []byte("\n\n")) {
		if !bytes.Contains(one, []byte(" [select")) && bytes.Contains(one, []byte("created by database/sql.")) {
			continue // it watched over a transaction that has ended, and is about to end too
		}
		if !bytes.Contains(one, []byte("net/http.(*conn)")) && !bytes.Contains(one, []byte("net/http.(*connReader)")) && !bytes.Contains(one, []byte("bot_test.")) {
			n++
			_, by, _ := bytes.Cut(one, []byte("created by "))
			by, _, _ = bytes.Cut(by, []byte(" in goroutine"))
			kinds[string(by)]++
		}
	}
	return n, kinds
}

// mostMore is how many goroutines more many bots may take than one.
const mostMore = 50

// load has so many bots asked so many questions each at once, and returns what it took of goroutines at most, and of time.
func load(t testing.TB, o *demotest.Office, called bool, count, each int) (most int, took time.Duration) {
	t.Helper()
	telegram, all := newCrowd(t), isps(t, o, count)
	options := bot.Options{DB: o.DB, Vault: o.Vault, Endpoint: telegram.URL + "/bot%s/%s", Log: slog.New(slog.DiscardHandler), Look: 50 * time.Millisecond}
	options.Door = bot.NewDoor(options.Endpoint)
	if called {
		options.Webhook = func(slug string) string { return "https://" + slug + ".example.com/" }
	} else {
		for i := range count {
			for n := range each {
				telegram.pending[fmt.Sprintf("%d:AAtoken", i+1)] = append(telegram.pending[fmt.Sprintf("%d:AAtoken", i+1)], asked(n+1))
			}
		}
	}
	hooks, err := bot.NewHooks(options)
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	running, err := bot.Start(context.Background(), options)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = running.Stop(context.Background()) }()
	var kinds map[string]int
	defer func() { t.Logf("%d goroutines: %v", most, kinds) }()
	until := func(is func() bool) {
		for end := time.Now().Add(10 * time.Minute); !is() && time.Now().Before(end) && !t.Failed(); time.Sleep(10 * time.Millisecond) {
			if n, which := ours(); n > most {
				most, kinds = n, which
			}
		}
	}
	var calls sync.WaitGroup
	if called {
		until(func() bool { return telegram.hooked.Load() == int64(count) }) // nobody is called before
		began = time.Now()
		next := atomic.Int64{}
		secrets := bots.Desk{DB: o.DB, Vault: o.Vault}
		for range 16 { // as many as Telegram has on their way to us at once
			calls.Go(func() {
				for i := int(next.Add(1)) - 1; i < count*each; i = int(next.Add(1)) - 1 {
					isp := all[i%count]
					ctx := tenants.With(context.Background(), isp)
					known, err := secrets.Bot(ctx)
					if err != nil {
						t.Error(err)
						return
					}
					secret, _ := secrets.Secret(ctx, known.Token)
					for range 1 + i%2 { // every second one comes twice
						if err := hooks.Hear(ctx, secret, asked(i/count+1)); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
	}
	until(func() bool { return telegram.said.Load() >= int64(count*each) })
	calls.Wait()
	took = time.Since(began)
	telegram.mu.Lock()
	defer telegram.mu.Unlock()
	if len(telegram.told) != count*each {
		t.Errorf("%d of %d are answered", len(telegram.told), count*each)
	}
	if n := telegram.sorry.Load(); n > 0 {
		t.Errorf("%d answers are that something failed", n)
	}
	for who, times := range telegram.told {
		if times != 1 {
			t.Fatalf("%s is answered %d times", who, times)
		}
	}
	return most, took
}

// BenchmarkManyBots has the whole figure.
func TestManyBotsAskedAtOnce(t *testing.T) {
	for way, called := range map[string]bool{"polled": false, "called": true} {
		t.Run(way, func(t *testing.T) { // beside no other test: goroutines are counted
			one, _ := load(t, demotest.OpenPostgres(t), called, 1, 120)
			many, took := load(t, demotest.OpenPostgres(t), called, 60, 2) // a goroutine a bot would be too many
			t.Logf("%d goroutines with one bot, %d with many, %s", one, many, took)
			if many > one+mostMore {
				t.Errorf("many bots take %d goroutines, one takes %d", many, one)
			}
		})
	}
}

// BenchmarkManyBots is the test with the whole figure: 1,000 bots asked 20 questions each at once.
func BenchmarkManyBots(b *testing.B) {
	for way, called := range map[string]bool{"polled": false, "called": true} {
		b.Run(way, func(b *testing.B) {
			for b.Loop() {
				one, _ := load(b, demotest.OpenPostgres(b), called, 1, 2000)
				many, took := load(b, demotest.OpenPostgres(b), called, 1000, 20)
				b.ReportMetric(20_000/took.Seconds(), "answers/s")
				if b.ReportMetric(float64(many-one), "goroutines-more"); many > one+mostMore {
					b.Errorf("many bots take %d goroutines, one takes %d", many, one)
				}
			}
		})
	}
}
