package subscribers_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/telegramlink"
	"enlace/ent/telegrammessage"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/messages"
	"enlace/tenants/subscribers"
)

// mouth is a door that keeps what went through it.
type mouth struct {
	mu   sync.Mutex
	said []subscribers.Unasked
	fail error
}

func (m *mouth) Say(_ context.Context, u subscribers.Unasked) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	m.said = append(m.said, u)
	return nil
}

// tell tells Maria something, and returns the messages that are not yet said, by the instant they are due.
func tell(o *demotest.Office, kind messages.Kind, text string) (how messages.How, waiting []*ent.TelegramMessage) {
	o.Write(func(ctx context.Context, c *ent.Client) (err error) {
		how, err = messages.Tell(ctx, c, o.DB.Now(), messages.Message{Customer: o.Maria.ID, Kind: kind, About: "invoice", AboutID: uuid.New(), Text: text})
		waiting = c.TelegramMessage.Query().Where(telegrammessage.StatusEQ(telegrammessage.StatusWaiting)).Order(telegrammessage.ByDueAt(), telegrammessage.ByID()).AllX(ctx)
		return err
	})
	return how, waiting
}

func stateOf(o *demotest.Office, status telegrammessage.Status) (n int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.TelegramMessage.Query().Where(telegrammessage.StatusEQ(status)).CountX(ctx)
		return nil
	})
	return n
}

