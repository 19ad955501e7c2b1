package handlerstest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Chrome is a real browser, driven by its keyboard.
type Chrome struct {
	ctx  context.Context
	t    testing.TB
	home string
}

// Chrome opens a headless browser at the first ISP. The office listens on a port of 127.0.0.1; Chromium knows *.localhost by itself.
func (s *Site) Chrome() *Chrome {
	s.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Web.App.Listener(listener) }()
	s.t.Cleanup(func() {
		if err := errors.Join(s.Web.App.Shutdown(), <-ended); err != nil {
			s.t.Error(err)
		}
	})
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	return ChromeAt(s.t, "http://"+s.Here.Slug+".localhost:"+port)
}

// ChromeAt opens a window that shares nothing with the others, in the one headless browser of the tests, at an ISP's address.
func ChromeAt(t testing.TB, home string) *Chrome {
	t.Helper()
	browser, err := theBrowser()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	c := &Chrome{ctx: ctx, t: t, home: home}
	c.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error { // each window is the one that is typed in
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	}))
	return c.Look(1366, 768, false)
}

// theBrowser is started by the first test that needs it: starting one costs more than most tests do.
var theBrowser = sync.OnceValues(func() (context.Context, error) {
	profile, err := os.MkdirTemp("", "enlace-chromium")
	if err != nil {
		return nil, err
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(profile),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("hide-scrollbars", true)}
	ctx, cancel := chromedp.NewContext(context.Background(), chromedp.WithAllocatorOptions(options...))
	closeBrowser = func() error { cancel(); return os.RemoveAll(profile) }
	return ctx, chromedp.Do(ctx)
})

var closeBrowser = func() error { return nil }

// Main runs the tests of a package that uses Chrome and closes the browser after them.
func Main(m *testing.M) {
	code := m.Run()
	if err := closeBrowser(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// WithoutScript turns JavaScript off in the pages from now on.
func (c *Chrome) WithoutScript() *Chrome {
	c.t.Helper()
	c.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	return c
}

// Look makes the window so wide and high, light or dark as the system is, of somebody who wants nothing to move: what fades into other colours is
// pale on the way.
func (c *Chrome) Look(width, height int, dark bool) *Chrome {
	c.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	c.do(chromedp.EmulateViewport(int64(width), int64(height)), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	}))
	return c
}

// Paper shows the page as it is printed.
func (c *Chrome) Paper() *Chrome {
	c.t.Helper()
	c.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
		return err
	}))
	return c
}

// At is the same browser at another host name of the installation.
func (c *Chrome) At(slug string) *Chrome {
	other := *c
	_, rest, _ := strings.Cut(c.home, ".")
	other.home = "http://" + slug + "." + rest
	return &other
}

// Open opens a page.
func (c *Chrome) Open(path string) *Chrome {
	c.t.Helper()
	c.do(chromedp.Navigate(c.home + path))
	return c
}

// Type presses keys where the focus is.
func (c *Chrome) Type(keys string) *Chrome {
	c.t.Helper()
	c.do(chromedp.KeyEvent(keys))
	return c
}

// Enter presses Enter and waits for the page it leads to.
func (c *Chrome) Enter() *Chrome {
	c.t.Helper()
	if _, err := chromedp.RunResponse(c.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		c.t.Fatal(err)
	}
	return c
}

// TabTo presses Tab until the focus is on what is called so: the label of a field, or the words of a link or button.
func (c *Chrome) TabTo(name string) *Chrome {
	c.t.Helper()
	var passed []string
	for range 60 {
		c.settle()
		focused := c.Focused()
		if first, _, _ := strings.Cut(focused, "\n"); focused == name || first == name { // a label with an explanation under it
			return c
		}
		passed = append(passed, focused)
		c.do(chromedp.KeyEvent(kb.Tab))
	}
	c.t.Fatalf("Tab never comes to %q: %q", name, passed)
	return c
}

// Draw draws a stroke across what a selector finds, from one corner to the other, with the mouse.
func (c *Chrome) Draw(selector string) *Chrome {
	c.t.Helper()
	box := Eval[[]float64](c, fmt.Sprintf(`(() => {
		const part = document.querySelector(%q);
		part.scrollIntoView({block: 'center', behavior: 'instant'});
		const at = part.getBoundingClientRect();
		return [at.left, at.top, at.width, at.height];
	})()`, selector))
	at := func(share float64) (x, y float64) { return box[0] + box[2]*share, box[1] + box[3]*share }
	held := func(p *input.DispatchMouseEventParams) {
		p.Button, p.Buttons, p.ClickCount = input.MouseButtonLeft, 1, 1
	}
	x, y := at(0.1)
	steps := []chromedp.Action[chromedp.Void]{chromedp.MouseEvent(input.DispatchMouseEventTypeMousePressed, x, y, held)}
	for share := 0.2; share < 0.9; share += 0.1 {
		x, y = at(share)
		steps = append(steps, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y, held))
	}
	c.do(append(steps, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseReleased, x, y, held))...)
	return c
}

