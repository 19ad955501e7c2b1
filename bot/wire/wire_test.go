package wire_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"enlace/bot/wire"
)

const secretToken = "123456789:AAtokenThatNobodyMayEverReadInALog"

// Whatever goes wrong on the way to Telegram or back, no error holds the token: neither its words, nor those of what it is made of.
func TestNoErrorHoldsTheToken(t *testing.T) {
	echo := func(answer func(w http.ResponseWriter, r *http.Request)) string {
		server := httptest.NewServer(http.HandlerFunc(answer))
		t.Cleanup(server.Close)
		return server.URL + "/bot%s/%s"
	}
	for name, endpoint := range map[string]string{
		"nobody listens":     "http://127.0.0.1:1/bot%s/%s",
		"no such host":       "http://telegram.invalid/bot%s/%s",
		"no such protocol":   "gopher://127.0.0.1/bot%s/%s",
		"not https":          strings.Replace(echo(func(http.ResponseWriter, *http.Request) {}), "http://", "https://", 1),
		"an address of none": "http://127.0.0.1:x/bot%s/%s",
		"another address": echo(func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1"+r.URL.Path, http.StatusFound)
		}),
		"it is echoed": echo(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"ok":false,"error_code":400,"description":"no `+r.URL.Path+`"}`)
		}),
		"it is echoed well": echo(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"ok":false,"error_code":400,"description":"no `+r.URL.Path+`"}`)
		}),
		"no JSON": echo(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "<html>"+r.URL.Path) }),
		"it breaks off": echo(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, "{")
		}),
		"it takes too long": echo(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }),
	} {
		t.Run(name, func(t *testing.T) {
			w := wire.NewNetwork(endpoint, 1).To(secretToken)
			ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
			defer cancel()
			_, errMe := w.Me(ctx)
			_, errUpdates := w.Updates(ctx, 1, 0)
			for _, err := range []error{errMe, errUpdates, w.Send(ctx, 1, "x", wire.Board{}), w.SendDocument(ctx, 1, "x.pdf", nil, ""), w.SetWebhook(ctx, "https://x", "y"), w.DropWebhook(ctx)} {
				if err == nil {
					t.Error("nothing went wrong")
				}
				for ; err != nil; err = errors.Unwrap(err) {
					if strings.Contains(err.Error(), "AAtoken") {
						t.Errorf("the token is in %T: %s", err, strings.ReplaceAll(err.Error(), "AAtoken", "…"))
					}
				}
			}
		})
	}
}
