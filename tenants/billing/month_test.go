package billing_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/contact"
	"enlace/ent/email"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/outbox"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/ent/tickproblem"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

// tenth is a due date of the services of these tests.
var tenth = calendar.On(2026, 12, 10)

// billedMonthly are n services like Maria's, antecipado and each of a customer of its own, which no carnê bills: the invoice of 10/12 is to be made
// on 30/11, and it is 30/11.
func billedMonthly(o *demotest.Office, n int) (subs []*ent.Subscription) {
	o.T.Helper()
	last := soldMonthly(o, n)
	o.Read(func(ctx context.Context, c *ent.Client) error {
		subs = c.Subscription.Query().Where(subscription.NumberGT(last)).Order(subscription.ByNumber()).AllX(ctx)
		return nil
	})
	return subs
}

// soldMonthly makes them, in as many transactions as so many take, and says after which number.
func soldMonthly(o *demotest.Office, n int) (last int64) {
	o.T.Helper()
	const atOnce = 10_000
	like := o.Service(o.Maria)
	o.Write(func(ctx context.Context, c *ent.Client) error {
		last = c.Subscription.Query().Order(ent.Desc(subscription.FieldNumber)).FirstX(ctx).Number
		return c.Subscription.Update().SetBooklet(true).Exec(ctx) // those of the demonstration
	})
	for made := 0; made < n; made += atOnce {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			if err := demotest.Clone(ctx, c, like, tenth, min(atOnce, n-made)); err != nil {
				return err
			}
			return c.Subscription.Update().Where(subscription.NumberGT(last + int64(made))).SetBooklet(false).SetMode(subscription.ModeAntecipado).SetDueDay(10).SetPrice(89_90).
				SetFeeChoice(subscription.FeeChoiceNone).Exec(ctx)
		})
	}
	o.Pass(7 * 24 * time.Hour)
	return last
}

func billMonth(t *testing.T, o *demotest.Office) billing.MonthRun {
	t.Helper()
	run, err := desk(o).BillMonth(o.Worker())
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// issuedOf is each invoice that is due from 10/12 on, with what it is made of: "10/12 89,90: recurring 89,90".
func issuedOf(o *demotest.Office, customer uuid.UUID) (said []string) {
	o.T.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		all, err := billing.Standings(ctx, c, o.DB.Today(ctx), c.Invoice.Query().Where(invoice.CustomerID(customer), invoice.DueGTE(tenth)).Order(invoice.ByDue()).AllX(ctx)...)
		if err != nil {
			return err
		}
		for _, s := range all {
			var parts []string
			for _, row := range s.Charges {
				parts = append(parts, fmt.Sprintf("%s %s", row.Kind, row.Amount))
			}
			said = append(said, fmt.Sprintf("%s %s: %s", s.Invoice.Due.DayMonth(), s.Total, strings.Join(parts, ", ")))
			if s.Slip != nil && s.Slip.Amount == s.Total {
				checkSlip(o.T.(*testing.T), s)
			}
		}
		return nil
	})
	return said
}

func TestTheMonthlyRunMakesWhatItsPreviewShowsAndOnce(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		subs := billedMonthly(o, 450) // three transactions
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Contact.Create().SetCustomerID(subs[0].CustomerID).SetKind(contact.KindEmail).SetValue("um@exemplo.com.br").SetPosition(1).Exec(ctx)
		})
		shown := 0
		preview, err := desk(o).PreviewMonth(o.As("financeiro"), func(*billing.MonthInvoice) { shown++ }, nil)
		if err != nil {
			t.Fatal(err)
		}
		run := billMonth(t, o)
		if run.Customers != 450 || run.Invoices != 450 || run.Total != 450*89_90 || len(run.Refused) != 0 || fmt.Sprint(run) != fmt.Sprint(preview) || shown != 450 {
			t.Errorf("made %+v, shown %d: %+v", run, shown, preview)
		}
		if again := billMonth(t, o); again.Invoices != 0 {
			t.Errorf("made %+v once more", again)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			numbers := c.Invoice.Query().Where(invoice.Due(tenth), invoice.BookletIDIsNil()).Order(invoice.ByNumber()).AllX(ctx)
			if len(numbers) != 450 || numbers[449].Number-numbers[0].Number != 449 {
				t.Errorf("%d invoices", len(numbers))
			}
			if n := c.History.Query().Where(history.Event("invoice_issued")).CountX(ctx); n != 450 {
				t.Errorf("%d are in the history", n)
			}
			if n := c.Outbox.Query().Where(outbox.Kind(billing.TellIssued)).CountX(ctx); n != 1 {
				t.Errorf("%d are sent", n)
			}
			return nil
		})
		if got := issuedOf(o, subs[7].CustomerID); !slices.Equal(got, []string{"10/12 89,90: recurring 89,90"}) {
			t.Error(got)
		}
		balanced(t, o)
	})
}

