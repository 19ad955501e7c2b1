package outages_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingevent"
	"enlace/ent/charge"
	"enlace/ent/customer"
	"enlace/ent/history"
	"enlace/ent/outage"
	"enlace/ent/outageservice"
	"enlace/ent/outbox"
	"enlace/ent/subscription"
	"enlace/ent/telegrammessage"
	"enlace/ent/ticket"
	"enlace/ent/tickettype"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/outages"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
	"enlace/tenants/support"
)

func desk(o *demotest.Office) outages.Desk { return outages.Desk{DB: o.DB} }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// nazare is an outage of the district where the demonstration's customers live, since an hour ago.
func nazare(o *demotest.Office) outages.NewOutage {
	return outages.NewOutage{Kind: outage.KindPlace, City: "belem", District: "NAZARE", Title: "Fibra rompida em Nazaré", Began: o.DB.Now().Add(-time.Hour), Key: "1"}
}

// hers is an outage of Maria alone, since an hour ago.
func hers(o *demotest.Office) outages.NewOutage {
	in := nazare(o)
	in.Kind, in.City, in.District, in.List = outage.KindList, "", "", fmt.Sprint(o.Maria.Number)
	return in
}

// work does what the outbox asks for of an outage.
func work(t *testing.T, o *demotest.Office, id uuid.UUID) {
	t.Helper()
	must(t, desk(o).GoOn(o.Worker(), id))
}

func rowOf(o *demotest.Office, id uuid.UUID) (row *ent.Outage) {
	o.Read(func(ctx context.Context, c *ent.Client) error { row = c.Outage.GetX(ctx, id); return nil })
	return row
}

func link(o *demotest.Office, who *ent.Customer, chat int64) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.TelegramLink.Create().SetChatID(chat).SetCustomerID(who.ID).SetLinkedAt(o.DB.Now()).Exec(ctx)
	})
}

// asks is an open ticket of Maria's.
func asks(t *testing.T, o *demotest.Office) uuid.UUID {
	t.Helper()
	d := support.Desk{DB: o.DB}
	picked, err := d.Pick(o.As("suporte"), o.Service(o.Maria).ID)
	must(t, err)
	var kind, sector uuid.UUID
	o.Read(func(ctx context.Context, c *ent.Client) error {
		kind, sector = c.TicketType.Query().Where(tickettype.Active(true)).FirstIDX(ctx), c.Sector.Query().FirstIDX(ctx)
		return nil
	})
	must(t, d.Open(o.As("suporte"), support.Opening{Ticket: picked.ID, Type: kind, Text: "sem sinal", Status: ticket.StatusAguardandoAnalise, To: support.Destination{Sector: sector}, Key: picked.ID.String()}))
	return picked.ID
}

func balanced(t *testing.T, o *demotest.Office) {
	t.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		wrong, err := billing.Audit(ctx, c, o.DB.Today(ctx))
		for _, said := range wrong {
			t.Error(said)
		}
		return err
	})
}

