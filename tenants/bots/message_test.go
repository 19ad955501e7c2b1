package bots_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/ent/suspension"
	"enlace/ent/telegramlink"
	"enlace/ent/telegrammessage"
	"enlace/tenants/bots"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/messages"
)

// mouth is a door that keeps what went through it.
type mouth struct {
	mu   sync.Mutex
	said []bots.Unasked
	fail error
}

func (m *mouth) Say(_ context.Context, u bots.Unasked) error {
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
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		door := &mouth{}
		d.Door = door
		link(t, o, 101)
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
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		door := &mouth{}
		d.Door = door
		link(t, o, 101)
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

// What was paid, or called off, while its reminder waited is not called to mind; what waited beside it is said all the same, wherever the worker is killed.
func TestNobodyIsRemindedOfWhatIsPaid(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		door := &mouth{}
		d.Door = door
		link(t, o, 101)
		var bill *ent.Invoice
		o.Read(func(ctx context.Context, c *ent.Client) error {
			bill = c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).FirstX(ctx)
			return nil
		})
		point, through := 0, false
		for ; !through; point++ {
			door.said = nil
			var head, beside uuid.UUID
			o.Write(func(ctx context.Context, c *ent.Client) error {
				c.Invoice.UpdateOneID(bill.ID).ClearPaidAt().ExecX(ctx)
				_, err := messages.Tell(ctx, c, o.DB.Now(), messages.Message{Customer: o.Maria.ID, Kind: messages.DueSoon, About: "invoice", AboutID: bill.ID, Text: "vence", Buttons: messages.ToPay(bill.ID, true, true)})
				return err
			})
			_, waiting := tell(o, messages.Down, "falha")
			for _, row := range waiting {
				if row.Kind == string(messages.DueSoon) {
					head = row.ID
				} else {
					beside = row.ID
				}
			}
			o.Pass(time.Hour)
			o.Write(func(ctx context.Context, c *ent.Client) error {
				return c.Invoice.UpdateOneID(bill.ID).SetPaidAt(o.DB.Now()).Exec(ctx)
			})
			left := point
			o.Break(func() error {
				if left--; left < 0 {
					return errors.New("killed")
				}
				return nil
			})
			through = d.Say(here(o), head) == nil
			o.Break(nil)
			for _, id := range []uuid.UUID{head, beside} {
				o.Pass(time.Second)
				must(t, d.Say(here(o), id))
			}
			if len(door.said) == 0 || len(door.said) > 2 || door.said[0].Text != "falha" || len(door.said[0].Buttons) > 0 {
				t.Fatalf("killed at statement %d: %+v", point, door.said)
			}
		}
		if n := stateOf(o, telegrammessage.StatusWithdrawn); n != point || stateOf(o, telegrammessage.StatusWaiting) != 0 {
			t.Errorf("%d of %d are withdrawn", n, point)
		}
	})
}

// A service that is back is told of no more as suspended; one that is not is.
func TestASuspensionIsToldWhileItLasts(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		said := &ent.TelegramMessage{ID: uuid.New(), Kind: string(messages.Suspended), AboutID: o.Service(o.Joao).ID}
		for _, over := range []bool{false, true} {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				past, err := messages.Past(ctx, c, []*ent.TelegramMessage{said, {ID: uuid.New(), Kind: string(messages.Restored)}})
				if err != nil || past[said.ID] != over || len(past) != map[bool]int{true: 1}[over] {
					t.Errorf("%v, %v", past, err)
				}
				return c.Suspension.Update().Where(suspension.SubscriptionID(said.AboutID)).SetEndedAt(o.DB.Now()).Exec(ctx)
			})
		}
	})
}

