package handlers_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"enlace/handlers"
	"enlace/handlers/handlerstest"
)

func TestTheLogHoldsNoSecretOfAnAddress(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		const secret = "sEcReT-of-the-address"
		asked := 0
		for _, r := range s.Web.Routes() {
			path := strings.NewReplacer(":segredo", secret, ":secret", secret, ":slug", "fibranorte").Replace(r.Path)
			if path == r.Path || !strings.Contains(path, secret) {
				continue
			}
			asked++
			for _, path := range []string{path, path + "/e-mais"} {
				if r.Method == http.MethodPost {
					s.Browser().Staying().Post(path, url.Values{})
				} else {
					s.Browser().Staying().Get(path)
				}
			}
		}
		if asked < 6 {
			t.Fatalf("only %d routes have a secret", asked)
		}
		if log := s.Log.String(); strings.Contains(log, secret) || !strings.Contains(log, "/aceite/…") {
			t.Error("the log holds the secret, or nothing")
		}
	})
}

// No browser packs what it sends, and what strangers pack could be unpacked into more than there is memory.
func TestNobodySendsAnythingPacked(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		var packed bytes.Buffer
		into := gzip.NewWriter(&packed)
		if _, err := into.Write(bytes.Repeat([]byte(" "), 1<<20)); err != nil {
			t.Fatal(err)
		}
		if err := into.Close(); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/entrar", "/webhooks/pix/fibranorte/a-secret/pix", "/webhooks/telegram/fibranorte"} {
			for _, kind := range []string{"application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"} {
				b := s.Browser().Staying().With("X-Telegram-Bot-Api-Secret-Token", "a-secret")
				for _, coding := range []string{"gzip", "br", "gzip, gzip", ""} {
					b.With("Content-Encoding", coding).Send(path, kind, bytes.NewReader(packed.Bytes())).Want(http.StatusUnsupportedMediaType)
				}
			}
		}
	})
}

// Who asks for many waits, by whatever he writes of where he comes from, and nobody else does.
func TestWhoAsksForManyWaits(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		site := handlerstest.Open(t, s.Office, func(o *handlers.Office) { o.Secure = true })
		ask := func(remote string, forwarded ...string) int {
			var request fasthttp.Request
			request.SetRequestURI("http://" + s.Here.Slug + ".localhost/verificar/1")
			for _, line := range forwarded {
				request.Header.Add("X-Forwarded-For", line)
			}
			var ctx fasthttp.RequestCtx
			ctx.Init(&request, &net.TCPAddr{IP: net.ParseIP(remote), Port: 5000}, nil)
			site.Web.App.Handler()(&ctx)
			return ctx.Response.StatusCode()
		}
		for _, from := range []struct {
			what, remote string
			forwarded    func(n int) []string
			next         string // who does not wait for it
		}{
			{"a line of his own", "127.0.0.1", func(n int) []string { return []string{fmt.Sprintf("192.0.2.%d", n), "198.51.100.1"} }, "198.51.100.2"},
			{"an address before his own", "127.0.0.1", func(n int) []string { return []string{fmt.Sprintf("192.0.2.%d, 198.51.100.3", n)} }, "198.51.100.4"},
			{"another address of his household", "127.0.0.1", func(n int) []string { return []string{fmt.Sprintf("2001:db8:1:2::%x", n)} }, "2001:db8:1:3::1"},
			{"a proxy that is none of ours", "203.0.113.9", func(n int) []string { return []string{fmt.Sprintf("192.0.2.%d", n)} }, "203.0.113.10"},
		} {
			for n := range 60 {
				if status := ask(from.remote, from.forwarded(n)...); status != http.StatusNotFound {
					t.Fatalf("%s: %d after %d", from.what, status, n)
				}
			}
			if status := ask(from.remote, from.forwarded(61)...); status != http.StatusTooManyRequests {
				t.Errorf("%s: whoever writes it does not wait: %d", from.what, status)
			}
			if status := ask("127.0.0.1", from.next); status != http.StatusNotFound {
				t.Errorf("%s: somebody else waits: %d", from.what, status)
			}
		}
	})
}