// An ISP that sends no invoices by e-mail has the bot tell of them alone.
func TestInvoicesGoByEmailUnlessTheISPSendsNone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		subs := billedMonthly(o, 2)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			for i, sub := range subs {
				c.Contact.Create().SetCustomerID(sub.CustomerID).SetKind(contact.KindEmail).SetValue(fmt.Sprintf("cliente%d@exemplo.com.br", i)).SetPosition(1).ExecX(ctx)
			}
			c.TelegramLink.Create().SetChatID(7).SetCustomerID(subs[1].CustomerID).SetLinkedAt(o.DB.Now()).ExecX(ctx)
			return c.OfficePolicy.Update().SetInvoiceEmails(false).Exec(ctx)
		})
		billMonth(t, o)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Outbox.Query().Where(outbox.Kind(billing.TellIssued)).CountX(ctx); n != 1 {
				t.Errorf("%d are told", n)
			}
			return nil
		})
		for _, sub := range subs { // one was asked for before it was switched off
			var bill *ent.Invoice
			o.Read(func(ctx context.Context, c *ent.Client) error {
				bill = c.Invoice.Query().Where(invoice.CustomerID(sub.CustomerID)).FirstX(ctx)
				return nil
			})
			if err := desk(o).TellIssued(o.Worker(), bill.ID); err != nil {
				t.Fatal(err)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if mails, said := c.Email.Query().Where(email.CustomerIDIn(subs[0].CustomerID, subs[1].CustomerID)).CountX(ctx), c.TelegramMessage.Query().CountX(ctx); mails != 0 || said != 1 {
				t.Errorf("%d e-mails, the bot says %d", mails, said)
			}
			return nil
		})
	})
}

// What a credit has paid of an invoice before anybody knew of it nobody is asked for.
func TestAnInvoiceThatACreditPaidInPartIsToldOfByWhatIsLeft(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		sub := billedMonthly(o, 1)[0]
		credited(o, sub.CustomerID, 20_98)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TelegramLink.Create().SetChatID(7).SetCustomerID(sub.CustomerID).SetLinkedAt(o.DB.Now()).Exec(ctx)
		})
		billMonth(t, o)
		var bill *ent.Invoice
		o.Read(func(ctx context.Context, c *ent.Client) error {
			bill = c.Invoice.Query().Where(invoice.CustomerID(sub.CustomerID)).OnlyX(ctx)
			return nil
		})
		if err := desk(o).TellIssued(o.Worker(), bill.ID); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			said := c.TelegramMessage.Query().OnlyX(ctx).Text
			_, code, _ := strings.Cut(said, "Pix copia e cola:\n")
			if asks := pix.Parse(code); !strings.Contains(said, "chegou: "+money.Cents(68_92).BRL()+",") || asks.Fields["54"] != "68.92" || !asks.Valid {
				t.Errorf("of 68,92 it says %s: %+v", said, asks)
			}
			return nil
		})
	})
}

// Of all that one transaction takes up no statement has more values than a store takes.
func TestARunThatSleptForAYearCatchesUp(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		billedMonthly(o, 200)
		o.Pass(365 * 24 * time.Hour)
		if run := billMonth(t, o); run.Customers != 200 || run.Invoices != 2*200 || run.Total != 13*200*89_90 {
			t.Errorf("made %d invoices of %s for %d customers", run.Invoices, run.Total, run.Customers)
		}
		balanced(t, o)
	})
}

func TestTheMonthlyRunIsBrokenOffWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		subs := billedMonthly(o, 3)
		credited(o, subs[0].CustomerID, 30_00)
		o.AllOrNothing(t, 20, func() error { _, err := desk(o).BillMonth(o.Worker()); return err })
		balanced(t, o)
	})
}

func TestWorkersThatRunAtOnceBillEveryDayOnce(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		billedMonthly(o, 250)
		var all sync.WaitGroup
		var mu sync.Mutex
		made := 0
		for range 6 {
			all.Go(func() {
				run, err := desk(o).BillMonth(o.Worker())
				if err != nil || len(run.Refused) > 0 {
					t.Errorf("%+v, %v", run.Refused, err)
				}
				mu.Lock()
				defer mu.Unlock()
				made += run.Invoices
			})
		}
		all.Wait()
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Invoice.Query().Where(invoice.Due(tenth), invoice.BookletIDIsNil()).CountX(ctx); n != 250 || made != 250 {
				t.Errorf("%d invoices, said to be %d", n, made)
			}
			return nil
		})
		balanced(t, o)
	})
}

