package subscribers_test

import (
	"bytes"
	"context"
	"crypto/sha256"
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
	"enlace/tenants/bots"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/subscribers"
	"enlace/tenants/subscriptions"
)

// withBot is an office whose ISP has a bot.
func withBot(t *testing.T, test func(t *testing.T, o *demotest.Office, d subscribers.Desk)) {
	t.Helper()
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		if err := (bots.Desk{DB: o.DB, Vault: o.Vault}).SetBot(o.As("gerente"), "1:secret", "@fibranorte_bot"); err != nil {
			t.Fatal(err)
		}
		test(t, o, subscribers.Desk{DB: o.DB, Vault: o.Vault})
	})
}

func inviteOf(t *testing.T, d subscribers.Desk, ctx context.Context, customer *ent.Customer) (token string) {
	t.Helper()
	link, err := d.Invite(ctx, customer.ID)
	if err != nil {
		t.Fatal(err)
	}
	token, ours := strings.CutPrefix(link.URL, "https://t.me/fibranorte_bot?start=")
	if !ours || len(token) != 43 || !link.Expires.Equal(d.DB.Now().Add(subscribers.LifeOfLink)) {
		t.Fatalf("the link is %+v", link)
	}
	return token
}

// link lets a chat see a customer.
func link(t *testing.T, o *demotest.Office, d subscribers.Desk, chat int64, customer *ent.Customer) {
	t.Helper()
	if entry, err := d.Open(here(o), caller(chat), inviteOf(t, d, o.As("comercial"), customer)); err != nil || len(entry.Customers) != 1 {
		t.Fatal(entry, err)
	}
}

func here(o *demotest.Office) context.Context { return tenants.With(context.Background(), o.Here) }

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
		if entry, err := d.Open(o.Stranger(), caller(7), token); err != nil || entry.Refused != subscribers.DeadLink {
			t.Errorf("at the other ISP: %+v, %v", entry, err)
		}
		var won atomic.Int64
		var all sync.WaitGroup
		for chat := range int64(50) {
			all.Go(func() {
				entry, err := d.Open(here(o), caller(1000+chat), token)
				switch {
				case err == nil && len(entry.Customers) == 1 && entry.Customers[0].ID == o.Maria.ID:
					won.Add(1)
				case err != nil || entry.Refused != subscribers.DeadLink:
					t.Error(entry, err)
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
		o.Pass(subscribers.LifeOfLink)
		for _, dead := range []string{late, token, "printed", "", strings.Repeat("A", 43)} {
			if entry, err := d.Open(here(o), caller(7), dead); err != nil || entry.Refused != subscribers.DeadLink {
				t.Errorf("%q: %+v, %v", dead, entry, err)
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
			link(t, o, d, 7, customer)
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
		link(t, o, d, 7, o.Maria) // in again
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
