package handlers_test

import (
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"testing"

	"enlace/handlers/handlerstest"
	"enlace/views"
)

func TestEveryTemplateIsAViewALayoutOrAPart(t *testing.T) {
	shown := map[string]bool{"layouts/desk": true, "layouts/gate": true}
	for _, v := range views.All {
		shown[v.Page().Template] = true
		if v.Page().Title == "" && v.Page().Template != "erro/erro" {
			t.Errorf("%s has no title", v.Page().Template)
		}
	}
	err := fs.WalkDir(views.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path.Base(name), "_") {
			return err
		}
		if template := strings.TrimSuffix(name, ".html"); !shown[template] {
			t.Errorf("%s is shown by no view", name)
		} else {
			delete(shown, template)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for template := range shown {
		t.Errorf("%s has no file", template)
	}
}

func TestEveryPartIsOnThePageOfTheComponentsOrInALayout(t *testing.T) {
	used := map[string]bool{}
	err := fs.WalkDir(views.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(views.Files, name)
		for _, part := range strings.Split(string(text), `{{template "`)[1:] {
			called, _, _ := strings.Cut(part, `"`)
			used[called+".html"] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	parts, err := fs.Glob(views.Files, "shared/_*.html")
	if err != nil || len(parts) < 25 {
		t.Fatalf("%d parts, %v", len(parts), err)
	}
	for _, part := range parts {
		if !used[part] {
			t.Errorf("%s is used nowhere", part)
		}
	}
}

func TestHTMXGetsThePartAndEverybodyElseTheWhole(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.As("comercial")
		for name, c := range map[string]struct {
			browser *handlerstest.Browser
			whole   bool
		}{
			"a browser":      {b, true},
			"htmx":           {b.HTMX(), false},
			"a boosted link": {b.HTMX().With("HX-Boosted", "true"), true},
			"the way back":   {b.HTMX().With("HX-History-Restore-Request", "true"), true},
		} {
			page := c.browser.Get("/acessos")
			if whole := strings.Contains(page.Body, "<html"); whole != c.whole || page.H1() != "Seus acessos" {
				t.Errorf("%s: whole %v", name, whole)
			}
			if !strings.Contains(strings.Join(page.Header.Values("Vary"), ","), "HX-Request") {
				t.Errorf("%s: Vary is %v", name, page.Header.Values("Vary"))
			}
		}
		if page := b.HTMX().Get("/nada").Want(http.StatusNotFound); strings.Contains(page.Body, "<html") {
			t.Error("htmx got a whole page that was not found")
		}
		if page := s.Browser().HTMX().Get("/acessos"); page.Header.Get("HX-Redirect") != "/entrar" {
			t.Errorf("signed out under htmx: %v", page.Header)
		}
	})
}

// template/html shares one function among its renderings: pages with a layout and parts without one, rendered at once, would now and then
// take each other's. Each page here must be whole and each part a part, every time.
func TestPagesAndPartsRenderedAtOnceStayWhatTheyAre(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.As("comercial")
		const workers, each = 16, 60
		var wg sync.WaitGroup
		for worker := range workers {
			wg.Add(1)
			go func() {
				defer wg.Done()
				browser, want := b, 1
				if worker%2 == 0 {
					browser, want = b.HTMX(), 0
				}
				for range each {
					page := browser.Get("/componentes")
					if page.Status != http.StatusOK || strings.Count(page.Body, "<html") != want || strings.Count(page.Body, "</h1>") != 1 || !strings.HasSuffix(strings.TrimSpace(page.Body), ">") {
						t.Errorf("worker %d got %d, %d documents", worker, page.Status, strings.Count(page.Body, "<html"))
						return
					}
				}
			}()
		}
		wg.Wait()
	})
}

func TestTheThemeIsWrittenByTheServer(t *testing.T) {
	handlerstest.OnSQLite(t, func(t *testing.T, s *handlerstest.Site) {
		b := s.As("comercial")
		theme := func(page *handlerstest.Page) string { return page.Doc.Find("html").AttrOr("data-bs-theme", "") }
		page := b.Get("/")
		if theme(page) != "" {
			t.Errorf("at first: %q", theme(page))
		}
		if page = page.Press("escuro"); theme(page) != "dark" {
			t.Errorf("after escuro: %q", theme(page))
		}
		if page = page.Press("claro"); theme(page) != "light" {
			t.Errorf("after claro: %q", theme(page))
		}
		if page = page.Press("sistema"); theme(page) != "" {
			t.Errorf("after sistema: %q", theme(page))
		}
		for from, to := range map[string]string{"http://fibranorte.localhost/acessos": "/acessos", "https://mau.example/x": "/", "http://fibranorte.localhost//mau.example": "/"} {
			token := b.Get("/").Form("Sair").Values.Get("csrf")
			if page := b.With("Referer", from).Post("/tema", url.Values{"csrf": {token}}); page.Path != to {
				t.Errorf("from %s it led to %s", from, page.Path)
			}
		}
	})
}