// credited gives a customer money to the credit, as one who paid too much.
func credited(o *demotest.Office, customer uuid.UUID, amount money.Cents) {
	o.T.Helper()
	ctx := o.As("financeiro")
	var kind uuid.UUID
	o.Read(func(ctx context.Context, c *ent.Client) error { kind = c.ChargeKind.Query().FirstX(ctx).ID; return nil })
	id, err := desk(o).GenerateCharge(ctx, billing.NewCharge{Customer: customer, Kind: kind, Due: o.Here.Today(o.DB.Now()), Value: 10_00, Key: uuid.NewString()})
	if err != nil {
		o.T.Fatal(err)
	}
	if _, err := desk(o).ReceiveCharge(ctx, billing.ChargeReceipt{Charge: id, Amount: 10_00 + amount, PaidOn: o.Here.Today(o.DB.Now()), Key: uuid.NewString()}); err != nil {
		o.T.Fatal(err)
	}
}

func TestWhatRidesOnAnInvoiceOfTheMonth(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		subs := billedMonthly(o, 7)
		set := func(i int, change func(*ent.SubscriptionUpdateOne)) {
			o.Write(func(ctx context.Context, c *ent.Client) error {
				u := c.Subscription.UpdateOneID(subs[i].ID)
				change(u)
				return u.Exec(ctx)
			})
		}
		together := func(i int) func(*ent.SubscriptionUpdateOne) {
			return func(u *ent.SubscriptionUpdateOne) { u.SetCustomerID(subs[0].CustomerID).SetPrice(50_00) }
		}
		set(1, together(1)) // grouped with the first
		set(2, func(u *ent.SubscriptionUpdateOne) { u.SetCustomerID(subs[0].CustomerID).SetSeparateInvoice(true) })
		set(3, func(u *ent.SubscriptionUpdateOne) { // under the minimum, and so late that its two periods go together
			u.SetPrice(3_00)
		})
		set(4, func(u *ent.SubscriptionUpdateOne) {
			u.SetFeeChoice(subscription.FeeChoiceFirstInvoices).SetFee(100_00).SetFeeParts(3)
		})
		set(6, func(u *ent.SubscriptionUpdateOne) { u.SetStatus(subscription.StatusSuspensoDebito) })
		credited(o, subs[5].CustomerID, 100_00)
		for _, event := range []billing.NewEvent{
			{Customer: subs[4].CustomerID, Subscription: subs[4].ID, Description: "Indicação", Discount: true, Value: 20_00, Parts: 1, From: tenth, Key: "1"},
			{Customer: subs[4].CustomerID, Subscription: subs[4].ID, Description: "Roteador", Value: 10_00, Parts: 2, From: tenth, Key: "2"},
		} {
			if _, err := desk(o).AddEvent(o.As("comercial"), event); err != nil {
				t.Fatal(err)
			}
		}
		run := billMonth(t, o)
		if len(run.Refused) > 0 {
			t.Fatalf("%+v", run.Refused[0].Fault)
		}
		want := map[int][]string{
			0: {"10/12 139,90: recurring 89,90, recurring 50,00", "10/12 89,90: recurring 89,90"},
			3: nil,
			4: {"10/12 108,24: recurring 89,90, installation 33,34, event 5,00, event \u221220,00"},
			5: {"10/12 89,90: recurring 89,90"},
			6: nil,
		}
		for i, all := range want {
			got := issuedOf(o, subs[i].CustomerID)
			slices.Sort(got)
			if !slices.Equal(got, all) {
				t.Errorf("service %d: %v, want %v", i, got, all)
			}
		}
		after, err := desk(o).Account(o.As("financeiro"), subs[5].CustomerID)
		if err != nil || after.Credit != 10_10 || after.Open != 0 {
			t.Errorf("of 100.00 to the credit %s are left, %s open: %v", after.Credit, after.Open, err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // the suspended one returns on 15/12, five days into its period
			return c.Suspension.Create().SetSubscriptionID(subs[6].ID).SetKind(suspension.KindDebito).SetFromDay(calendar.On(2026, 11, 26)).SetUntilDay(calendar.On(2026, 12, 15)).
				SetAt(o.DB.Now()).SetEndedAt(o.DB.Now()).Exec(ctx)
		})
		set(6, func(u *ent.SubscriptionUpdateOne) { u.SetStatus(subscription.StatusHabilitado) })
		o.Pass(31 * 24 * time.Hour)
		billMonth(t, o)
		for i, all := range map[int][]string{
			3: {"10/01 6,00: recurring 3,00, recurring 3,00"},
			4: {"10/12 108,24: recurring 89,90, installation 33,34, event 5,00, event \u221220,00", "10/01 128,23: recurring 89,90, installation 33,33, event 5,00"},
			6: {"10/01 164,81: recurring 74,91, recurring 89,90"}, // money.md M7
		} {
			if got := issuedOf(o, subs[i].CustomerID); !slices.Equal(got, all) {
				t.Errorf("service %d, a month on: %v, want %v", i, got, all)
			}
		}
		balanced(t, o)
	})
}

