package subscribers_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/history"
	"enlace/ent/telegramlink"
	"enlace/ent/trustgrant"
	"enlace/tenants"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscribers"
	"enlace/tenants/subscriptions"
)

// withBot is an office whose ISP has a bot.
func withBot(t *testing.T, test func(t *testing.T, o *demotest.Office, d subscribers.Desk)) {
	t.Helper()
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d := subscribers.Desk{DB: o.DB, Vault: o.Vault}
		if err := d.SetBot(o.As("gerente"), "1:secret", "@fibranorte_bot"); err != nil {
			t.Fatal(err)
		}
		test(t, o, d)
	})
}

func inviteOf(t *testing.T, d subscribers.Desk, ctx context.Context, customer *ent.Customer) (token string) {
	t.Helper()
	link, err := d.Invite(ctx, customer.ID)
	if err != nil {
		t.Fatal(err)
	}
	token, ours := strings.CutPrefix(link.URL, "https://t.me/fibranorte_bot?start=")
	if !ours || len(token) != 43 || !link.Expires.Equal(d.DB.Now().Add(10*time.Minute)) {
		t.Fatalf("the link is %+v", link)
	}
	return token
}

func here(o *demotest.Office) context.Context { return tenants.With(context.Background(), o.Here) }

func TestTheBotIsTheGerentesToSet(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d := subscribers.Desk{DB: o.DB, Vault: o.Vault}
		if _, err := d.Invite(o.As("gerente"), o.Maria.ID); demotest.Fault(err) != "no_bot" {
			t.Errorf("a link without a bot: %v", err)
		}
		if _, err := d.Bot(here(o)); demotest.Fault(err) != "not_found" {
			t.Errorf("no bot: %v", err)
		}
		for _, c := range []struct{ role, token, username, want string }{
			{"comercial", "1:x1", "", "denied"},
			{"gerente", "", "", "token: bot_token"},
			{"gerente", "1:x/../getMe", "", "token: bot_token"},
			{"gerente", "1:x1", "bot/../x", "usuario: bot_username"},
			{"gerente", " 1:the-only-token ", "@fibranorte_bot", ""},
		} {
			if err := d.SetBot(o.As(c.role), c.token, c.username); demotest.Fault(err) != c.want {
				t.Errorf("%+v: %v", c, err)
			}
		}
		bot, err := d.Bot(here(o))
		if err != nil || *bot != (subscribers.Bot{Token: "1:the-only-token", Username: "fibranorte_bot"}) {
			t.Errorf("the bot is %+v, %v", bot, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.TelegramBot.Query().OnlyX(ctx); strings.Contains(row.Token, "the-only-token") {
				t.Error("the token lies open")
			}
			return nil
		})
		if _, err := d.Bot(o.Stranger()); demotest.Fault(err) != "not_found" {
			t.Errorf("the other ISP: %v", err)
		}
	})
}

func TestALinkLetsOneChatInOnce(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		for ctx, want := range map[context.Context]string{o.As("suporte"): "denied", o.Stranger(): "not_found", o.Subscriber(o.Maria): "denied"} {
			if _, err := d.Invite(ctx, o.Maria.ID); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		token := inviteOf(t, d, o.As("comercial"), o.Maria)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			row, sum := c.TelegramInvite.Query().OnlyX(ctx), sha256.Sum256([]byte(token))
			if !bytes.Equal(row.TokenHash, sum[:]) {
				t.Error("the database has something else than the token's hash")
			}
			return nil
		})
		if _, err := d.Accept(o.Stranger(), 7, token); demotest.Fault(err) != "not_found" {
			t.Errorf("at the other ISP: %v", err)
		}
		var won atomic.Int64
		var all sync.WaitGroup
		for chat := range int64(50) {
			all.Go(func() {
				customer, err := d.Accept(here(o), 1000+chat, token)
				switch {
				case err == nil && customer.ID == o.Maria.ID:
					won.Add(1)
				case demotest.Fault(err) != "not_found":
					t.Error(err)
				}
			})
		}
		all.Wait()
		o.Read(func(ctx context.Context, c *ent.Client) error {
			links := c.TelegramLink.Query().Where(telegramlink.EndedAtIsNil()).CountX(ctx)
			linked := c.History.Query().Where(history.Event("telegram_linked"), history.CustomerID(o.Maria.ID), history.ActorEQ(history.ActorSubscriber),
				history.ChannelEQ(history.ChannelTelegram)).CountX(ctx)
			invited := c.History.Query().Where(history.Event("telegram_invited"), history.CustomerID(o.Maria.ID)).CountX(ctx)
			if won.Load() != 1 || links != 1 || linked != 1 || invited != 1 {
				t.Errorf("%d won, %d links, %d and %d in the history", won.Load(), links, linked, invited)
			}
			return nil
		})
		printed := sha256.Sum256([]byte("printed")) // on paper, it is no proof by itself
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TelegramInvite.Create().SetTokenHash(printed[:]).SetCustomerID(o.Maria.ID).SetKind("printed").SetCreatedAt(o.DB.Now()).
				SetExpiresAt(o.DB.Now().Add(time.Hour)).Exec(ctx)
		})
		late := inviteOf(t, d, o.As("gerente"), o.Maria)
		o.Pass(10 * time.Minute)
		for _, dead := range []string{late, token, "printed", "", strings.Repeat("A", 43)} {
			if _, err := d.Accept(here(o), 7, dead); demotest.Fault(err) != "not_found" {
				t.Errorf("%q: %v", dead, err)
			}
		}
	})
}