func TestTheServicesOfAPlaceANasOrAListAreFound(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, maria := desk(o), o.As("suporte"), o.Service(o.Maria)
		if _, err := d.Preview(o.As("comercial"), nazare(o)); demotest.Fault(err) != "denied" {
			t.Errorf("comercial: %v", err)
		}
		found := func(change func(*outages.NewOutage)) string {
			in := nazare(o)
			change(&in)
			f, err := d.Preview(by, in)
			if err != nil {
				return demotest.Fault(err)
			}
			return f.Seen()
		}
		var nas, other uuid.UUID
		o.Write(func(ctx context.Context, c *ent.Client) error {
			nas = c.Nas.Query().OnlyIDX(ctx)
			other = c.Nas.Create().SetName("Outro").SetAddress("10.0.0.9").SetSecret("x").SaveX(ctx).ID
			return nil
		})
		session := func(at uuid.UUID, ended *time.Time) {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				c.Connection.Delete().ExecX(ctx)
				c.Connection.Create().SetNasID(at).SetSubscriptionID(maria.ID).SetCustomerID(o.Maria.ID).SetLogin("maria@fibranorte").SetAcctSessionID("1").
					SetStartedAt(o.DB.Now().Add(-5 * time.Hour)).SetUpdatedAt(o.DB.Now()).SetNillableEndedAt(ended).ExecX(ctx)
				return nil
			})
		}
		onNAS := func(in *outages.NewOutage) { in.Kind, in.NAS = outage.KindNas, nas }
		list := func(text string) func(*outages.NewOutage) {
			return func(in *outages.NewOutage) { in.Kind, in.List = outage.KindList, text }
		}
		hour := o.DB.Now().Add(-time.Hour)
		for _, one := range []struct {
			name, want string
			given      func()
			change     func(*outages.NewOutage)
		}{
			{"the district, João being suspended", "3/3", nil, func(*outages.NewOutage) {}},
			{"the city", "3/3", nil, func(in *outages.NewOutage) { in.District = "" }},
			{"another district", "bairro: outage_nobody", nil, func(in *outages.NewOutage) { in.District = "Marco" }},
			{"another city", "cidade: outage_nobody", nil, func(in *outages.NewOutage) { in.City, in.District = "Salinas", "" }},
			{"nobody on the NAS", "concentrador: outage_nobody", nil, onNAS},
			{"no NAS", "not_found", nil, func(in *outages.NewOutage) { in.Kind, in.NAS = outage.KindNas, demotest.Nobody }},
			{"on the NAS", "1/1", func() { session(nas, nil) }, onNAS},
			{"on the NAS until an hour ago", "1/1", func() { session(nas, &hour) }, onNAS},
			{"on another", "concentrador: outage_nobody", func() { session(other, nil) }, onNAS},
			{"by number and CPF", "1/1", nil, list(fmt.Sprintf("%d\n529.982.247-25", o.Maria.Number))},
			{"by login", "1/1", nil, list("maria@fibranorte; ")},
			{"João alone", "lista: outage_nobody", nil, list("111.444.777-35")},
			{"nobody's login", "lista: outage_unknown", nil, list("maria@fibranorte\nzeca")},
			{"João on trust", "2/2", func() {
				_, err := subscriptions.Desk{DB: o.DB}.TrustUnblock(o.As("gerente"), subscriptions.Unblock{Subscription: o.Service(o.Joao).ID, Until: o.Here.Today(o.DB.Now()).AddDays(1), Reason: "vai pagar"})
				must(t, err)
			}, list(fmt.Sprintf("%d\n%d", o.Maria.Number, o.Joao.Number))},
		} {
			if one.given != nil {
				one.given()
			}
			if got := found(one.change); got != one.want {
				t.Errorf("%s: %s, want %s", one.name, got, one.want)
			}
		}
		if _, err := d.Preview(o.Stranger(), nazare(o)); demotest.Fault(err) != "bairro: outage_nobody" {
			t.Errorf("a stranger sees them: %v", err)
		}
	})
}