// A discount of all that an invoice would ask for: it is paid, and what it charges is no debt, whether the month makes it or a carnê has it.
func TestAnInvoiceOfNothingIsNoOpenDebt(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		subs := billedMonthly(o, 2)
		for i, sub := range subs {
			event := billing.NewEvent{Customer: sub.CustomerID, Subscription: sub.ID, Description: "Indicação", Discount: true, Value: 89_90, Parts: 1, From: tenth, Key: fmt.Sprint(i)}
			if _, err := desk(o).AddEvent(o.As("comercial"), event); err != nil {
				t.Fatal(err)
			}
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(subs[1].ID).SetBooklet(true).Exec(ctx)
		})
		if _, err := desk(o).IssueBooklet(o.As("comercial"), billing.NewBooklet{Customer: subs[1].CustomerID, Subscription: subs[1].ID, Start: tenth, FirstDue: tenth, Instalments: 1}); err != nil {
			t.Fatal(err)
		}
		billMonth(t, o)
		for _, sub := range subs {
			if got := issuedOf(o, sub.CustomerID); !slices.Equal(got, []string{"10/12 0,00: recurring 89,90, event \u221289,90"}) {
				t.Errorf("%v", got)
			}
		}
		balanced(t, o)
		o.Pass(30 * 24 * time.Hour)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, sub := range subs {
				if owed, err := billing.OverdueOf(ctx, c, o.DB.Today(ctx), sub); owed != 0 || err != nil {
					t.Errorf("%s is overdue of it, %v", owed, err)
				}
			}
			return nil
		})
	})
}

func TestWhoCannotBeBilledIsNotedUntilHeIs(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		subs := billedMonthly(o, 3)
		bad := uuid.Nil
		o.Write(func(ctx context.Context, c *ent.Client) error { // its plan has a composition that is not its price
			plan := c.Plan.GetX(ctx, subs[1].PlanID)
			made := c.Plan.Create().SetName("Torto").SetDownKbps(1).SetUpKbps(1).SetPrice(10_00).SetTechnology(plan.Technology).SetCities([]string{}).SaveX(ctx)
			c.PlanItem.Create().SetPlanID(made.ID).SetKind("scm").SetName("SCM").SetPrice(9_00).SetPosition(0).ExecX(ctx)
			bad = made.ID
			return c.Subscription.UpdateOneID(subs[1].ID).SetPlanID(made.ID).Exec(ctx)
		})
		run := billMonth(t, o)
		if run.Invoices != 2 || len(run.Refused) != 1 || run.Refused[0].Customer != subs[1].CustomerID {
			t.Fatalf("%+v", run)
		}
		open := func() (n int) {
			o.Read(func(ctx context.Context, c *ent.Client) error {
				n = c.TickProblem.Query().Where(tickproblem.SolvedAtIsNil(), tickproblem.Code("composition_sum")).CountX(ctx)
				return nil
			})
			return n
		}
		billMonth(t, o)
		if n := open(); n != 1 {
			t.Errorf("%d problems are noted", n)
		}
		if err := desk(o).RebillMonth(o.As("gerente"), subs[1].CustomerID); demotest.Fault(err) != "composition_sum" {
			t.Errorf("tried again: %v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Plan.UpdateOneID(bad).SetPrice(9_00).Exec(ctx)
		})
		if err := desk(o).RebillMonth(o.As("suporte"), subs[1].CustomerID); demotest.Fault(err) != "denied" {
			t.Errorf("suporte tries: %v", err)
		}
		hundred(t, func() (struct{}, error) { return done(desk(o).RebillMonth(o.As("gerente"), subs[1].CustomerID)) })
		if open() != 0 {
			t.Errorf("tried again when it can be, %d are noted", open())
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Charge.Query().Where(charge.SubscriptionID(subs[1].ID), charge.KindEQ(charge.KindRecurring)).CountX(ctx); n != 1 {
				t.Errorf("%d charges", n)
			}
			return nil
		})
	})
}
