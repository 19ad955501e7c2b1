package dunning_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/chargekind"
	"enlace/ent/contact"
	"enlace/ent/email"
	"enlace/ent/invoice"
	"enlace/ent/notice"
	"enlace/ent/officepolicy"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/dunning"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

const day = 24 * time.Hour

func desk(o *demotest.Office) dunning.Desk { return dunning.Desk{DB: o.DB} }

func today(o *demotest.Office) calendar.Date { return o.DB.Today(o.Worker()) }

// night runs what a day runs, in its order.
func night(t *testing.T, o *demotest.Office) (done [3]int) {
	t.Helper()
	for i, step := range []func(context.Context) (dunning.Run, error){desk(o).RemindAll, desk(o).TellAll, desk(o).CutAll} {
		run, err := step(o.Worker())
		if err != nil || run.Failure != nil {
			t.Fatal(err, run.Failure)
		}
		done[i] = run.Done
	}
	return done
}

// next is the first invoice Maria has to pay.
func next(t *testing.T, o *demotest.Office) (s *billing.Standing) {
	t.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		all, err := billing.InvoicesOf(ctx, c, today(o), o.Maria.ID, true)
		s = all[0]
		return err
	})
	return s
}

// stands is where a customer, who is in debt, stands.
func stands(t *testing.T, o *demotest.Office, who *ent.Customer) *dunning.Standing {
	t.Helper()
	for page := 1; ; page++ {
		ladder, err := desk(o).Ladder(o.As("financeiro"), "", page)
		if err != nil || len(ladder.Rows) == 0 {
			t.Fatalf("%s is on no rung: %v", who.Name, err)
		}
		for _, row := range ladder.Rows {
			if row.Customer.ID == who.ID {
				return row
			}
		}
	}
}

// until lets days pass, a night each, and stops on the first of which stop says so.
func until(t *testing.T, o *demotest.Office, stop func() bool) {
	t.Helper()
	for range 120 {
		night(t, o)
		if stop() {
			return
		}
		o.Pass(day)
	}
	t.Fatal("it never came")
}

func TestFromReminderToSuspensionAsTheLawHasIt(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := next(t, o)
		var reminded, told, cut calendar.Date
		until(t, o, func() bool {
			o.Read(func(ctx context.Context, c *ent.Client) error {
				row := c.Invoice.GetX(ctx, s.Invoice.ID)
				reminded, told = row.RemindedOn, row.NoticedOn
				return nil
			})
			if o.Service(o.Maria).Status == status.SuspendedDebt {
				cut = today(o)
			}
			return !cut.IsZero()
		})
		if reminded != s.Invoice.Due.AddDays(-3) {
			t.Errorf("due on %s, it was called to mind on %s", s.Invoice.Due, reminded)
		}
		if last := calendar.EffectiveLastDay(s.Invoice.Due); told != last.AddDays(1) {
			t.Errorf("payable until %s, it was told of on %s", last, told)
		}
		if n := cut.DaysSince(told); n < 15 || n > 20 || !(calendar.Local{}).MayCut(cut) {
			t.Errorf("told on %s, it was cut on %s, %s", told, cut, cut.Weekday())
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			proof := c.Notice.Query().Where(notice.InvoiceID(s.Invoice.ID)).OnlyX(ctx)
			letter := c.Email.GetX(ctx, *proof.EmailID)
			if letter.Text != proof.Body || letter.To != "maria@exemplo.com.br" || !strings.Contains(proof.Body, "15 dias") {
				t.Errorf("%v %v", proof, letter)
			}
			stretch := c.Suspension.Query().Where(suspension.SubscriptionID(o.Service(o.Maria).ID), suspension.EndedAtIsNil()).OnlyX(ctx)
			if *stretch.NoticeID != proof.ID || stretch.FromDay != cut {
				t.Errorf("%v", stretch)
			}
			return nil
		})
		if row := stands(t, o, o.Maria); row.Rung != dunning.Suspended || row.Since != cut || row.Next != cut.AddDays(60) || row.ToldOn != told {
			t.Errorf("%+v", row)
		}
		ladder, err := desk(o).Ladder(o.As("financeiro"), dunning.Suspended, 1)
		if err != nil {
			t.Fatal(err)
		}
		if ladder.Counts[dunning.Suspended] != ladder.Total || ladder.Total < 2 {
			t.Errorf("%v", ladder.Counts)
		}
		// She has no chat: that it is gone, and that it is back, is told by a letter.
		cashier := o.As("financeiro")
		account, err := billing.Desk{DB: o.DB}.Account(cashier, o.Maria.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range account.Late() {
			if _, err := (billing.Desk{DB: o.DB}).ReceiveAtCounter(cashier, billing.Receipt{Invoice: one.Invoice.ID, Amount: one.Owed(), PaidOn: today(o), Key: one.Invoice.ID.String()}); err != nil {
				t.Fatal(err)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, subject := range []string{"Seu serviço foi suspenso", "Seu serviço está de volta"} {
				if n := c.Email.Query().Where(email.CustomerID(o.Maria.ID), email.Subject(subject)).CountX(ctx); n != 1 {
					t.Errorf("%q went to her %d times", subject, n)
				}
			}
			return nil
		})
	})
}