// What falls into the quiet hours waits for their end and is said then as one, however many workers come with the parts at once, and what is urgent is said
// by night.
func TestWhatWaitedInTheNightIsSaidOnceAndAsOne(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		door := &mouth{}
		d.Door = door
		if _, err := d.Accept(here(o), 101, inviteOf(t, d, o.As("comercial"), o.Maria)); err != nil {
			t.Fatal(err)
		}
		o.Pass(14 * time.Hour) // 23:00
		_, waiting := tell(o, messages.Restored, "urgente")
		if !waiting[0].DueAt.Equal(o.DB.Now()) {
			t.Fatalf("what is urgent waits until %v", waiting[0].DueAt)
		}
		if err := d.Say(here(o), waiting[0].ID); err != nil || len(door.said) != 1 {
			t.Fatal(err, door.said)
		}
		for _, text := range []string{"uma", "duas", strings.Repeat("longa ", 600), "três"} {
			_, waiting = tell(o, messages.Down, text)
		}
		for _, row := range waiting {
			if local := row.DueAt.In(o.Here.Zone); local.Format("02/01 15:04") != "24/11 08:00" {
				t.Fatalf("it is due on %v", local)
			}
		}
		o.Pass(9 * time.Hour)
		var all sync.WaitGroup
		for _, row := range waiting { // one worker at a time has a row
			all.Go(func() {
				if err := d.Say(here(o), row.ID); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, row := range waiting {
			must(t, d.Say(here(o), row.ID))
		}
		parts := 0
		for _, u := range door.said[1:] {
			parts += strings.Count(u.Text, "uma") + strings.Count(u.Text, "duas") + strings.Count(u.Text, "três") + min(1, strings.Count(u.Text, "longa"))
			if len([]rune(u.Text)) > 4096 {
				t.Errorf("%d letters at once", len([]rune(u.Text)))
			}
		}
		if first := door.said[1].Text; len(door.said) != 3 || parts != 4 || !strings.HasPrefix(first+door.said[2].Text, "3 avisos da Fibra Norte:") && !strings.HasPrefix(door.said[2].Text, "3 avisos da Fibra Norte:") {
			t.Errorf("%d times, %d parts: %v", len(door.said)-1, parts, door.said[1:])
		}
		if n := stateOf(o, telegrammessage.StatusSent); n != 5 {
			t.Errorf("%d are kept as told", n)
		}
	})
}

// A worker is killed at its first statement, at its second and so on: what it was to say is said by the next one, no part is lost, and none is in two
// messages. Only one that was said when it was killed is said again, word for word.
func TestAKilledWorkerLosesNoPart(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		door := &mouth{}
		d.Door = door
		if _, err := d.Accept(here(o), 101, inviteOf(t, d, o.As("comercial"), o.Maria)); err != nil {
			t.Fatal(err)
		}
		point, through := 0, false
		for ; !through; point++ {
			door.said = nil
			o.Pass(time.Second)
			var waiting []*ent.TelegramMessage
			for _, part := range []string{"primeira", "segunda", "terceira"} {
				_, waiting = tell(o, messages.VisitBooked, part)
			}
			left := point
			o.Break(func() error {
				if left--; left < 0 {
					return errors.New("killed")
				}
				return nil
			})
			through = d.Say(here(o), waiting[0].ID) == nil
			o.Break(nil)
			for _, row := range waiting {
				o.Pass(time.Second) // what a chat hears unasked keeps a pace
				if err := d.Say(here(o), row.ID); err != nil {
					t.Fatal(err)
				}
			}
			texts := map[string]bool{}
			for _, u := range door.said {
				texts[u.Text] = true
			}
			if len(texts) != 1 || len(door.said) > 2 || !strings.Contains(door.said[0].Text, "primeira"+between+"segunda"+between+"terceira") {
				t.Fatalf("killed at statement %d: %+v", point, door.said)
			}
		}
		if point < 10 || stateOf(o, telegrammessage.StatusWaiting) != 0 {
			t.Errorf("%d points", point)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// between stands between the parts of one message.
const between = "\n\n———\n\n"

// What Telegram refuses is kept with each part, and is said again when the gerente wants it.
func TestWhatReachedNobodyIsTriedAgain(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		door := &mouth{fail: &subscribers.Refused{Why: "bot was blocked by the user"}}
		d.Door = door
		if _, err := d.Accept(here(o), 101, inviteOf(t, d, o.As("comercial"), o.Maria)); err != nil {
			t.Fatal(err)
		}
		tell(o, messages.Issued, "uma")
		_, waiting := tell(o, messages.DueSoon, "duas")
		if local := waiting[0].DueAt.In(o.Here.Zone); local.Format("15:04") != "10:00" {
			t.Fatalf("by day it waits until %v", local)
		}
		o.Pass(time.Hour)
		if err := d.Say(here(o), waiting[0].ID); err != nil {
			t.Fatal(err)
		}
		panel, err := d.Panel(o.As("gerente"))
		if err != nil || panel.FailedMany != 2 || len(panel.Failed) != 2 || panel.Failed[0].Error != "bot was blocked by the user" || subscribers.Reached(panel.Failed[0]) != o.Maria.Name {
			t.Fatalf("%+v, %v", panel, err)
		}
		if panel.Invited != 1 || panel.Linked != 1 || panel.Chats != 1 || panel.Heard != 0 {
			t.Errorf("%+v", panel)
		}
		again := panel.Failed[0].ID
		for by, want := range map[string]string{"suporte": "denied", "comercial": "denied"} {
			if err := d.Retry(o.As(by), again); demotest.Fault(err) != want {
				t.Errorf("%s: %v", by, err)
			}
		}
		if err := d.Retry(o.Stranger(), again); demotest.Fault(err) != "not_found" {
			t.Errorf("another ISP: %v", err)
		}
		door.fail = nil
		gerente := o.As("gerente")
		o.AllOrNothing(t, 3, func() error { return d.Retry(gerente, again) })
		for range 2 {
			if err := errors.Join(d.Retry(o.As("gerente"), again), d.Say(here(o), again)); err != nil {
				t.Fatal(err)
			}
		}
		if len(door.said) != 1 || stateOf(o, telegrammessage.StatusFailed) != 1 || stateOf(o, telegrammessage.StatusSent) != 1 {
			t.Errorf("said %v", door.said)
		}
	})
}

// A chat does without what it does not want, but not without what it is owed.
func TestAChatDoesWithout(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		if err := d.Wish(here(o), 101, messages.Issued, false); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger's chat: %v", err)
		}
		if _, err := d.Accept(here(o), 101, inviteOf(t, d, o.As("comercial"), o.Maria)); err != nil {
			t.Fatal(err)
		}
		for _, must := range []messages.Kind{messages.Overdue, messages.Suspended, messages.Answered, "nothing"} {
			if err := d.Wish(here(o), 101, must, false); demotest.Fault(err) != "wish_must" {
				t.Errorf("%s: %v", must, err)
			}
		}
		silence := func() error { return d.Wish(here(o), 101, messages.Issued, false) }
		o.AllOrNothing(t, 4, silence)
		if err := silence(); err != nil {
			t.Fatal(err)
		}
		if how, waiting := tell(o, messages.Issued, "fatura"); how != messages.Silenced || len(waiting) != 0 {
			t.Errorf("%q, %v", how, waiting)
		}
		if how, waiting := tell(o, messages.Overdue, "débito"); how != messages.Telegram || len(waiting) != 1 {
			t.Errorf("%q, %v", how, waiting)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // a row that says so all the same
			return c.TelegramLink.Update().Where(telegramlink.ChatID(101)).SetSilenced([]string{"issued", "suspended"}).Exec(ctx)
		})
		if how, _ := tell(o, messages.Suspended, "suspenso"); how != messages.Telegram {
			t.Errorf("a suspension: %q", how)
		}
		if err := d.Wish(here(o), 101, messages.Issued, true); err != nil {
			t.Fatal(err)
		}
		if how, _ := tell(o, messages.Issued, "fatura"); how != messages.Telegram {
			t.Errorf("wanted again: %q", how)
		}
	})
}

func TestTheGerenteChoosesTheFaceOfTheBot(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		face, err := d.Face(here(o))
		if err != nil || face.Quiet != messages.Default || !face.Offers(subscribers.Unblock) || face.TalkHours != 12 {
			t.Fatalf("%+v, %v", face, err)
		}
		face.Greeting, face.Off, face.Quiet = "Aqui é a <Fibra>!", []subscribers.Feature{subscribers.Booklets}, messages.Quiet{From: 22, Until: 7}
		if err := d.SetFace(o.As("suporte"), face); demotest.Fault(err) != "denied" {
			t.Errorf("suporte: %v", err)
		}
		gerente := o.As("gerente")
		o.AllOrNothing(t, 3, func() error { return d.SetFace(gerente, face) })
		got, err := d.Face(here(o))
		if err != nil || got.Greeting != face.Greeting || got.Offers(subscribers.Booklets) || got.Quiet != face.Quiet {
			t.Errorf("%+v, %v", got, err)
		}
		if other, err := d.Face(o.Stranger()); err != nil || other.Greeting != "" {
			t.Errorf("the other ISP has %+v, %v", other, err)
		}
	})
}
