package subscribers_test

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/contact"
	"enlace/ent/history"
	"enlace/ent/officepolicy"
	"enlace/ent/telegramattempt"
	"enlace/ent/telegramlink"
	"enlace/tenants/brazil"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/invites"
	"enlace/tenants/subscribers"
)

const mariasPhone, joaosPhone = "5591988880001", "5591988880002"

// paperOf is the token of the link that a customer's papers have now.
func paperOf(t *testing.T, d subscribers.Desk, o *demotest.Office, of *ent.Customer) (token string) {
	t.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		door, err := invites.Door(ctx, c, of)
		if err != nil {
			return err
		}
		link, err := invites.Mark(ctx, d.Vault, door)
		if len(link) > len(invites.Link("fibranorte_bot", "")) {
			token = link[len(invites.Link("fibranorte_bot", "")):]
		}
		return err
	})
	if len(token) == 0 || len(token) > 64 {
		t.Fatalf("the printed token is %q", token)
	}
	return token
}

func caller(chat int64) subscribers.Caller {
	return subscribers.Caller{Chat: chat, Person: "Zé\nda Silva"}
}

func ended(t *testing.T, what string, entry subscribers.Entry, err error, want subscribers.Refusal, in ...*ent.Customer) {
	t.Helper()
	var got []string
	for _, one := range entry.Customers {
		got = append(got, one.Name)
	}
	var wanted []string
	for _, one := range in {
		wanted = append(wanted, one.Name)
	}
	if err != nil || entry.Refused != want || !reflect.DeepEqual(got, wanted) {
		t.Errorf("%s: %q, in as %v, %v; want %q, in as %v", what, entry.Refused, got, err, want, wanted)
	}
}

func TestAPhoneLetsInTogetherWithASecondProof(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		o.Write(func(ctx context.Context, c *ent.Client) error { // João can be reached at Maria's too: one telephone, two customers
			return c.Contact.Create().SetCustomerID(o.Joao.ID).SetKind(contact.KindPhone).SetValue("+" + mariasPhone).SetPosition(9).Exec(ctx)
		})
		chat := int64(0)
		for _, one := range []struct {
			phone, proof string
			want         subscribers.Refusal
			in           []*ent.Customer
		}{
			{mariasPhone, "725", "", []*ent.Customer{o.Maria}},
			{mariasPhone, "735", "", []*ent.Customer{o.Joao}},
			{mariasPhone, "529.982.247-25", "", []*ent.Customer{o.Maria}},
			{mariasPhone, "14/03/1988", "", []*ent.Customer{o.Maria}},
			{mariasPhone, "14031988", "", []*ent.Customer{o.Maria}},
			{mariasPhone, "14.3.1988", "", []*ent.Customer{o.Maria}},
			{"+55 91 98888-0002", "735", "", []*ent.Customer{o.Joao}},
			{mariasPhone, "724", subscribers.NotProven, nil},
			{mariasPhone, "25", subscribers.NotProven, nil},
			{mariasPhone, "", subscribers.NotProven, nil},
			{mariasPhone, "01/01/0001", subscribers.NotProven, nil},
			{joaosPhone, "725", subscribers.NotProven, nil},
			{"5591900000000", "725", subscribers.NotProven, nil},
			{"", "725", subscribers.NotProven, nil},
			{"%", "725", subscribers.NotProven, nil},
		} {
			chat++
			entry, err := d.EnterByPhone(here(o), caller(chat), one.phone, one.proof)
			ended(t, one.phone+" with "+one.proof, entry, err, one.want, one.in...)
			if all, err := d.CustomersOf(here(o), chat); err != nil || len(all) != len(one.in) {
				t.Errorf("%s with %s: the chat sees %d, %v", one.phone, one.proof, len(all), err)
			}
		}
		entry, err := d.EnterByPhone(o.Stranger(), caller(1), mariasPhone, "725")
		ended(t, "at the other ISP", entry, err, subscribers.NotProven)
		links, err := d.LinksOf(o.As("suporte"), o.Joao.ID)
		if err != nil || len(links) != 2 || links[0].Way != telegramlink.WayPhone || links[0].Person != "Zé da Silva" {
			t.Errorf("João's links are %v, %v", links, err)
		}
		for _, card := range []subscribers.Card{{Phone: mariasPhone}, {Phone: joaosPhone}} {
			entry, err := d.Show(here(o), caller(70), card)
			ended(t, "a card of another's", entry, err, subscribers.NotOwn)
		}
	})
}