// One event, one message: found, tickets under it, told by the bot, given back, told again, and all of it in the customer's history.
func TestAnOutageIsOpenedAndEnded(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, before := desk(o), o.As("suporte"), asks(t, o)
		link(o, o.Maria, 101)
		in := hers(o)
		in.Shown = "2/2"
		if _, err := d.Open(by, in); demotest.Fault(err) != "outage_unseen" {
			t.Errorf("%v", err)
		}
		in.Shown = "1/1"
		if _, err := d.Open(o.As("comercial"), in); demotest.Fault(err) != "denied" {
			t.Errorf("comercial: %v", err)
		}
		o.AllOrNothing(t, 8, func() error { _, err := d.Open(by, in); return err })
		id, err := d.Open(by, in)
		must(t, err)
		if again, err := d.Preview(by, hers(o)); demotest.Fault(err) != "lista: outage_nobody" {
			t.Errorf("what is under an outage is found again: %+v, %v", again, err)
		}
		row, next, err := d.Next(o.Worker(), id)
		must(t, err)
		o.AllOrNothing(t, 10, func() error { return d.Begin(o.Worker(), row, next) })
		work(t, o, id)
		after := asks(t, o)
		row = rowOf(o, id)
		if row.State != outage.StateOpen || row.Done != 1 || row.Told != 1 || row.Tickets != 2 {
			t.Fatalf("%+v", row)
		}
		for _, one := range []uuid.UUID{before, after} {
			card, err := support.Desk{DB: o.DB}.Ticket(by, one)
			if err != nil || card.Outage == nil || card.Outage.ID != id {
				t.Errorf("ticket %+v, %v", card, err)
			}
		}
		offer, err := support.Desk{DB: o.DB}.Offer(by, o.Maria.ID, false)
		if err != nil || offer.Down[o.Service(o.Maria).ID] == nil {
			t.Errorf("a new ticket is not warned: %v, %v", offer.Down, err)
		}
		o.Pass(26 * time.Hour)
		end := outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "Cabo refeito na Travessa", Close: true, Key: "2"}
		r, err := d.PreviewEnd(by, end)
		if err != nil || !r.Credits || len(r.Rows) != 1 || r.Total != 3_00 || r.Tickets != 2 || r.Days.Days() != 1 {
			t.Fatalf("%+v, %v", r, err)
		}
		for want, bad := range map[string]outages.Ending{
			"hora: outage_backwards": {Outage: id, Ended: row.BeganAt.Add(-time.Second), Text: "x"},
			"final_unseen":           {Outage: id, Ended: end.Ended, Text: "x", Shown: "nothing"},
			"not_found":              {Outage: demotest.Nobody, Ended: end.Ended, Text: "x"},
		} {
			if err := d.End(by, bad); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if err := d.End(o.Stranger(), end); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		end.Shown = r.Seen()
		o.AllOrNothing(t, 6, func() error { return d.End(by, end) })
		must(t, d.End(by, end))
		if err := d.End(by, outages.Ending{Outage: id, Ended: end.Ended, Text: "x", Key: "3"}); demotest.Fault(err) != "outage_over" {
			t.Errorf("ended twice: %v", err)
		}
		row, next, err = d.Next(o.Worker(), id)
		must(t, err)
		o.AllOrNothing(t, 30, func() error { return d.Finish(o.Worker(), row, next) })
		work(t, o, id)
		work(t, o, id)
		if row = rowOf(o, id); row.State != outage.StateOver || row.Credited != 1 || row.Credit != r.Total || row.Failed != 0 {
			t.Fatalf("%+v", row)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, one := range []uuid.UUID{before, after} {
				if row := c.Ticket.GetX(ctx, one); row.Status != ticket.StatusFinalizado || row.Closing != end.Text {
					t.Errorf("%+v", row)
				}
			}
			lowered := c.Charge.Query().Where(charge.CustomerID(o.Maria.ID), charge.KindEQ(charge.KindCredit)).OnlyX(ctx)
			if lowered.Amount != -3_00 || !strings.Contains(lowered.Memo, "1 de 30 dias sem serviço × R$ 89,90") || !strings.HasPrefix(lowered.Description, "Desconto: Falha de 23/11") {
				t.Errorf("%+v", lowered)
			}
			for event, n := range map[string]int{"outage_began": 1, "outage_ended": 1} {
				if got := c.History.Query().Where(history.CustomerID(o.Maria.ID), history.Event(event)).CountX(ctx); got != n {
					t.Errorf("%s is told %d times", event, got)
				}
			}
			said := c.TelegramMessage.Query().Where(telegrammessage.AboutID(id)).Order(telegrammessage.ByCreatedAt()).AllX(ctx)
			if len(said) != 2 || !strings.Contains(said[0].Text, "há uma falha") || !strings.Contains(said[1].Text, "A falha terminou") || !strings.Contains(said[1].Text, "3,00") {
				t.Errorf("the bot says %v", said)
			}
			return nil
		})
		balanced(t, o)
	})
}

