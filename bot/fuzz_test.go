package bot

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"enlace/bot/wire"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/bots"
	"enlace/tenants/customers"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscribers"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

// FuzzUpdate throws updates of any kind at the bot: none is a panic, none keeps the bot from the next one, and nobody but Maria's chat ever
// reads a word of hers.
func FuzzUpdate(f *testing.F) {
	for _, seed := range []string{
		`{"update_id":5,"message":{"message_id":1,"date":1,"text":"/faturas","from":{"id":101,"first_name":"M"},"chat":{"id":101,"type":"private"}}}`,
		`{"update_id":6,"message":{"message_id":1,"date":1,"text":"/start AAAA","from":{"id":7,"first_name":"Z"},"chat":{"id":7,"type":"private"}}}`,
		`{"update_id":7,"message":{"message_id":1,"date":1,"text":"/suporte","from":{"id":101,"first_name":"M"},"chat":{"id":101,"type":"private"}}}`,
		`{"update_id":8,"message":{"message_id":1,"date":1,"text":"caiu\u0000 tudo","from":{"id":101,"first_name":"M"},"chat":{"id":101,"type":"private"}}}`,
		`{"update_id":9,"callback_query":{"id":"1","data":"faturas","from":{"id":101,"first_name":"M"},"message":{"message_id":3,"date":1,"chat":{"id":101,"type":"private"}}}}`,
		`{"update_id":10,"callback_query":{"id":"2","data":"pix.AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA","from":{"id":7,"first_name":"Z"},"message":{"message_id":3,"chat":{"id":7,"type":"private"}}}}`,
		`{"update_id":13,"message":{"message_id":1,"date":1,"photo":[{"file_id":"x\u0000","width":1},{"file_id":"y","file_size":-1}],"caption":"olha","from":{"id":101,"first_name":"M"},"chat":{"id":101,"type":"private"}}}`,
		`{"update_id":14,"message":{"message_id":1,"date":1,"document":{"file_id":"x","file_name":"../\u0000.pdf","file_size":9},"from":{"id":101,"first_name":"M"},"chat":{"id":101,"type":"private"}}}`,
		`{"update_id":15,"callback_query":{"id":"3","data":"queroplano.AAAAAAAAAAAAAAAAAAAAAA","from":{"id":101,"first_name":"M"},"message":{"message_id":3,"chat":{"id":101,"type":"private"}}}}`,
		`{"update_id":16,"edited_message":{"message_id":1,"date":1,"edit_date":2,"text":"/fat","from":{"id":101,"first_name":"M"},"chat":{"id":101,"type":"private"}}}`,
		`{"update_id":11,"edited_message":{}}`, `{"update_id":12,"message":{"chat":null}}`, `{"update_id":-1}`, `{}`, `null`, `[]`, `{"update_id":1e9}`,
	} {
		f.Add([]byte(seed))
	}
	l, said := fuzzed(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		h, err := hear(raw)
		if err != nil {
			return
		}
		say, err := l.handle(ctx, h)
		if err != nil {
			t.Fatal(err)
		}
		if say != nil {
			(&speaker{l}).sayWithin(ctx, say, time.Second)
		}
		if said.broken.Swap(0) > 0 {
			t.Errorf("something broke over %s", raw)
		}
		if said.leaked.Swap(0) > 0 {
			t.Errorf("a stranger read of Maria after %s", raw)
		}
	})
}

// fuzzed is the bot of an office in which the chat 101 is Maria's, without a Telegram.
func fuzzed(f *testing.F) (*station, *nobody) {
	f.Helper()
	o := demotest.OpenSQLite(f)
	own, desk := bots.Desk{DB: o.DB, Vault: o.Vault}, subscribers.Desk{DB: o.DB, Vault: o.Vault}
	ctx := tenants.With(context.Background(), o.Here)
	link := func() (token string, err error) {
		made, err := desk.Invite(o.As("gerente"), o.Maria.ID)
		_, token, _ = strings.Cut(made.URL, "=")
		return token, err
	}
	err := own.SetBot(ctx, "1:x", "fibranorte_bot")
	token, linkErr := link()
	_, openErr := desk.Open(ctx, subscribers.Caller{Chat: 101}, token)
	if err := errors.Join(err, linkErr, openErr, own.Hold(ctx, "fuzz", bots.Lease)); err != nil {
		f.Fatal(err)
	}
	said := &nobody{}
	l := &station{holder: "fuzz", bots: own, desk: desk, api: said, log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		reception: reception{own, desk, customers.Desk{DB: o.DB}, billing.Desk{DB: o.DB}, subscriptions.Desk{DB: o.DB}, support.Desk{DB: o.DB}}}
	l.isp.Store(&o.Here)
	return l, said
}

// nobody is a Telegram that only listens to what the bot says.
type nobody struct{ broken, leaked atomic.Int64 }

func (n *nobody) hear(chat int64, text string) error {
	if strings.Contains(text, broken) {
		n.broken.Add(1)
	}
	if chat != 101 && (strings.Contains(text, "Maria") || strings.Contains(text, "89,90") || strings.Contains(text, "529")) {
		n.leaked.Add(1)
	}
	return nil
}

func (n *nobody) Send(_ context.Context, chat int64, text string, b wire.Board) error {
	board, _ := json.Marshal(b)
	return n.hear(chat, text+string(board))
}

func (n *nobody) Edit(ctx context.Context, chat int64, _ int, text string, b wire.Board) error {
	return n.Send(ctx, chat, text, b)
}

func (n *nobody) SendDocument(_ context.Context, chat int64, name string, _ []byte, caption string) error {
	return n.hear(chat, name+caption+"Maria")
}

func (n *nobody) SendPhoto(ctx context.Context, chat int64, name string, content []byte, caption string) error {
	return n.SendDocument(ctx, chat, name, content, caption)
}

func (n *nobody) File(context.Context, string) ([]byte, error)         { return nil, wire.ErrLarge }
func (n *nobody) AnswerPress(_ context.Context, _, toast string) error { return n.hear(0, toast) }
func (n *nobody) Me(context.Context) (string, error)                   { return "", nil }
func (n *nobody) Commands(context.Context, []wire.Command) error       { return nil }
func (n *nobody) DropWebhook(context.Context) error                    { return nil }
func (n *nobody) SetWebhook(context.Context, string, string) error     { return nil }
func (n *nobody) Updates(context.Context, int64, time.Duration) ([]json.RawMessage, error) {
	return nil, nil
}