// A link on paper is used once, by one of many, and opens nothing without what is not on the paper.
func TestAPrintedLinkServesOnceWithASecondProof(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		token := paperOf(t, d, o, o.Maria)
		open := func(chat int64, token string, want subscribers.Refusal) {
			t.Helper()
			entry, err := d.Open(here(o), caller(chat), token)
			ended(t, "open "+token, entry, err, want)
		}
		open(1, token, "")
		open(2, token, "") // to look at it uses nothing up
		for proof, want := range map[string]subscribers.Refusal{"725": subscribers.NotProven, "02/09/1979": subscribers.NotProven} {
			entry, err := d.EnterByPaper(here(o), caller(3), token, proof)
			ended(t, "with "+proof, entry, err, want)
		}
		entry, err := d.ShowWithPaper(here(o), caller(3), token, subscribers.Card{Phone: mariasPhone})
		ended(t, "with a card passed on", entry, err, subscribers.NotOwn)
		entry, err = d.ShowWithPaper(here(o), caller(3), token, subscribers.Card{Phone: joaosPhone, Own: true})
		ended(t, "with João's telephone", entry, err, subscribers.NotProven)
		var won atomic.Int64
		var all sync.WaitGroup
		for chat := range int64(20) {
			all.Go(func() {
				entry, err := d.EnterByPaper(here(o), caller(1000+chat), token, "14/03/1988")
				if err != nil {
					t.Error(err)
				} else if len(entry.Customers) == 1 && entry.Customers[0].ID == o.Maria.ID {
					won.Add(1)
				}
			})
		}
		all.Wait()
		if links, err := d.LinksOf(o.As("suporte"), o.Maria.ID); won.Load() != 1 || err != nil || len(links) != 1 || links[0].Way != telegramlink.WayPrinted {
			t.Errorf("%d won, the links are %v, %v", won.Load(), links, err)
		}
		open(4, token, subscribers.DeadLink)

		next := paperOf(t, d, o, o.Maria)
		if next == token {
			t.Fatal("the next paper has the link that is over")
		}
		entry, err = d.ShowWithPaper(here(o), caller(5), next, subscribers.Card{Phone: mariasPhone, Own: true})
		ended(t, "with her own telephone", entry, err, "", o.Maria)

		third := paperOf(t, d, o, o.Maria)
		for ctx, want := range map[context.Context]string{o.As("suporte"): "denied", o.Stranger(): "not_found", o.As("comercial"): ""} {
			if err := d.Revoke(ctx, o.Maria.ID); demotest.Fault(err) != want {
				t.Errorf("revoked: %v, want %q", err, want)
			}
		}
		open(6, third, subscribers.DeadLink)
		forged := paperOf(t, d, o, o.Maria)
		joaos := paperOf(t, d, o, o.Joao)
		for i, dead := range []string{forged[:len(forged)-1] + "A", "c" + forged, forged + "A", joaos[:len("c0-0")] + forged[len("c0-0"):], ""} {
			open(100+int64(i), dead, subscribers.DeadLink)
		}
		entry, err = d.Open(o.Stranger(), caller(7), forged)
		ended(t, "at the other ISP", entry, err, subscribers.DeadLink)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, row := range c.TelegramInvite.Query().AllX(ctx) {
				if string(row.TokenHash) == token || string(row.TokenHash) == next || string(row.TokenHash) == third {
					t.Error("the database keeps a link that opens")
				}
			}
			return nil
		})
	})
}