// A visit that is booked anew in the night is told of once, as it is now; an invoice of which a part is contested is called to mind no more; and what a chat
// has read meanwhile is not told there, nor anything else held back. A notice of debt that nobody was told is given anew.
func TestWhatIsNoMoreIsNotTold(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		door := &mouth{}
		d.Door = door
		link(t, o, 101)
		o.Pass(14 * time.Hour) // 23:00
		visit, read, debt := uuid.New(), uuid.New(), uuid.New()
		var bill *ent.Invoice
		o.Write(func(ctx context.Context, c *ent.Client) error {
			bill = c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).FirstX(ctx)
			bill.Update().SetNoticedOn(o.DB.Today(ctx)).ExecX(ctx)
			c.Notice.Create().SetID(debt).SetCustomerID(o.Maria.ID).SetInvoiceID(bill.ID).SetChannel(notice.ChannelTelegram).SetDestination("chat").SetBody("débito").SetDay(o.DB.Today(ctx)).SetAt(o.DB.Now()).ExecX(ctx)
			for i, m := range []messages.Message{{Kind: messages.VisitBooked, AboutID: visit, Text: "às 9"}, {Kind: messages.DueSoon, AboutID: bill.ID, Text: "vence"},
				{Kind: messages.Answered, AboutID: read, Text: "lida"}, {Kind: messages.VisitBooked, AboutID: visit, Text: "às 10"}, {Kind: messages.VisitBooked, AboutID: uuid.New(), Text: "outra"},
				{Kind: messages.Answered, AboutID: read, Text: "depois"}, {Kind: messages.Overdue, AboutID: debt, Text: "débito"}} {
				m.Customer, m.About = o.Maria.ID, "x"
				if _, err := messages.Tell(ctx, c, o.DB.Now().Add(time.Duration(i)*time.Second), m); err != nil {
					return err
				}
			}
			c.Charge.Update().Where(charge.InvoiceID(bill.ID)).SetContestedAt(o.DB.Now()).ExecX(ctx)
			c.TelegramMessage.Update().Where(telegrammessage.Text("depois")).SetChatID(102).ExecX(ctx) // another's chat
			return messages.Read(ctx, c, 101, messages.Answered, read, o.DB.Now())
		})
		o.Pass(9 * time.Hour)
		_, waiting := tell(o, messages.Down, "falha")
		for _, row := range waiting {
			if o.Pass(time.Second); row.ChatID == 101 {
				must(t, d.Say(here(o), row.ID))
			}
		}
		said := ""
		for _, u := range door.said {
			said += u.Text
		}
		for text, want := range map[string]int{"às 9": 0, "vence": 0, "lida": 0, "débito": 0, "às 10": 1, "outra": 1, "falha": 1} {
			if strings.Count(said, text) != want {
				t.Errorf("%q: %s", text, said)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if told := c.Invoice.GetX(ctx, bill.ID).NoticedOn; !told.IsZero() {
				t.Errorf("nobody was told of the debt, and it counts as told on %s", told)
			}
			return nil
		})
		if n := stateOf(o, telegrammessage.StatusWithdrawn); n != 4 || stateOf(o, telegrammessage.StatusWaiting) != 1 {
			t.Errorf("%d are withdrawn", n)
		}
	})
}

// A notice of debt that no chat took is none, and is given anew; one that another chat of the customer hears stands.
func TestANoticeThatNoChatTookIsGivenAnew(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		door := &mouth{}
		d.Door = door
		link(t, o, 101)
		link(t, o, 102)
		for _, heard := range []bool{false, true} {
			debt := uuid.New()
			var bill *ent.Invoice
			var said []*ent.TelegramMessage
			o.Write(func(ctx context.Context, c *ent.Client) error {
				bill = c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).FirstX(ctx)
				bill.Update().SetNoticedOn(o.DB.Today(ctx)).ExecX(ctx)
				c.Notice.Create().SetID(debt).SetCustomerID(o.Maria.ID).SetInvoiceID(bill.ID).SetChannel(notice.ChannelTelegram).SetDestination("chat").SetBody("débito").SetDay(o.DB.Today(ctx)).SetAt(o.DB.Now()).ExecX(ctx)
				_, err := messages.Tell(ctx, c, o.DB.Now(), messages.Message{Customer: o.Maria.ID, Kind: messages.Overdue, About: "notice", AboutID: debt, Text: "débito"})
				said = c.TelegramMessage.Query().Where(telegrammessage.AboutID(debt)).AllX(ctx)
				return err
			})
			if len(said) != 2 {
				t.Fatalf("%d chats are told", len(said))
			}
			o.Pass(time.Hour)
			for i, row := range said {
				if door.fail = nil; i == 0 || !heard {
					door.fail = &bots.Refused{Why: bots.TelegramNo}
				}
				o.Pass(time.Second)
				must(t, d.Say(here(o), row.ID))
			}
			o.Read(func(ctx context.Context, c *ent.Client) error {
				if told := c.Invoice.GetX(ctx, bill.ID).NoticedOn; told.IsZero() == heard {
					t.Errorf("heard: %v, and it counts as told on %q", heard, told)
				}
				return nil
			})
		}
	})
}