// Without a carnê the days are a billing event, with their memo; twice the same day is given back once.
func TestTheDaysOfAServiceWithoutCarneAreABillingEvent(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		by := o.As("suporte")
		sub := o.Service(o.Maria)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(sub.ID).SetBooklet(false).Exec(ctx)
		})
		for n, want := range []money.Cents{3_00, 0} {
			in := hers(o)
			in.Key, in.Began = fmt.Sprint(n), o.DB.Now().Add(-time.Hour)
			id, err := desk(o).Open(by, in)
			must(t, err)
			must(t, desk(o).End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: fmt.Sprint(n)})) // before any worker began with it
			work(t, o, id)
			if row := rowOf(o, id); row.Credit != want || row.Told != 0 || row.State != outage.StateOver {
				t.Errorf("outage %d: %+v", n, row)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			event := c.BillingEvent.Query().Where(billingevent.SubscriptionID(sub.ID)).OnlyX(ctx)
			if event.Amount != -3_00 || !strings.Contains(event.Memo, "1 de 30 dias sem serviço × R$ 89,90") || event.Description != "Falha de 23/11 a 24/11" {
				t.Errorf("%+v", event)
			}
			lines, err := billing.RidingEvents(ctx, c, sub.ID, []money.Instalment{{Due: calendar.MustParse("2026-12-10"), Lines: []money.Line{{Amount: 89_90}}}})
			if err != nil || len(lines[0]) != 1 || lines[0][0].Amount != -3_00 || lines[0][0].Memo != event.Memo {
				t.Errorf("the next invoice carries %v, %v", lines, err)
			}
			return nil
		})
	})
}

func TestWhetherTheDaysAreGivenBackIsTheISPsRule(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	for _, one := range []struct {
		on    bool
		hours int
		last  time.Duration
		want  bool
	}{
		{true, 0, 30 * time.Minute, false}, {true, 0, 30*time.Minute + time.Second, true}, {true, 4, 4*time.Hour - time.Second, false}, {true, 4, 4 * time.Hour, true}, {false, 0, 90 * time.Hour, false},
	} {
		if got := outages.Gives(&ent.OfficePolicy{OutageCredit: one.on, OutageHours: one.hours}, now.Add(-one.last), now); got != one.want {
			t.Errorf("%+v gives back: %v", one, got)
		}
	}
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().SetOutageHours(2).Exec(ctx)
		})
		by := o.As("suporte")
		id, err := desk(o).Open(by, hers(o))
		must(t, err)
		r, err := desk(o).PreviewEnd(by, outages.Ending{Outage: id, Ended: o.DB.Now()})
		if err != nil || r.Credits || r.Total != 0 || r.Hours != 2 {
			t.Errorf("an hour: %+v, %v", r, err)
		}
		must(t, desk(o).End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: "1"}))
		work(t, o, id)
		if row := rowOf(o, id); row.Credit != 0 || row.State != outage.StateOver {
			t.Errorf("%+v", row)
		}
	})
}

// However many press at once, one outage is opened, and it ends once.
func TestAnOutagePressedByManyIsOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		by := o.As("suporte")
		many := func(do func() error) {
			var wg sync.WaitGroup
			for range 20 {
				wg.Go(func() {
					if err := do(); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		in := hers(o)
		many(func() error { _, err := desk(o).Open(by, in); return err })
		id, err := desk(o).Open(by, in)
		must(t, err)
		many(func() error { return desk(o).GoOn(o.Worker(), id) })
		end := outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: "1"}
		many(func() error { return desk(o).End(by, end) })
		many(func() error { return desk(o).GoOn(o.Worker(), id) })
		if row := rowOf(o, id); row.Number != 1 || row.Done != 1 || row.Credited != 1 || row.Credit != 3_00 {
			t.Errorf("%+v", row)
		}
		balanced(t, o)
	})
}

