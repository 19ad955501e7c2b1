package subscriptions_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingeventpart"
	"enlace/ent/charge"
	"enlace/ent/credit"
	"enlace/ent/credituse"
	"enlace/ent/invoice"
	"enlace/ent/officepolicy"
	"enlace/ent/planchange"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// tale is a customer with two services, whose days pass.
type tale struct {
	customer uuid.UUID
	subs     [2]uuid.UUID
	start    calendar.Date
	holes    [][2]time.Time // days without the first service
}

const (
	taleFee   = 200_00 // in three parts, of the first service
	taleParts = 3
)

// beginTale is a customer with two services that run from today on, on one invoice a month: the first with an installation fee in parts, a
// surcharge and a discount, the second by carnê, or like it.
func beginTale(o *demotest.Office, random *rand.Rand, mode subscription.Mode) *tale {
	o.T.Helper()
	s := &tale{start: o.DB.Today(o.Worker())}
	o.Write(func(ctx context.Context, c *ent.Client) error {
		like := c.Subscription.Query().Where(subscription.CustomerID(o.Maria.ID)).FirstX(ctx)
		there := c.Subscription.Query().IDsX(ctx)
		if err := demotest.Clone(ctx, c, like, calendar.Date{}, 2); err != nil {
			return err
		}
		made := c.Subscription.Query().Where(subscription.IDNotIn(there...)).Order(subscription.ByNumber()).AllX(ctx)
		s.customer = made[0].CustomerID
		for i, sub := range made {
			c.Customer.UpdateOneID(sub.CustomerID).SetDocument(uuid.NewString()[:11]).ExecX(ctx) // the next clones have the first ones'
			s.subs[i] = sub.ID
			update := c.Subscription.UpdateOneID(sub.ID).SetCustomerID(s.customer).SetBooklet(false).SetMode(mode).SetDueDay(10).SetPrice(money.Cents(79_90 + 20_00*i)).SetEnabledOn(s.start).SetSoldOn(s.start.AddDays(-30)).
				SetStatus(status.Enabled).SetStatusSince(o.DB.Now()).ClearBilledUntil().SetWholeBilled(0).SetFeeChoice(subscription.FeeChoiceNone)
			if i == 0 {
				update.SetFeeChoice(subscription.FeeChoiceFirstInvoices).SetFee(taleFee).SetFeeParts(taleParts)
			}
			update.ExecX(ctx)
		}
		return nil
	})
	for _, event := range []billing.NewEvent{{Description: "Roteador extra", Value: 45_00, Parts: 3}, {Description: "Desconto de boas-vindas", Value: 20_01, Parts: 4, Discount: true}} {
		event.Customer, event.Subscription, event.From = s.customer, s.subs[0], s.start
		if _, err := (billing.Desk{DB: o.DB}).AddEvent(o.As("gerente"), event); err != nil {
			o.T.Fatal(err)
		}
	}
	if random.IntN(2) == 0 {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(s.subs[1]).SetBooklet(true).Exec(ctx)
		})
		first := calendar.NextDue(s.start, 10)
		in := billing.NewBooklet{Customer: s.customer, Subscription: s.subs[1], Start: s.start, FirstDue: first, Instalments: 6}
		if _, err := (billing.Desk{DB: o.DB}).IssueBooklet(o.As("comercial"), in); err != nil {
			o.T.Fatal(err)
		}
	}
	return s
}

// pass lets days go by; each day the month is billed, and now and then an invoice is paid.
func (s *tale) pass(o *demotest.Office, random *rand.Rand, days int) {
	o.T.Helper()
	for range days {
		o.Pass(24 * time.Hour)
		d, till := billing.Desk{DB: o.DB}, o.As("financeiro")
		if _, err := d.BillMonth(o.Worker()); err != nil {
			o.T.Fatal(err)
		}
		account, err := d.Account(till, s.customer)
		if err != nil {
			o.T.Fatal(err)
		}
		for _, one := range account.Invoices {
			if due := one.Invoice.Due.DaysSince(o.DB.Today(till)); one.Owed() > 0 && (due <= 0 || due < 9 && random.IntN(12) == 0) {
				if _, err := d.ReceiveAtCounter(till, billing.Receipt{Invoice: one.Invoice.ID, Amount: one.Owed(), PaidOn: o.DB.Today(till)}); err != nil {
					o.T.Fatal(err)
				}
			}
		}
	}
}

// asked is what the books ask of the customer: all that is charged, less what was given back as credit.
func (s *tale) asked(o *demotest.Office) (sum money.Cents) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, row := range c.Charge.Query().Where(charge.CustomerID(s.customer), charge.CancelledAtIsNil(), charge.KindNEQ(charge.KindLate)).AllX(ctx) {
			sum += row.Amount
		}
		for _, row := range c.Credit.Query().Where(credit.CustomerID(s.customer), credit.PaymentIDIsNil()).AllX(ctx) {
			sum -= row.Amount
			for _, back := range c.CreditUse.Query().Where(credituse.CreditID(row.ID), credituse.PaymentIDIsNil()).AllX(ctx) {
				sum += back.Amount
			}
		}
		return nil
	})
	return sum
}

