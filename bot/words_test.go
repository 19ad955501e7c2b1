package bot

import (
	"html"
	"strings"
	"testing"
	"time"

	"enlace/tenants/status"
)

func TestEveryStateHasItsWords(t *testing.T) {
	for _, state := range status.States {
		if states[state] == "" {
			t.Errorf("%s has no words", state)
		}
	}
}

func TestEveryCommandOfTheMenuIsOne(t *testing.T) {
	for _, c := range menuOfCommands {
		if commands[c.Command] == nil || c.Description == "" {
			t.Errorf("/%s is none", c.Command)
		}
	}
	for _, line := range menuKeys {
		for _, k := range line {
			if presses[k.Code] == nil {
				t.Errorf("[%s] does nothing", k.Label)
			}
		}
	}
}

func TestHowThingsAreWritten(t *testing.T) {
	if got := moment(time.Date(2026, 11, 24, 15, 10, 0, 0, time.UTC)); got != "terça, 24/11, às 15:10" {
		t.Error(got)
	}
	for in, want := range map[string]string{"529.982.247-25": "529.•••.•••-25", "": "", "1": "1"} {
		if got := maskEnds(in, 3, 2); got != want {
			t.Errorf("%s: %s", in, got)
		}
	}
	if got := stranger("<b>Fibra & Norte"); strings.Contains(got, "<b>Fibra") || !strings.Contains(html.UnescapeString(got), "<b>Fibra & Norte") {
		t.Error(got)
	}
}