// clones are n services like Maria's, each of a customer of its own, every fifth of whom has a chat, by their numbers line by line.
func clones(o *demotest.Office, n int) (list string) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		if err := demotest.Clone(ctx, c, o.Service(o.Maria), calendar.MustParse("2027-01-10"), n); err != nil {
			return err
		}
		for i, who := range c.Customer.Query().Where(customer.NameHasPrefix("Cliente ")).Order(customer.ByNumber()).AllX(ctx) {
			list += fmt.Sprintln(who.Number)
			if i%5 == 0 {
				c.TelegramLink.Create().SetChatID(int64(1000 + i)).SetCustomerID(who.ID).SetLinkedAt(o.DB.Now()).ExecX(ctx)
			}
		}
		return nil
	})
	return list
}

var errBroken = errors.New("broken by the test")

// A big outage whose workers die over and over ends as one left alone.
func TestABigOutageWhoseWorkersBreakEndsAsOneLeftAlone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		const n = 60
		by := o.As("suporte")
		id, err := desk(o).Open(by, outages.NewOutage{Kind: outage.KindList, List: clones(o, n), Title: "Queda geral", Began: o.DB.Now().Add(-time.Hour), Key: "1"})
		must(t, err)
		random, broken := rand.New(rand.NewPCG(4, 2)), 0
		through := func() {
			for {
				left := random.IntN(200)
				o.Break(func() error {
					if left--; left < 0 {
						return errBroken
					}
					return nil
				})
				err := desk(o).GoOn(o.Worker(), id)
				o.Break(nil)
				if err == nil {
					return
				}
				broken++
			}
		}
		through()
		if row := rowOf(o, id); row.State != outage.StateOpen || row.Done != n || row.Told != n/5 {
			t.Fatalf("%+v", row)
		}
		must(t, desk(o).End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Close: true, Key: "2"}))
		through()
		row := rowOf(o, id)
		if row.State != outage.StateOver || row.Done != n || row.Failed != 0 || row.Credited != n || row.Credit != n*3_00 {
			t.Fatalf("%+v", row)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			events := c.BillingEvent.Query().AllX(ctx)
			if len(events) != n {
				t.Errorf("%d events", len(events))
			}
			for _, one := range events {
				if one.Amount != -3_00 {
					t.Errorf("%+v", one)
				}
			}
			if said := c.TelegramMessage.Query().CountX(ctx); said != 2*n/5 {
				t.Errorf("the bot says %d things", said)
			}
			if up := c.OutageService.Query().Where(outageservice.StateEQ(outageservice.StateUp), outageservice.Credit(3_00)).CountX(ctx); up != n {
				t.Errorf("%d are up", up)
			}
			if jobs := c.Outbox.Query().Where(outbox.Kind("messages.say")).CountX(ctx); jobs != 2*n/5 {
				t.Errorf("%d jobs", jobs)
			}
			return nil
		})
		t.Logf("broken %d times", broken)
		balanced(t, o)
	})
}

// A service cancelled while its line was down is given its days as the holder's credit.
func TestACancelledServiceIsGivenItsDaysAsCredit(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		by, sub := o.As("suporte"), o.Service(o.Maria)
		id, err := desk(o).Open(by, hers(o))
		must(t, err)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.Update().Where(subscription.ID(sub.ID)).SetStatus(status.Cancelled).Exec(ctx)
		})
		must(t, desk(o).End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: "1"}))
		work(t, o, id)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if given := c.Credit.Query().OnlyX(ctx); given.CustomerID != o.Maria.ID || given.Amount != 3_00 {
				t.Errorf("%+v", given)
			}
			return nil
		})
		balanced(t, o)
	})
}

// What an instalment was lowered by is not lost when the service is cancelled: the account comes to as much less.
func TestACancellationKeepsWhatAnOutageGaveBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		by := o.As("suporte")
		owed := func() (sum money.Cents) {
			t.Helper()
			p, err := subscriptions.Desk{DB: o.DB}.PreviewCancel(o.As("gerente"), subscriptions.Cancel{Subscription: o.Service(o.Maria).ID})
			must(t, err)
			for _, change := range p.Lowered {
				sum += change.Amount
			}
			for _, line := range p.Credits {
				sum += line.Amount
			}
			return sum + p.Total
		}
		before := owed()
		in := hers(o)
		in.Began = o.DB.Now().Add(-10 * 24 * time.Hour)
		id, err := desk(o).Open(by, in)
		must(t, err)
		must(t, desk(o).End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Key: "1"}))
		work(t, o, id)
		given := rowOf(o, id).Credit
		if given != 29_97 {
			t.Errorf("ten days are %s", given)
		}
		if after := owed(); after != before-given {
			t.Errorf("before it came to %s, after %s were given back to %s", before, given, after)
		}
		balanced(t, o)
	})
}