// of is what is charged for one of the services, as far as its invoices were made.
func (s *tale) of(o *demotest.Office, sub uuid.UUID) (sum money.Cents) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, row := range c.Charge.Query().Where(charge.SubscriptionID(sub), charge.CancelledAtIsNil(), charge.KindNEQ(charge.KindLate)).AllX(ctx) {
			sum += row.Amount
		}
		return nil
	})
	return sum
}

// owes is what a service that ends today costs, from money.md and not by the code: its days; the whole fee and the whole surcharge (M4); of the
// discount the parts of months that have begun, and those an invoice bears that stands.
func (s *tale) owes(o *demotest.Office, at int) (sum money.Cents) {
	today := o.DB.Today(o.Worker())
	if at == 1 {
		return daysOwed(99_90, 10, civil(s.start), civil(today))
	}
	sum = daysOwed(79_90, 10, civil(s.start), civil(today), s.holes...)
	sum += taleFee + 45_00
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, part := range c.BillingEventPart.Query().Where(billingeventpart.SubscriptionID(s.subs[0]), billingeventpart.AmountLT(0)).AllX(ctx) {
			stands := part.ChargeID != nil && c.Charge.GetX(ctx, *part.ChargeID).CancelledAt == nil
			if !part.Month.After(today) || stands {
				sum += part.Amount
			}
		}
		return nil
	})
	return sum
}

// In any timeline of invoices, payments, surcharges, discounts and fees in parts who cancels owes what money.md says, as the preview shows it;
// and whatever ended a service, undo brings everything back.
func TestACancellationInAnyTimelineIsReckonedAndUndone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error { // the monthly run is for the tales alone
			return c.Subscription.Update().SetBooklet(true).Exec(ctx)
		})
		for seed := range uint64(10) {
			random := rand.New(rand.NewPCG(seed, 7))
			s := beginTale(o, random, []subscription.Mode{subscription.ModeAntecipado, subscription.ModePostecipado}[seed%2])
			for round := range 3 {
				s.pass(o, random, 1+random.IntN(25))
				at := random.IntN(2)
				whole := func() string { return standing(o, s.customer) + "\n" + standing(o, o.Joao.ID) }
				before, other := whole(), s.of(o, s.subs[1-at])
				switch random.IntN(4) {
				case 0:
					open := planchange.OpenBookletReprice
					if random.IntN(2) == 0 {
						open = planchange.OpenBookletReissue
					}
					migrate(o, s.subs[at], open)
				case 1:
					carne := random.IntN(2) == 0
					handOver(o, s.subs[at], o.Joao, func(create *ent.TransferCreate) { create.SetBooklet(carne).SetDueDay([]int{10, 20}[random.IntN(2)]) })
				default:
					s.cancel(t, o, at, other)
				}
				if t.Failed() {
					t.Fatalf("seed %d, round %d, service %d", seed, round, at)
				}
				o.Pass(time.Duration(random.IntN(23)) * time.Hour)
				if err := undo(o, s.subs[at]); err != nil {
					t.Fatalf("seed %d, round %d: %v", seed, round, err)
				}
				if after := whole(); after != before {
					t.Fatalf("seed %d, round %d: it stands otherwise:\n%s", seed, round, unlike(before, after))
				}
			}
			s.pass(o, random, 20) // life goes on
			o.Write(func(ctx context.Context, c *ent.Client) error {
				return c.Subscription.Update().Where(subscription.CustomerID(s.customer)).SetBooklet(true).Exec(ctx)
			})
		}
		audited(t, o)
	})
}

func (s *tale) cancel(t *testing.T, o *demotest.Office, at int, other money.Cents) {
	t.Helper()
	boss, before := o.As("gerente"), s.asked(o)
	in := subscriptions.Cancel{Subscription: s.subs[at], Reason: "preco", Note: "achou mais barato", Key: uuid.NewString()}
	p, err := desk(o).PreviewCancel(boss, in)
	if err != nil {
		t.Fatal(err)
	}
	shown := p.Total - p.ToCredit()
	for _, one := range p.Cancelled {
		shown -= one.Total
	}
	for _, one := range p.Lowered {
		shown += one.Amount - one.Standing.Total
	}
	in.Shown = p.Seen()
	if _, err := desk(o).Cancel(boss, in); err != nil {
		t.Fatal(err)
	}
	now := s.asked(o)
	if now-before != shown {
		t.Errorf("it showed %s and posted %s", shown, now-before)
	}
	if want := s.owes(o, at) + other; now != want {
		t.Errorf("on %s of one begun on %s the books ask %s, of which %s of the other service; money.md says %s", o.DB.Today(boss), s.start, now, other, want)
	}
	o.Read(func(ctx context.Context, c *ent.Client) error {
		open := c.Invoice.Query().Where(invoice.CustomerID(s.customer), invoice.CancelledAtIsNil(), invoice.PaidAtIsNil()).AllX(ctx)
		all, err := billing.Standings(ctx, c, o.DB.Today(ctx), open...)
		for _, one := range all {
			if one.Total < 0 {
				t.Errorf("invoice %d is of %s", one.Invoice.Number, one.Total)
			}
		}
		return err
	})
}