func looking(o *demotest.Office) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.OfficePolicy.Update().SetBotCpfOnly(true).Exec(ctx)
	})
}

func TestALookByCPFTellsNobodyWhetherItIsACustomers(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		look := func(chat int64, cpf string, want subscribers.Refusal) subscribers.Look {
			t.Helper()
			seen, err := d.LookByCPF(here(o), chat, cpf)
			if err != nil || seen.Refused != want || (seen.Name == "") != (want != "") || (len(seen.Open) == 0) != (want != "") {
				t.Errorf("%s: %q, %q, %d invoices, %v", cpf, seen.Refused, seen.Name, len(seen.Open), err)
			}
			return seen
		}
		look(1, "111.444.777-35", subscribers.Shut) // it is off
		looking(o)
		if seen := look(1, "111.444.777-35", ""); seen.Name != "J••• S••••" || len(seen.Open) != 10 {
			t.Errorf("of João he sees %+v", seen)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Invoice.Update().SetCancelledAt(o.DB.Now()).Exec(ctx)
		})
		look(2, "529.982.247-25", subscribers.Nothing) // hers, of whom nothing is to be paid
		look(2, "390.533.447-05", subscribers.Nothing) // nobody's
		look(2, "390.533.447-06", subscribers.NoCPF)
		look(2, "abc", subscribers.NoCPF)
		for range 3 {
			look(2, "390.533.447-05", subscribers.Nothing)
		}
		look(2, "390.533.447-05", subscribers.Shut)
		if all, err := d.CustomersOf(here(o), 1); err != nil || len(all) != 0 {
			t.Errorf("a look lets in: %v, %v", all, err)
		}
		o.Pass(24 * time.Hour)
		look(2, "390.533.447-05", subscribers.Nothing)
	})
}

// Somebody tries 10,000 CPFs from 50 chats, and the two customers' among the last.
func TestTenThousandCPFsTellNothing(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		looking(o)
		const chats, each = 50, 200
		for chat := range chats { // a chat's in one transaction, to be quick
			o.Write(func(ctx context.Context, _ *ent.Client) error {
				for i := chat * each; i < (chat+1)*each; i++ {
					cpf := cpfOf(i)
					switch i {
					case chats*each - 1:
						cpf = o.Maria.Document
					case chats*each - 2:
						cpf = o.Joao.Document
					}
					seen, err := d.LookByCPF(ctx, int64(1000+chat), cpf)
					if err != nil {
						return err
					}
					if len(seen.Open) > 0 || seen.Name != "" || seen.Refused != subscribers.Nothing && seen.Refused != subscribers.Shut {
						t.Fatalf("the CPF number %d tells %+v", i, seen)
					}
				}
				return nil
			})
		}
		if _, err := d.Attempts(o.As("comercial")); demotest.Fault(err) != "denied" {
			t.Errorf("the comercial sees the attempts: %v", err)
		}
		days, err := d.Attempts(o.As("gerente"))
		if err != nil || len(days) != 1 || days[0].Day != o.Here.Today(o.DB.Now()) || days[0].Times[telegramattempt.KindCpf] != 200 ||
			days[0].Times[telegramattempt.KindShut] != chats*each-200 || days[0].Shut != chats {
			t.Errorf("the gerente sees %+v, %v", days, err)
		}
		if others, err := d.Attempts(o.Stranger()); err != nil || len(others) != 0 {
			t.Errorf("the other ISP sees %+v, %v", others, err)
		}
		o.Pass(31 * 24 * time.Hour)
		if err := d.Sweep(here(o)); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.TelegramAttempt.Query().CountX(ctx); n != 0 {
				t.Errorf("%d attempts are remembered for ever", n)
			}
			if !c.OfficePolicy.Query().Where(officepolicy.BotCpfOnly(true)).ExistX(ctx) {
				t.Error("the switch is off")
			}
			return nil
		})
	})
}

