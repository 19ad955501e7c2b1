package handlerstest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Effort is what a task costs the person who does it.
type Effort struct {
	Clicks int `json:"clicks"` // links, buttons and switches, pressed by whatever means
	Keys   int `json:"keys"`   // strokes, Tab among them
	Pages  int `json:"pages"`  // of forms sent, up to the one that does it
}

// Worker does a task by keyboard alone, with the controls that are on the page, and counts.
type Worker struct {
	*Chrome
	Effort Effort
}

// Worker begins a task where the browser is.
func (c *Chrome) Worker() *Worker { return &Worker{Chrome: c} }

// Go follows a link of the page.
func (w *Worker) Go(link string) *Worker {
	w.t.Helper()
	w.reach(link)
	w.Enter()
	w.Effort.Clicks++
	w.Effort.Keys++
	return w
}

// Send presses a button that sends the form.
func (w *Worker) Send(button string) *Worker {
	w.t.Helper()
	w.Go(button)
	w.Effort.Pages++
	return w
}

// Fill types into a field, over what it holds.
func (w *Worker) Fill(label, text string) *Worker {
	w.t.Helper()
	w.reach(label)
	Eval[bool](w.Chrome, `(document.activeElement.select?.(), true)`)
	w.Type(text)
	w.Effort.Keys += len([]rune(text))
	return w
}

// Flip turns a switch on or off.
func (w *Worker) Flip(label string) *Worker {
	w.t.Helper()
	w.reach(label)
	w.Type(" ")
	w.Effort.Clicks++
	w.Effort.Keys++
	return w
}

// Choose goes down a group of radios from the answer that is chosen to another one.
func (w *Worker) Choose(from, to string) *Worker {
	w.t.Helper()
	w.reach(from)
	for range mostTabs {
		if focused, _, _ := strings.Cut(w.Focused(), "\n"); focused == to {
			w.Effort.Clicks++
			return w
		}
		w.Type(kb.ArrowDown)
		w.Effort.Keys++
	}
	w.t.Fatalf("no arrow comes from %q to %q", from, to)
	return w
}

// Jump follows a link to another place of the same page.
func (w *Worker) Jump(link string) *Worker {
	w.t.Helper()
	w.reach(link)
	w.Type(kb.Enter)
	w.Effort.Clicks++
	w.Effort.Keys++
	return w
}

// mostTabs is more than any page has to be passed.
const mostTabs = 90

// reach presses Tab until the focus is on what is called so. What stands beside a label, that it is optional, what it is for or comes to, is not its name.
func (w *Worker) reach(name string) {
	w.t.Helper()
	var passed []string
	for range mostTabs {
		w.settle()
		focused, _, _ := strings.Cut(w.Focused(), "\n")
		if strings.TrimSuffix(focused, " (opcional)") == name ||
			strings.HasPrefix(focused, name+": ") && Eval[bool](w.Chrome, `document.activeElement.tagName === 'BUTTON'`) {
			return
		}
		passed = append(passed, focused)
		w.do(chromedp.KeyEvent(kb.Tab))
		w.Effort.Keys++
	}
	w.t.Fatalf("Tab never comes to %q: %q", name, passed)
}

// KeepEffort compares what a task cost with its bar and with what testdata/effort.json says it cost before: growth fails the test. With
// ENLACE_EFFORT set the file is written anew, when a task has become shorter, or longer for a reason.
func KeepEffort(t *testing.T, task string, got Effort, mostClicks, mostPages int) {
	t.Helper()
	if got.Clicks > mostClicks || got.Pages > mostPages {
		t.Errorf("%s takes %+v, at most %d clicks and %d pages are allowed", task, got, mostClicks, mostPages)
	}
	name, kept := filepath.Join("testdata", "effort.json"), map[string]Effort{}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &kept); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("ENLACE_EFFORT") != "" {
		kept[task] = got
		text, _ = json.MarshalIndent(kept, "", "  ") // figures only: it always can
		if err := os.WriteFile(name, append(text, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if was := kept[task]; got.Clicks > was.Clicks || got.Keys > was.Keys || got.Pages > was.Pages {
		t.Errorf("%s takes %+v, it took %+v", task, got, was)
	}
}