// Several messages that are said as one have the buttons of each, one way to all invoices for those of several, and none to what the ISP does not offer.
func TestTheButtonsOfSeveralMessages(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		door := &mouth{}
		d.Door = door
		link(t, o, 101)
		face, err := d.Face(here(o))
		must(t, err)
		say := func(buttons ...[][]messages.Button) string {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				for _, under := range buttons {
					if _, err := messages.Tell(ctx, c, o.DB.Now(), messages.Message{Customer: o.Maria.ID, Kind: messages.Down, AboutID: uuid.New(), Text: "uma", Buttons: under}); err != nil {
						return err
					}
				}
				return nil
			})
			_, waiting := tell(o, messages.Down, "outra")
			o.Pass(2 * time.Second)
			must(t, d.Say(here(o), waiting[0].ID))
			var lines []string
			for _, line := range door.said[len(door.said)-1].Buttons {
				var labels []string
				for _, b := range line {
					labels = append(labels, b.Label)
				}
				lines = append(lines, strings.Join(labels, " "))
			}
			return strings.Join(lines, "|")
		}
		first, second := messages.ToPay(uuid.New(), true, true), messages.ToPay(uuid.New(), true, false)
		if got := say(first); got != "Pagar com Pix Boleto em PDF|Entender o valor Ver faturas" {
			t.Errorf("of one invoice: %s", got)
		}
		if got := say(first, second, messages.Under(messages.Support)); got != "Ver faturas|Suporte" {
			t.Errorf("of two: %s", got)
		}
		face.Off = []bots.Feature{bots.Support}
		must(t, d.SetFace(o.As("gerente"), face))
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().SetTrustSubscriber(false).Exec(ctx) // the other switch
		})
		if got := say(messages.Under(messages.Menu, messages.Support), messages.Under(messages.Unblock)); got != "Menu" {
			t.Errorf("of what is not offered: %s", got)
		}
	})
}

// A family's chat sees several customers: it is one chat, however many links it has. Whoever came by a card of his own has a way in too.
func TestChatsAreCountedOnce(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		link(t, o, 101)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TelegramLink.Create().SetChatID(101).SetCustomerID(o.Joao.ID).SetWay(telegramlink.WayPhone).SetLinkedAt(o.DB.Now()).Exec(ctx)
		})
		p, err := d.Panel(o.As("gerente"))
		if err != nil || p.Chats != 1 || p.Links != 2 || p.ByLink != 1 || p.ByCard != 1 || p.ByPaper != 0 || p.Invited != 2 || p.Linked != 2 {
			t.Errorf("%+v, %v", p, err)
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
	withBot(t, func(t *testing.T, o *demotest.Office, d bots.Desk) {
		door := &mouth{fail: &bots.Refused{Why: bots.ChatClosed}}
		d.Door = door
		link(t, o, 101)
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
		if err != nil || panel.FailedMany != 2 || len(panel.Failed) != 2 || panel.Failed[0].Error != bots.ChatClosed || bots.Reached(panel.Failed[0]) != o.Maria.Name {
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
