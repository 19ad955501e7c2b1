package handlers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"enlace/handlers/handlerstest"
	"enlace/views"
)

// fill puts an id where a path wants one.
func fill(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") {
			parts[i] = "018f0000-0000-7000-8000-000000000000"
		}
	}
	return strings.Join(parts, "/")
}

func TestEveryRouteIsAnsweredBehindTheSameHeaders(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		in, out := s.As("gerente"), s.Browser()
		routes := s.Web.Routes()
		if len(routes) < 8 {
			t.Fatalf("only %d routes", len(routes))
		}
		for _, r := range routes {
			for _, b := range []*handlerstest.Browser{out.Staying(), in.Staying()} {
				page := b.Get(fill(r.Path))
				if r.Method == http.MethodPost {
					page = b.Post(fill(r.Path), url.Values{})
				}
				for name, want := range map[string]string{
					"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
					"Referrer-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store", "X-Request-Id": "",
				} {
					if name == "Cache-Control" && strings.HasPrefix(r.Path, "/marca.") { // of the ISP's brand; its own test says how long
						continue
					}
					if got := page.Header.Get(name); got == "" || !strings.HasPrefix(got, want) {
						t.Errorf("%s %s: %s is %q", r.Method, r.Path, name, got)
					}
				}
				if strings.Contains(page.Header.Get("Content-Security-Policy"), "unsafe") {
					t.Errorf("%s allows something unsafe", r.Path)
				}
				if strings.Contains(page.Body, " style=") || strings.Contains(page.Body, "<style") || strings.Contains(page.Body, "onclick") || strings.Contains(page.Body, "<script>") {
					t.Errorf("%s has something inline", r.Path)
				}
			}
		}
	})
}

func TestNobodyComesPastTheDoorUnlessTheRouteIsOpen(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		for _, r := range s.Web.Routes() {
			page := s.Browser().Staying().Get(fill(r.Path))
			if r.Method == http.MethodPost {
				page = s.Browser().Staying().Post(fill(r.Path), url.Values{})
			}
			sent := page.Status == http.StatusSeeOther && strings.HasPrefix(page.Header.Get("Location"), "/entrar")
			if sent == r.Open {
				t.Errorf("%s %s: %d to %q", r.Method, r.Path, page.Status, page.Header.Get("Location"))
			}
		}
	})
}

func TestTheBrowsersFilesAreKeptForEverAndSmall(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.Browser()
		page := b.Get("/entrar")
		total := len(page.Body)
		for _, name := range []string{"vendor/tabler.min.css", "enlace.css", "vendor/htmx.min.js", "js/enlace.js", "vendor/figtree-latin-wght-normal.woff2"} {
			path, err := views.Asset(name)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(page.Body, path) {
				t.Errorf("the page does not ask for %s", path)
			}
			file := b.With("Accept-Encoding", "gzip").Get(path).Want(http.StatusOK)
			if file.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || file.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s: %v", path, file.Header)
			}
			total += len(file.Body)
			if plain := b.Get(path); plain.Header.Get("Content-Encoding") != "" || len(plain.Body) == 0 {
				t.Errorf("%s without gzip: %v", path, plain.Header)
			}
		}
		if total > 150<<10 {
			t.Errorf("the first page weighs %d KB", total>>10)
		}
		t.Logf("the first page weighs %d KB, its HTML uncompressed", total>>10)
	})
}

func TestAPageIsCompressedWhereTheBrowserTakesIt(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		page := s.Browser().With("Accept-Encoding", "gzip").Get("/entrar")
		if page.Header.Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(page.Header.Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("%v", page.Header)
		}
	})
}
