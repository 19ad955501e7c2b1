package bot

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"enlace/bot/wire"
	"enlace/tenants"
)

// FuzzWebhook throws calls of any kind at the webhook: none is a panic, whoever does not know the secret is not heard, and whoever does is never
// asked to come again: Telegram would, with the same, for a day.
func FuzzWebhook(f *testing.F) {
	for _, seed := range []string{
		`{"update_id":5,"message":{"message_id":1,"date":1,"text":"/menu","from":{"id":101,"first_name":"M"},"chat":{"id":101,"type":"private"}}}`,
		`{"update_id":6,"callback_query":{"id":"1","data":"faturas","from":{"id":101,"first_name":"M"},"message":{"message_id":3,"date":1,"chat":{"id":101,"type":"private"}}}}`,
		`{"update_id":7}{"update_id":8}`, `{"update_id":9,"message":{"message_id":1,"date":1,"text":"\ud800","from":{"id":7},"chat":{"id":7,"type":"private"}}}`,
		"\xff\xfe", "", `[[[[[[[[`, `{"update_id":"9"}`, `{"update_id":9223372036854775807}`, `{"update_id":92233720368547758070}`,
	} {
		f.Add("", []byte(seed))
		f.Add("ours", []byte(seed))
	}
	l, _ := fuzzed(f)
	deaf := http.Client{Transport: taker{}}
	h := &Hooks{Options{DB: l.desk.DB, Vault: l.desk.Vault, Log: slog.New(slog.NewTextHandler(io.Discard, nil))}, &wire.Network{Endpoint: "http://telegram.invalid/bot%s/%s", HTTP: &deaf}}
	isp := tenants.With(context.Background(), *l.isp.Load())
	bot, err := l.bots.Bot(isp)
	if err != nil {
		f.Fatal(err)
	}
	ours, err := l.bots.Secret(isp, bot.Token)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, secret string, body []byte) {
		ctx, cancel := context.WithTimeout(isp, 20*time.Second)
		defer cancel()
		if secret == "ours" {
			secret = ours
		}
		err := h.Hear(ctx, secret, body)
		if fault := tenants.FaultOf(err); secret != ours && (fault == nil || fault.Kind != tenants.KindNotFound) || secret == ours && err != nil {
			t.Errorf("%q, %s: %v", secret, body, err)
		}
	})
}

// taker is a Telegram that takes everything.
type taker struct{}

func (taker) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader([]byte(`{"ok":true,"result":true}`)))}, nil
}