// cpfOf is a valid CPF that the demonstration has not.
func cpfOf(i int) string {
	base := fmt.Sprintf("8%08d", i)
	for pair := range 100 {
		if cpf, ok := brazil.CPF(fmt.Sprintf("%s%02d", base, pair)); ok {
			return cpf
		}
	}
	return base
}

// A chat that was refused five times hears the same of everything until the next day, but for a link that staff show.
func TestAfterFiveRefusalsTheDoorIsShutForTheDay(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		paper := paperOf(t, d, o, o.Maria)
		try := func(what string, want subscribers.Refusal) {
			t.Helper()
			for name, do := range map[string]func() (subscribers.Entry, error){
				"a card": func() (subscribers.Entry, error) {
					return d.Show(here(o), caller(1), subscribers.Card{Phone: mariasPhone, Own: true})
				},
				"a printed link": func() (subscribers.Entry, error) { return d.Open(here(o), caller(1), paper) },
			} {
				entry, err := do()
				ended(t, what+", "+name, entry, err, want)
			}
		}
		for range 4 {
			if _, err := d.EnterByPhone(here(o), caller(1), mariasPhone, "000"); err != nil {
				t.Fatal(err)
			}
		}
		try("after four", "")
		entry, err := d.Open(here(o), caller(1), "guessed")
		ended(t, "a guess", entry, err, subscribers.DeadLink)
		try("after five", subscribers.Shut)
		entry, err = d.EnterByPhone(here(o), caller(1), mariasPhone, "725")
		ended(t, "the right proof", entry, err, subscribers.Shut)
		entry, err = d.EnterByPaper(here(o), caller(1), paper, "14/03/1988")
		ended(t, "the right day", entry, err, subscribers.Shut)
		entry, err = d.EnterByPhone(here(o), caller(2), mariasPhone, "725")
		ended(t, "another chat", entry, err, "", o.Maria)
		entry, err = d.Open(here(o), caller(1), inviteOf(t, d, o.As("comercial"), o.Joao))
		ended(t, "a shown link", entry, err, "", o.Joao)
		o.Pass(24 * time.Hour)
		try("the next day", "")
	})
}

// Whoever is let in is so with the link used up and told in the history, or not at all; what is refused is counted once or not at all.
func TestAnEntryIsWholeOrNotAtAll(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		looking(o)
		paper, clerk := paperOf(t, d, o, o.Maria), o.As("comercial")
		for name, do := range map[string]func() error{
			"by paper":   func() error { _, err := d.EnterByPaper(here(o), caller(1), paper, "14/03/1988"); return err },
			"by phone":   func() error { _, err := d.EnterByPhone(here(o), caller(2), joaosPhone, "735"); return err },
			"refused":    func() error { _, err := d.EnterByPhone(here(o), caller(3), joaosPhone, "734"); return err },
			"a look":     func() error { _, err := d.LookByCPF(here(o), 4, o.Joao.Document); return err },
			"taken back": func() error { return d.Revoke(clerk, o.Joao.ID) },
		} {
			t.Log(name)
			o.AllOrNothing(t, 2, do)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			links, over := c.TelegramLink.Query().CountX(ctx), c.TelegramInvite.Query().CountX(ctx)
			told := c.History.Query().Where(history.EventIn("telegram_linked_by_paper", "telegram_linked_by_phone", "telegram_paper_revoked")).CountX(ctx)
			var tried []int
			for _, row := range c.TelegramAttempt.Query().AllX(ctx) {
				tried = append(tried, row.Times)
			}
			if links != 2 || over != 2 || told != 3 || !reflect.DeepEqual(tried, []int{1, 1}) {
				t.Errorf("%d links, %d printed links over, %d in the history, tried %v", links, over, told, tried)
			}
			return nil
		})
	})
}