func TestALinkEndsFromEitherSide(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		sees := func(chat int64, want int) {
			t.Helper()
			if all, err := d.CustomersOf(here(o), chat); err != nil || len(all) != want {
				t.Errorf("the chat %d sees %d customers, %v", chat, len(all), err)
			}
			if all, err := d.CustomersOf(o.Stranger(), chat); err != nil || len(all) != 0 {
				t.Errorf("at the other ISP the chat %d sees %d customers, %v", chat, len(all), err)
			}
		}
		for _, customer := range []*ent.Customer{o.Maria, o.Maria, o.Joao} { // the second time changes nothing
			if _, err := d.Accept(here(o), 7, inviteOf(t, d, o.As("gerente"), customer)); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Await(here(o), 7, subscribers.Dialog{Step: "x"}); err != nil {
			t.Fatal(err)
		}
		sees(7, 2)
		sees(8, 0)
		if _, err := d.LinksOf(o.As("tecnico"), o.Maria.ID); demotest.Fault(err) != "denied" {
			t.Errorf("a technician: %v", err)
		}
		links, err := d.LinksOf(o.As("suporte"), o.Maria.ID)
		if err != nil || len(links) != 1 {
			t.Fatal(links, err)
		}
		for ctx, want := range map[context.Context]string{o.As("suporte"): "denied", o.Stranger(): "not_found"} {
			if err := d.Unlink(ctx, o.Maria.ID, links[0].ID); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if err := d.Unlink(o.As("comercial"), o.Joao.ID, links[0].ID); demotest.Fault(err) != "not_found" {
			t.Errorf("Maria's link is João's: %v", err)
		}
		for _, want := range []string{"", "not_found"} {
			if err := d.Unlink(o.As("comercial"), o.Maria.ID, links[0].ID); demotest.Fault(err) != want {
				t.Errorf("unlink: %v, want %q", err, want)
			}
		}
		sees(7, 1)
		if ask, err := d.Asked(here(o), 7); err != nil || ask != nil {
			t.Errorf("the chat is still asked %v, %v", ask, err)
		}
		if err := d.Leave(here(o), 7); err != nil {
			t.Fatal(err)
		}
		sees(7, 0)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.History.Query().Where(history.Event("telegram_unlinked")).CountX(ctx); n != 2 {
				t.Errorf("%d in the history", n)
			}
			return nil
		})
		if _, err := d.Accept(here(o), 7, inviteOf(t, d, o.As("gerente"), o.Maria)); err != nil {
			t.Errorf("in again: %v", err)
		}
		sees(7, 1)
	})
}

func TestWhatWasAskedIsForgotten(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		for _, step := range []string{"one", "two"} {
			if err := d.Await(here(o), 7, subscribers.Dialog{Step: step, Data: map[string]string{"k": step}}); err != nil {
				t.Fatal(err)
			}
		}
		o.Pass(15*time.Minute - time.Second)
		if ask, err := d.Asked(here(o), 7); err != nil || ask == nil || ask.Step != "two" || ask.Data["k"] != "two" {
			t.Errorf("asked %+v, %v", ask, err)
		}
		if ask, err := d.Asked(o.Stranger(), 7); err != nil || ask != nil {
			t.Errorf("the other ISP: %v, %v", ask, err)
		}
		o.Pass(time.Second)
		if ask, err := d.Asked(here(o), 7); err != nil || ask != nil {
			t.Errorf("after fifteen minutes: %v, %v", ask, err)
		}
	})
}