func TestAnISPMaySlowDownBeforeItCuts(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().Where(officepolicy.IDNEQ(demotest.Nobody)).SetPartialStep(true).SetPartialDays(20).Exec(ctx)
		})
		var slow, cut calendar.Date
		until(t, o, func() bool {
			switch o.Service(o.Maria).Status {
			case status.Slowed:
				if slow.IsZero() {
					slow = today(o)
				}
			case status.SuspendedDebt:
				cut = today(o)
			}
			return !cut.IsZero()
		})
		if n := cut.DaysSince(slow); slow.IsZero() || n < 20 || n > 25 {
			t.Errorf("slow on %s, cut on %s", slow, cut)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			rows := c.Suspension.Query().Where(suspension.SubscriptionID(o.Service(o.Maria).ID)).Order(suspension.ByAt()).AllX(ctx)
			if len(rows) != 2 || rows[0].Kind != suspension.KindParcial || rows[0].UntilDay != cut || rows[1].Kind != suspension.KindDebito {
				t.Errorf("%v", rows)
			}
			return nil
		})
	})
}

// What was given on trust while a service was slow ends in the slow service it was, and only then goes on to the cut.
func TestAServiceOnTrustIsNotCut(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.OfficePolicy.Update().Where(officepolicy.IDNEQ(demotest.Nobody)).SetPartialStep(true).SetPartialDays(15).Exec(ctx)
		})
		until(t, o, func() bool { return o.Service(o.Maria).Status == status.Slowed })
		o.Pass(14 * day)
		life, sub := subscriptions.Desk{DB: o.DB}, o.Service(o.Maria).ID
		grant, err := life.TrustUnblock(o.As("suporte"), subscriptions.Unblock{Subscription: sub, Until: today(o).AddDays(5), Reason: "prometeu pagar"})
		if err != nil {
			t.Fatal(err)
		}
		row := stands(t, o, o.Maria)
		if may := calendar.Of(grant.Until.In(o.Here.Zone)); row.Rung != dunning.Slowed || !row.Trust || row.Next.Before(may) || row.Next.DaysSince(may) > 5 || !(calendar.Local{}).MayCut(row.Next) {
			t.Errorf("trusted until %s she stands on %+v", may, row)
		}
		for grant.Until.After(o.DB.Now()) {
			night(t, o)
			if _, err := life.SuspendForDebt(o.As("gerente"), sub, "não pagou"); demotest.Fault(err) != "trust_open" {
				t.Errorf("by hand: %v", err)
			}
			if now := o.Service(o.Maria).Status; now != status.Slowed {
				t.Fatalf("on trust it is %s", now)
			}
			o.Pass(day)
		}
		until(t, o, func() bool { return o.Service(o.Maria).Status == status.SuspendedDebt })
		if today(o) != row.Next {
			t.Errorf("it is cut on %s, the régua said %s", today(o), row.Next)
		}
	})
}

// Of a charge on no invoice no notice is given, so that nothing is cut for it and the régua promises none; put on an invoice, it is told of.
func TestALooseChargeIsNeitherToldOfNorCut(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		books, clerk := billing.Desk{DB: o.DB}, o.As("gerente")
		var kind uuid.UUID
		o.Read(func(ctx context.Context, c *ent.Client) error {
			kind = c.ChargeKind.Query().Where(chargekind.Suspends(true), chargekind.Active(true)).FirstX(ctx).ID
			return nil
		})
		loose, err := books.GenerateCharge(clerk, billing.NewCharge{Customer: o.Maria.ID, Kind: kind, Subscription: o.Service(o.Maria).ID, Due: today(o), Value: 90_00, Key: "1"})
		if err != nil {
			t.Fatal(err)
		}
		o.Pass(2 * day)
		night(t, o)
		if row := stands(t, o, o.Maria); row.Rung != dunning.Uncut || !row.Loose || row.Service == nil || !row.Next.IsZero() {
			t.Errorf("she stands on %+v", row)
		}
		if _, err := books.InvoiceCharge(clerk, billing.ChargeInvoice{Charge: loose, Due: today(o), Key: "2"}); err != nil {
			t.Fatal(err)
		}
		o.Pass(2 * day)
		if row := stands(t, o, o.Maria); row.Rung != dunning.ToTell || row.Loose {
			t.Errorf("with an invoice she stands on %+v", row)
		}
		night(t, o)
		if row := stands(t, o, o.Maria); row.Rung != dunning.Told || row.ToldOn != today(o) {
			t.Errorf("told of it she stands on %+v", row)
		}
	})
}