// The month is billed while a pause runs that is to go on into it. Who then returns early, and cancels, owes the days with service.
func TestWhoCancelsAfterAPauseThatAMonthWasBilledInOwesTheDaysServed(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error { // the monthly run is for the tale alone
			return c.Subscription.Update().SetBooklet(true).Exec(ctx)
		})
		period := func(from calendar.Date) calendar.Date { return calendar.NextDue(calendar.NextDue(from, 10), 10) } // the end of the second
		for _, of := range []struct {
			name  string
			after int // days of service
			stays int // days after all
			pause func(from calendar.Date) (until, back calendar.Date)
		}{
			{"in a period that was billed", 12, 10, func(from calendar.Date) (until, back calendar.Date) { return from.AddDays(55), from.AddDays(30) }},
			{"in one that was left out, after the next was billed", 12, 10, func(from calendar.Date) (until, back calendar.Date) {
				return period(from).AddDays(8), period(from).AddDays(-5)
			}},
			{"in one that was left out, and cancels in it", 12, 1, func(from calendar.Date) (until, back calendar.Date) {
				return period(from).AddDays(8), period(from).AddDays(-5)
			}},
			{"in the very first, which was left out", 0, 10, func(from calendar.Date) (until, back calendar.Date) {
				end := calendar.NextDue(from, 10)
				return end.AddDays(20), end.AddDays(-3)
			}},
			{"in the second, when nothing was billed yet", 0, 10, func(from calendar.Date) (until, back calendar.Date) {
				return period(from).AddDays(40), period(from).AddDays(-10)
			}},
		} {
			random := rand.New(rand.NewPCG(1, 7))
			begins := calendar.NextDue(o.DB.Today(o.Worker()), 12) // the lengths of the pauses are of this day of a month
			o.Pass(time.Duration(begins.DaysSince(o.DB.Today(o.Worker()))) * 24 * time.Hour)
			s := beginTale(o, random, subscription.ModeAntecipado)
			s.pass(o, random, of.after)
			from := o.DB.Today(o.Worker())
			until, back := of.pause(from)
			in := subscriptions.Pause{Subscription: s.subs[0], Until: until, Reason: "vai viajar", Key: of.name}
			if _, err := desk(o).Pause(o.As("comercial"), in); err != nil {
				t.Fatal(err)
			}
			s.pass(o, random, back.DaysSince(from))
			s.holes = append(s.holes, [2]time.Time{civil(from), civil(back)})
			if _, err := desk(o).Return(o.As("comercial"), subscriptions.Return{Subscription: s.subs[0], Key: of.name}); err != nil {
				t.Fatal(err)
			}
			s.pass(o, random, 1)
			s.suspend(o, 2)
			s.pass(o, random, of.stays)
			if s.cancel(t, o, 0, s.of(o, s.subs[1])); t.Failed() {
				t.Fatal("back ", of.name)
			}
			o.Write(func(ctx context.Context, c *ent.Client) error {
				return c.Subscription.Update().Where(subscription.CustomerID(s.customer)).SetBooklet(true).Exec(ctx)
			})
		}
		audited(t, o)
	})
}

// suspend takes the first service away for some days, as for a debt that the next payment clears.
func (s *tale) suspend(o *demotest.Office, days int) {
	o.T.Helper()
	from := o.DB.Today(o.Worker())
	o.Write(func(ctx context.Context, c *ent.Client) error {
		c.Subscription.UpdateOneID(s.subs[0]).SetStatus(status.SuspendedDebt).SetStatusSince(o.DB.Now()).ExecX(ctx)
		return c.Suspension.Create().SetSubscriptionID(s.subs[0]).SetKind(suspension.KindDebito).SetFromDay(from).SetAt(o.DB.Now()).Exec(ctx)
	})
	o.Pass(time.Duration(days) * 24 * time.Hour)
	d, till := billing.Desk{DB: o.DB}, o.As("financeiro")
	account, err := d.Account(till, s.customer)
	if err != nil {
		o.T.Fatal(err)
	}
	for _, one := range account.Invoices {
		if one.Owed() > 0 {
			if _, err := d.ReceiveAtCounter(till, billing.Receipt{Invoice: one.Invoice.ID, Amount: one.Owed(), PaidOn: o.DB.Today(till)}); err != nil {
				o.T.Fatal(err)
			}
		}
	}
	o.Read(func(ctx context.Context, c *ent.Client) error {
		if is := c.Subscription.GetX(ctx, s.subs[0]).Status; is != status.Enabled {
			o.T.Fatalf("it is %s", is)
		}
		return nil
	})
	s.holes = append(s.holes, [2]time.Time{civil(from), civil(from.AddDays(days))})
}