// What cannot be given back is kept with the reason, everything else is done, and it can be tried again.
func TestWhatCannotBeGivenBackIsKeptAndTriedAgain(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		d, by, mine := desk(o), o.As("suporte"), asks(t, o)
		id, err := d.Open(by, hers(o))
		must(t, err)
		work(t, o, id)
		must(t, d.End(by, outages.Ending{Outage: id, Ended: o.DB.Now(), Text: "voltou", Close: true, Key: "1"}))
		if err := d.Retry(by, id); demotest.Fault(err) != "outage_busy" {
			t.Errorf("%v", err)
		}
		last := map[uuid.UUID]int64{}
		o.Write(func(ctx context.Context, c *ent.Client) error { // her next slip has no number left
			for _, row := range c.BankAgreement.Query().AllX(ctx) {
				last[row.ID] = row.LastNumber
				c.BankAgreement.UpdateOne(row).SetLastNumber(1 << 50).ExecX(ctx)
			}
			return nil
		})
		work(t, o, id)
		row := rowOf(o, id)
		if row.State != outage.StateOver || row.Failed != 1 || row.Credited != 0 || row.Done != 0 || ticketOf(o, mine).Status != ticket.StatusFinalizado {
			t.Fatalf("%+v", row)
		}
		card, err := d.Card(by, id, 1)
		if err != nil || card.Services[0].Code != "numbers_exhausted" {
			t.Errorf("%+v, %v", card.Services[0], err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			for id, n := range last {
				c.BankAgreement.UpdateOneID(id).SetLastNumber(n).ExecX(ctx)
			}
			return nil
		})
		must(t, d.Retry(by, id))
		work(t, o, id)
		if row = rowOf(o, id); row.Credited != 1 || row.Failed != 0 || row.State != outage.StateOver {
			t.Errorf("%+v", row)
		}
		if err := d.Retry(by, id); demotest.Fault(err) != "outage_nothing" {
			t.Errorf("%v", err)
		}
		balanced(t, o)
	})
}

func ticketOf(o *demotest.Office, id uuid.UUID) (row *ent.Ticket) {
	o.Read(func(ctx context.Context, c *ent.Client) error { row = c.Ticket.GetX(ctx, id); return nil })
	return row
}

func TestWhoSeesOutages(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		id, err := desk(o).Open(o.As("suporte"), hers(o))
		must(t, err)
		if list, err := desk(o).List(o.As("comercial"), true, 1); err != nil || len(list.Rows) != 1 || list.Running != 1 || list.May {
			t.Errorf("%+v, %v", list, err)
		}
		if _, err := desk(o).List(o.As("tecnico"), false, 1); demotest.Fault(err) != "denied" {
			t.Errorf("a technician: %v", err)
		}
		card, err := desk(o).Card(o.As("suporte"), id, 1)
		if err != nil || len(card.Services) != 1 || outages.Holder(card.Services[0]) != o.Maria.Name || !card.May || !card.Busy() {
			t.Errorf("%+v, %v", card, err)
		}
		if _, err := desk(o).Card(o.Stranger(), id, 1); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		var unread tenants.Fields
		in := outages.ReadNewOutage(tenants.Typed{"alcance": "place", "dia": "24/11/2026", "hora": "09:00"}, o.DB.Now(), o.Here.Zone, &unread)
		if unread["titulo"] != "required" || unread["cidade"] != "required" || unread["hora"] != "outage_to_come" || in.Kind != outage.KindPlace {
			t.Errorf("%v", unread)
		}
	})
}
