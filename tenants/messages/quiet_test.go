package messages_test

import (
	"testing"
	"time"

	"enlace/tenants/messages"
)

func TestTheQuietHours(t *testing.T) {
	zone, err := time.LoadLocation("America/Belem")
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time {
		when, err := time.ParseInLocation("02/01 15:04", text, zone)
		if err != nil {
			t.Fatal(err)
		}
		return when.AddDate(2026, 0, 0)
	}
	night, noon, never := messages.Default, messages.Quiet{From: 12, Until: 14}, messages.Quiet{From: 9, Until: 9}
	for _, one := range []struct {
		quiet               messages.Quiet
		is, after, beforeIt string
	}{
		{night, "23/11 20:59", "23/11 20:59", "23/11 20:59"},
		{night, "23/11 21:00", "24/11 08:00", "23/11 20:45"},
		{night, "30/11 23:59", "01/12 08:00", "30/11 20:45"},
		{night, "24/11 03:00", "24/11 08:00", "23/11 20:45"},
		{night, "24/11 08:00", "24/11 08:00", "24/11 08:00"},
		{noon, "24/11 11:59", "24/11 11:59", "24/11 11:59"},
		{noon, "24/11 13:30", "24/11 14:00", "24/11 11:45"},
		{never, "24/11 09:30", "24/11 09:30", "24/11 09:30"},
	} {
		if got := one.quiet.After(at(one.is), zone); !got.Equal(at(one.after)) {
			t.Errorf("%v after %s: %v", one.quiet, one.is, got)
		}
		if got := one.quiet.Before(at(one.is), zone); !got.Equal(at(one.beforeIt)) {
			t.Errorf("%v before %s: %v", one.quiet, one.is, got)
		}
	}
}

func TestWhatTheLawWantsToldCannotBeSilenced(t *testing.T) {
	seen := map[messages.Kind]bool{}
	for _, m := range messages.Manners {
		if seen[m.Kind] {
			t.Errorf("%s is listed twice", m.Kind)
		}
		seen[m.Kind] = true
		if m.Urgent && m.Hourly {
			t.Errorf("%s is urgent, and waits for the full hour", m.Kind)
		}
	}
	for _, must := range []messages.Kind{messages.Overdue, messages.Suspended, messages.Answered, messages.Decided, "unknown"} {
		if messages.MayBeSilenced(must) {
			t.Errorf("%s may be silenced", must)
		}
	}
	for _, may := range []messages.Kind{messages.Issued, messages.DueSoon, messages.Down} {
		if !messages.MayBeSilenced(may) {
			t.Errorf("%s may not be silenced", may)
		}
	}
}