// The service comes back on 15/12, five days into a period that nobody has billed: a carnê that begins with it is less those (money.md M7).
func TestACarneMadeAfterASuspensionIsLessItsDays(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := beginTale(o, rand.New(rand.NewPCG(1, 7)), subscription.ModeAntecipado)
		o.Pass(22 * 24 * time.Hour)
		today := o.DB.Today(o.Worker())
		from := today.AddDays(-5)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			c.Subscription.UpdateOneID(s.subs[0]).SetBooklet(true).SetBilledUntil(from).SetFeeChoice(subscription.FeeChoiceNone).ExecX(ctx)
			return c.Suspension.Create().SetSubscriptionID(s.subs[0]).SetKind(suspension.KindDebito).SetFromDay(from.AddDays(-14)).SetUntilDay(today).SetAt(o.DB.Now().Add(-19 * 24 * time.Hour)).
				SetEndedAt(o.DB.Now()).SetCreditedAt(o.DB.Now()).Exec(ctx)
		})
		o.Pass(time.Hour)
		in := billing.NewBooklet{Customer: s.customer, Subscription: s.subs[0], Start: from, FirstDue: calendar.NextDue(today, 10), Instalments: 2}
		p, err := (billing.Desk{DB: o.DB}).PreviewBooklet(o.As("comercial"), in)
		if err != nil {
			t.Fatal(err)
		}
		if line := p.Instalments[0].Lines[0]; line.Period.From != from || line.Amount != 66_58 || !strings.Contains(line.Memo, "5 de 30 dias sem serviço") {
			t.Errorf("the first period is billed as %+v", line)
		}
	})
}

// Who takes a service over in a cycle that ends on the last of a month is given back the days of a pause by the days of that cycle, whatever due day
// he has himself.
func TestAPauseOfDaysTakenOverIsOfTheCycleTheyLieIn(t *testing.T) {
	for _, of := range []struct {
		wait  int // days before it begins
		long  int // days of the cycle
		twice bool
	}{{0, 30, false}, {80, 28, false}, {80, 28, true}} { // 28/02 is a due day like any other, and the last of a month too
		t.Run(fmt.Sprint(of), func(t *testing.T) {
			demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
				random := rand.New(rand.NewPCG(1, 7))
				o.Pass(time.Duration(of.wait) * 24 * time.Hour)
				s := beginTale(o, random, subscription.ModeAntecipado)
				o.Write(func(ctx context.Context, c *ent.Client) error {
					c.OfficePolicy.Update().SetProrationBase(officepolicy.ProrationBaseReal).ExecX(ctx)
					return c.Subscription.UpdateOneID(s.subs[0]).SetDueDay(calendar.LastDay).SetPrice(310_00).Exec(ctx)
				})
				s.pass(o, random, 1)
				terms := func(create *ent.TransferCreate) { create.SetDueDay(20).SetMode("antecipado").SetBooklet(false) }
				heir := func() (who *ent.Customer) { // who owes nothing
					of := beginTale(o, random, subscription.ModeAntecipado).customer
					o.Read(func(ctx context.Context, c *ent.Client) error { who = c.Customer.GetX(ctx, of); return nil })
					return who
				}
				handOver(o, s.subs[0], heir(), terms)
				s.pass(o, random, 2)
				if of.twice {
					handOver(o, s.subs[0], heir(), terms)
					s.pass(o, random, 2)
				}
				today := o.DB.Today(o.Worker())
				end := calendar.NextDue(today, calendar.LastDay)
				if end.Day() != of.long || !end.After(today) {
					t.Fatalf("the tale is told on %s, in no cycle of %d days that ends on the last of the month", today, of.long)
				}
				a, err := desk(o).PreviewPause(o.As("comercial"), subscriptions.Pause{Subscription: s.subs[0], Until: today.AddDays(35), Reason: "vai viajar"})
				if err != nil {
					t.Fatal(err)
				}
				if len(a.Credits) == 0 || a.Credits[0].Amount != -money.Cents((310_00*end.DaysSince(today)+of.long-1)/of.long) {
					t.Errorf("of the %d days up to %s is given back %+v", end.DaysSince(today), end, a.Credits)
				}
			})
		})
	}
}
