package handlerstest

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Browser keeps cookies and follows redirects.
type Browser struct {
	t      testing.TB
	ask    func(*http.Request) (*http.Response, error)
	host   string
	jar    *cookiejar.Jar
	header http.Header
	stay   bool
}

// Dial is a browser at an ISP of another process, which listens at an address, HOST:PORT.
func Dial(t testing.TB, slug, address string) *Browser {
	t.Helper()
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	wire := &http.Transport{DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) { // whatever the name, as if in /etc/hosts
		return new(net.Dialer).DialContext(ctx, network, address)
	}}
	t.Cleanup(wire.CloseIdleConnections)
	return newBrowser(t, slug+".localhost:"+port, wire.RoundTrip)
}

func newBrowser(t testing.TB, host string, ask func(*http.Request) (*http.Response, error)) *Browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Browser{t: t, ask: ask, host: host, jar: jar, header: http.Header{}}
}

// With is the same browser sending one more header.
func (b *Browser) With(name, value string) *Browser {
	other := *b
	other.header = b.header.Clone()
	other.header.Set(name, value)
	return &other
}

// HTMX is the same browser asking as htmx does.
func (b *Browser) HTMX() *Browser { return b.With("HX-Request", "true") }

// Staying is the same browser, showing a redirect instead of following it.
func (b *Browser) Staying() *Browser {
	other := *b
	other.stay = true
	return &other
}

// Cookie is what the browser keeps under a name.
func (b *Browser) Cookie(name string) string {
	for _, cookie := range b.jar.Cookies(b.home()) {
		if cookie.Name == name {
			return cookie.Value
		}
	}
	return ""
}

// SetCookie makes the browser keep something, as somebody might have put it there.
func (b *Browser) SetCookie(name, value string) {
	b.jar.SetCookies(b.home(), []*http.Cookie{{Name: name, Value: value, Path: "/"}})
}

func (b *Browser) home() *url.URL { return &url.URL{Scheme: "http", Host: b.host, Path: "/"} }

// SignIn fills in the sign-in form and expects to come in.
func (b *Browser) SignIn(email, password string) *Page {
	b.t.Helper()
	page := b.Get("/entrar").Form("Entrar").Set("E-mail", email).Set("Senha", password).Submit()
	if page.Status != http.StatusOK || page.Path == "/entrar" {
		b.t.Fatalf("%s was not let in: %d %s", email, page.Status, page.Text(".en-errsum"))
	}
	return page
}

// Get opens a page.
func (b *Browser) Get(path string) *Page {
	b.t.Helper()
	return b.do(http.MethodGet, path, nil)
}

// Post sends a form of the caller's own making, as a forger would; forms of pages are sent by Form.
func (b *Browser) Post(path string, values url.Values) *Page {
	b.t.Helper()
	return b.do(http.MethodPost, path, strings.NewReader(values.Encode()))
}

// Send is Post of a body of another kind: a form with a file.
func (b *Browser) Send(path, contentType string, body io.Reader) *Page {
	b.t.Helper()
	return b.With("Content-Type", contentType).do(http.MethodPost, path, body)
}

func (b *Browser) do(method, path string, body io.Reader) *Page {
	b.t.Helper()
	for range 10 {
		address, err := url.Parse("http://" + b.host + path)
		if err != nil {
			b.t.Fatal(err)
		}
		request, err := http.NewRequest(method, address.String(), body)
		if err != nil {
			b.t.Fatal(err)
		}
		request.Header = b.header.Clone()
		if method == http.MethodPost {
			if request.Header.Get("Content-Type") == "" {
				request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			if request.Header.Get("Origin") == "" {
				request.Header.Set("Origin", "http://"+b.host)
			}
		}
		for _, cookie := range b.jar.Cookies(address) {
			request.AddCookie(cookie)
		}
		response, err := b.ask(request)
		if err != nil {
			b.t.Fatalf("%s %s: %v", method, path, err)
		}
		b.jar.SetCookies(address, response.Cookies())
		location := response.Header.Get("Location")
		if location == "" || b.stay {
			return b.page(path, response)
		}
		_ = response.Body.Close()
		to, err := address.Parse(location)
		if err != nil || to.Host != address.Host {
			b.t.Fatalf("%s leads to %s", path, location)
		}
		method, path, body = http.MethodGet, to.RequestURI(), nil
	}
	b.t.Fatalf("%s leads round and round", path)
	return nil
}

func (b *Browser) page(path string, response *http.Response) *Page {
	b.t.Helper()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	page := &Page{t: b.t, browser: b, Path: path, Status: response.StatusCode, Header: response.Header, Body: string(content)}
	if strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
		if page.Doc, err = goquery.NewDocumentFromReader(strings.NewReader(page.Body)); err != nil {
			b.t.Fatal(err)
		}
	}
	return page
}