func TestOneProcessHoldsTheBot(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		if err := d.Hold(o.Stranger(), "a"); !errors.Is(err, subscribers.ErrLost) {
			t.Errorf("an ISP without a bot: %v", err)
		}
		var held atomic.Int64
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				switch err := d.Hold(here(o), string(rune('A'+i))); {
				case err == nil:
					held.Add(1)
				case !errors.Is(err, subscribers.ErrLost):
					t.Error(err)
				}
			})
		}
		all.Wait()
		if held.Load() != 1 {
			t.Errorf("%d hold it", held.Load())
		}
		o.Pass(subscribers.Lease)
		for _, holder := range []string{"a", "a"} {
			if err := d.Hold(here(o), holder); err != nil {
				t.Errorf("a: %v", err)
			}
		}
		if err := d.Release(here(o), "b"); err != nil {
			t.Fatal(err)
		}
		if err := d.Hold(here(o), "b"); !errors.Is(err, subscribers.ErrLost) {
			t.Errorf("b: %v", err)
		}
		if err := d.Release(here(o), "a"); err != nil {
			t.Fatal(err)
		}
		if err := d.Hold(here(o), "b"); err != nil {
			t.Errorf("b, after a let go: %v", err)
		}
	})
}

func TestAnUpdateIsHandledOnce(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		answer := func(text string) func(context.Context) (json.RawMessage, error) {
			return func(context.Context) (json.RawMessage, error) { return json.RawMessage(text), nil }
		}
		if _, err := d.Once(here(o), "a", 1, 7, answer(`[1]`)); !errors.Is(err, subscribers.ErrLost) {
			t.Errorf("without the lease: %v", err)
		}
		if err := d.Hold(here(o), "a"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Once(here(o), "a", 1, 7, func(context.Context) (json.RawMessage, error) { return nil, errors.New("broken") }); err == nil {
			t.Error("an error is dropped")
		}
		var says atomic.Int64
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				say, err := d.Once(here(o), "a", 1, 7, answer(`["one", "two"]`))
				if err != nil {
					t.Error(err)
				}
				if say != nil {
					says.Add(1)
				}
			})
		}
		all.Wait()
		if say, err := d.Once(here(o), "a", 2, 0, func(context.Context) (json.RawMessage, error) { return nil, nil }); say != nil || err != nil {
			t.Errorf("an update nobody answers: %v, %v", say, err)
		}
		left, err := d.Unsaid(here(o))
		if err != nil || says.Load() != 1 || len(left) != 1 || left[0].Chat != 7 {
			t.Fatalf("%d say it, %d are left, %v", says.Load(), len(left), err)
		}
		var texts []string
		if err := json.Unmarshal(left[0].Answer, &texts); err != nil || len(texts) != 2 {
			t.Errorf("the answer is %s", left[0].Answer)
		}
		if bot, err := d.Bot(here(o)); err != nil || bot.Offset != 2 {
			t.Errorf("the place is %+v, %v", bot, err)
		}
		if others, err := d.Unsaid(o.Stranger()); err != nil || len(others) != 0 {
			t.Errorf("the other ISP: %v, %v", others, err)
		}
		id := left[0].ID
		if err := d.Said(here(o), id, json.RawMessage(`["two"]`)); err != nil {
			t.Fatal(err)
		}
		if left, err = d.Unsaid(here(o)); err != nil || len(left) != 1 {
			t.Errorf("half of it is said, and %d are left, %v", len(left), err)
		}
		if err := d.Said(here(o), id, nil); err != nil {
			t.Fatal(err)
		}
		if left, err = d.Unsaid(here(o)); err != nil || len(left) != 0 {
			t.Errorf("all is said, and %d are left, %v", len(left), err)
		}
		o.Pass(4 * 24 * time.Hour)
		if err := d.Sweep(here(o)); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.TelegramUpdate.Query().CountX(ctx); n != 0 {
				t.Errorf("%d updates are remembered", n)
			}
			return nil
		})
	})
}