// settle waits for what the page has asked the server for, as a person sees it come, and for the field it begins with to have the focus: with much to do
// the browser gives it a little after the page is there.
func (c *Chrome) settle() {
	for range 100 {
		if Eval[bool](c, `document.querySelector('.htmx-request') === null &&
			(document.activeElement !== document.body || location.hash !== '' || document.querySelector('[autofocus]') === null)`) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Await waits until what a script says is so, as long as a person would.
func (c *Chrome) Await(script string) *Chrome {
	c.t.Helper()
	for range 500 {
		if Eval[bool](c, script) {
			return c
		}
		time.Sleep(20 * time.Millisecond)
	}
	c.t.Fatalf("it never comes to be that %s", script)
	return c
}

// Focused is what the focus is on, as a person would call it.
func (c *Chrome) Focused() string {
	c.t.Helper()
	return strings.TrimSpace(Eval[string](c, `(() => {
		const e = document.activeElement
		return e === document.body ? '' : e.ariaLabel ?? (e.labels?.[0] ?? e).innerText ?? ''
	})()`))
}

// Eval runs a script of the test's own in the page, whatever the page may run itself.
func Eval[T any](c *Chrome, script string) T {
	c.t.Helper()
	value, err := chromedp.Run(c.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		c.t.Fatalf("%s: %v", script, err)
	}
	return value
}

// H1 is the head of the page.
func (c *Chrome) H1() string {
	c.t.Helper()
	return Eval[string](c, `document.querySelector('h1')?.innerText ?? ''`)
}

// Path is where the browser is.
func (c *Chrome) Path() string {
	c.t.Helper()
	return Eval[string](c, `location.pathname`)
}

// Sideways is by how many pixels the page is wider than the window.
func (c *Chrome) Sideways() int {
	c.t.Helper()
	return Eval[int](c, `document.documentElement.scrollWidth - document.documentElement.clientWidth`)
}

// Violations is what axe-core finds wrong with the page for people who use it otherwise; `make assets` fetches axe.
func (c *Chrome) Violations() []string {
	c.t.Helper()
	return c.found(`['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']`)
}

// Pale is what axe-core finds wrong with the colours of the page: all that a page which was looked at can have wrong in others.
func (c *Chrome) Pale() []string {
	c.t.Helper()
	return c.found(`{type: 'rule', values: ['color-contrast', 'link-in-text-block']}`)
}

func (c *Chrome) found(rules string) (violations []string) {
	c.t.Helper()
	source, err := axe()
	if err != nil {
		c.t.Fatal("axe-core is missing: make assets")
	}
	if Eval[bool](c, `(scrollTo(0, 0), !window.axe)`) { // where the page begins, nothing lies under the bar
		Eval[bool](c, source+"; true")
	}
	text := Eval[string](c, `axe.run(document, {resultTypes: ['violations'], runOnly: `+rules+`}).then(r => JSON.stringify(
		r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? '')).join(' | '))))`)
	if err := json.Unmarshal([]byte(text), &violations); err != nil {
		c.t.Fatal(err)
	}
	return violations
}

// axe is the source of axe-core.
var axe = sync.OnceValues(func() (string, error) {
	folder, err := root()
	if err != nil {
		return "", err
	}
	source, err := os.ReadFile(filepath.Join(folder, "node_modules/axe-core/axe.min.js"))
	return string(source), err
})

// Picture keeps a picture of the whole page in the folder ENLACE_PICTURES names, for people to look at; without it nothing is kept.
func (c *Chrome) Picture(name string) {
	c.t.Helper()
	folder := os.Getenv("ENLACE_PICTURES")
	if folder == "" {
		return
	}
	Eval[bool](c, `(scrollTo(0, 0), true)`)
	png, err := chromedp.Run(c.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s.png", name)), png, 0o600); err != nil {
		c.t.Fatal(err)
	}
}

func (c *Chrome) do(steps ...chromedp.Action[chromedp.Void]) {
	c.t.Helper()
	if err := chromedp.Do(c.ctx, steps...); err != nil {
		c.t.Fatal(err)
	}
}

// root is the folder of go.mod.
func root() (string, error) {
	folder, err := os.Getwd()
	for err == nil && folder != "/" {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			return folder, nil
		}
		folder = filepath.Dir(folder)
	}
	return "", errors.Join(err, errors.New("no go.mod above"))
}