func TestWhoIsSparedUnreachableOrPaysIsNotCut(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			c.Contact.Delete().Where(contact.KindEQ(contact.KindEmail)).ExecX(ctx)
			return nil
		})
		s := next(t, o)
		o.Pass(time.Duration(s.Invoice.Due.DaysSince(today(o))+40) * day)
		o.Write(func(ctx context.Context, c *ent.Client) error { // a chat that blocked the bot is no way to reach anybody
			return c.TelegramLink.Create().SetChatID(77).SetCustomerID(o.Maria.ID).SetLinkedAt(o.DB.Now()).SetBlockedAt(o.DB.Now()).Exec(ctx)
		})
		if run, err := desk(o).TellAll(o.Worker()); err != nil || run.Done != 0 || run.Left == 0 || run.Failed != 0 {
			t.Errorf("who can only be reached by paper: %+v, %v", run, err)
		}
		night(t, o)
		if state := o.Service(o.Maria).Status; state != status.Enabled {
			t.Fatalf("without a notice it is %s", state)
		}
		ctx := o.As("financeiro")
		if _, err := desk(o).HandOver(ctx, s.Invoice.ID, " "); demotest.Fault(err) != "destino: reason_short" {
			t.Error(err)
		}
		if _, err := desk(o).HandOver(ctx, s.Invoice.ID, "entregue a Maria, no balcão"); err != nil {
			t.Fatal(err)
		}
		if _, err := desk(o).HandOver(ctx, s.Invoice.ID, "entregue a Maria, no balcão"); demotest.Fault(err) != "told_already" {
			t.Error(err)
		}
		service := o.Service(o.Maria).ID
		spare := dunning.Mercy{Subscription: service, Until: today(o).AddDays(40), Reason: "prometeu na loja"}
		if err := desk(o).Spare(ctx, spare); demotest.Fault(err) != "denied" {
			t.Error(err)
		}
		if err := desk(o).Spare(o.As("gerente"), spare); err != nil {
			t.Fatal(err)
		}
		for range 30 {
			o.Pass(day)
			night(t, o)
		}
		if state := o.Service(o.Maria).Status; state != status.Enabled {
			t.Fatalf("spared it is %s", state)
		}
		ladder, err := desk(o).Ladder(ctx, dunning.Spared, 1)
		if err != nil || len(ladder.Rows) != 1 || ladder.Rows[0].Customer.Name != o.Maria.Name || ladder.Rows[0].Next != spare.Until {
			t.Errorf("%+v %v", ladder, err)
		}
		until(t, o, func() bool { return o.Service(o.Maria).Status == status.SuspendedDebt })
		if today(o).Before(spare.Until) {
			t.Errorf("it was cut on %s", today(o))
		}
		spare.Until = today(o).AddDays(40)
		if err := desk(o).Spare(o.Stranger(), spare); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger was answered %v", err)
		}
	})
}

func TestTwoNightsAtOnceAreOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := next(t, o)
		both := func() {
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() { night(t, o) })
			}
			all.Wait()
		}
		o.Pass(time.Duration(s.Invoice.Due.DaysSince(today(o))+5) * day)
		both()
		for range 25 {
			o.Pass(day)
			both()
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, row := range c.Invoice.Query().Where(invoice.NoticedOnNotNil()).AllX(ctx) {
				if n := c.Notice.Query().Where(notice.InvoiceID(row.ID)).CountX(ctx); n != 1 {
					t.Errorf("invoice %d has %d notices", row.Number, n)
				}
			}
			for _, sub := range c.Subscription.Query().Where(subscription.StatusEQ(status.SuspendedDebt)).AllX(ctx) {
				if n := c.Suspension.Query().Where(suspension.SubscriptionID(sub.ID)).CountX(ctx); n != 1 {
					t.Errorf("service %d was cut %d times", sub.Number, n)
				}
			}
			return nil
		})
		if state := o.Service(o.Maria).Status; state != status.SuspendedDebt {
			t.Errorf("it is %s", state)
		}
	})
}

func TestBrokenAnywhereAStepIsWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := next(t, o)
		o.Pass(time.Duration(s.Invoice.Due.DaysSince(today(o))+2) * day)
		o.AllOrNothing(t, 8, func() error {
			_, err := billing.Desk{DB: o.DB}.TellOfDebt(o.Worker(), s.Invoice.ID, notice.ChannelEmail, "maria@exemplo.com.br")
			return err
		})
		until(t, o, func() bool {
			ladder, err := desk(o).Ladder(o.As("financeiro"), dunning.Told, 1)
			if err != nil {
				t.Fatal(err)
			}
			o.Pass(day)
			for _, row := range ladder.Rows {
				if row.Customer.ID == o.Maria.ID && row.Next == today(o) {
					return true
				}
			}
			o.Pass(-day)
			return false
		})
		service := o.Service(o.Maria).ID
		o.AllOrNothing(t, 8, func() error {
			_, err := subscriptions.Desk{DB: o.DB}.DunForDebt(o.Worker(), service, "débito em atraso")
			return err
		})
		if state := o.Service(o.Maria).Status; state != status.SuspendedDebt {
			t.Errorf("it is %s", state)
		}
	})
}