func TestACustomerSeesHisOwnAlone(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		maria, joao := o.Subscriber(o.Maria), o.Subscriber(o.Joao)
		open, err := d.Invoices(maria)
		if err != nil || len(open) != 7 {
			t.Fatalf("%d open, %v", len(open), err)
		}
		booklets, err := d.Booklets(maria)
		if err != nil || len(booklets) != 1 {
			t.Fatalf("%d carnês, %v", len(booklets), err)
		}
		for name, ctx := range map[string]context.Context{"João": joao, "staff": o.As("gerente"), "nobody": here(o), "a stranger": o.Stranger()} {
			_, one := d.Invoice(ctx, open[0].Invoice.ID)
			_, _, slip := d.InvoicePDF(ctx, open[0].Invoice.ID)
			_, booklet := d.BookletPDF(ctx, booklets[0].ID)
			for what, err := range map[string]error{"invoice": one, "its PDF": slip, "the carnê": booklet} {
				if demotest.Fault(err) != "not_found" {
					t.Errorf("%s and Maria's %s: %v", name, what, err)
				}
			}
		}
		for name, ctx := range map[string]context.Context{"staff": o.As("gerente"), "nobody": here(o)} {
			_, services := d.Services(ctx)
			_, invoices := d.Invoices(ctx)
			_, all := d.Booklets(ctx)
			_, record := d.Record(ctx)
			_, offer := d.Offer(ctx)
			for what, err := range map[string]error{"services": services, "invoices": invoices, "carnês": all, "record": record, "offer": offer} {
				if demotest.Fault(err) != "not_found" {
					t.Errorf("%s asks for %s: %v", name, what, err)
				}
			}
		}
		if _, content, err := d.InvoicePDF(maria, open[0].Invoice.ID); err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) {
			t.Errorf("her slip: %v", err)
		}
		if file, err := d.BookletPDF(maria, booklets[0].ID); err != nil || !bytes.HasPrefix(file.Content, []byte("%PDF-")) {
			t.Errorf("her carnê: %v", err)
		}
		if r, err := d.Record(maria); err != nil || r.Customer.ID != o.Maria.ID || len(r.Contacts) != 2 {
			t.Errorf("her record: %+v, %v", r, err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // what is contested is not collected
			return c.Charge.UpdateOneID(open[0].Charges[0].ID).SetContestedAt(o.DB.Now()).Exec(ctx)
		})
		if open, err := d.Invoices(maria); err != nil || len(open) != 6 {
			t.Errorf("%d open, %v", len(open), err)
		}
	})
}

func TestHowACustomerStandsWithTrust(t *testing.T) {
	withBot(t, func(t *testing.T, o *demotest.Office, d subscribers.Desk) {
		if offer, err := d.Offer(o.Subscriber(o.Maria)); err != nil || !offer.On || len(offer.Suspended) != 0 {
			t.Errorf("Maria: %+v, %v", offer, err)
		}
		joao := o.Subscriber(o.Joao)
		offer, err := d.Offer(joao)
		if err != nil || !offer.On || len(offer.Suspended) != 1 || len(offer.Debt) != 1 || !offer.UsedOn.IsZero() || !offer.OpenUntil.IsZero() ||
			offer.NextFrom != calendar.On(2026, 12, 1) {
			t.Errorf("João: %+v, %v", offer, err)
		}
		done, err := subscriptions.Desk{DB: o.DB}.TrustUnblockSelf(joao)
		if err != nil {
			t.Fatal(err)
		}
		offer, err = d.Offer(joao)
		if err != nil || offer.UsedOn != calendar.On(2026, 11, 23) || !offer.OpenUntil.Equal(done.Until) || offer.NextFrom != done.NextFrom {
			t.Errorf("afterwards: %+v, %v", offer, err)
		}
		services, err := d.Services(joao)
		if err != nil || len(services) != 1 || services[0].Grant == nil || services[0].Grant.Channel != trustgrant.ChannelSubscriber ||
			services[0].Plan.Name != "Fibra 300 Mega" {
			t.Errorf("his services: %+v, %v", services, err)
		}
		o.Pass(8 * 24 * time.Hour) // 1 December
		if offer, err := d.Offer(joao); err != nil || !offer.UsedOn.IsZero() || !offer.OpenUntil.IsZero() || offer.NextFrom != calendar.On(2027, 1, 1) {
			t.Errorf("in December: %+v, %v", offer, err)
		}
	})
}
