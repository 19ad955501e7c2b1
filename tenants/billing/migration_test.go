package billing_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingeventpart"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/officepolicy"
	"enlace/ent/plan"
	"enlace/ent/planchange"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// tale is what happened to one service, as money.md has it, and nothing of the code.
type tale struct {
	sub    *ent.Subscription
	start  calendar.Date
	prices []since // in force from a day on, the earliest first
	away   []calendar.Period
}

// lost is what days without service give back of days at a price: up(price × days ÷ base), and never more than they cost; of days with which a cycle
// begins all that they cost, when none was served (M7).
func (s *tale) lost(days calendar.Period, first bool, cost, price, base int64) (sum int64) {
	for _, gap := range s.away {
		if run := days.Intersect(gap); run.Empty() {
			continue
		} else if first && run == days {
			return cost
		} else {
			sum += (price*int64(run.Days()) + base - 1) / base
		}
	}
	if first {
		return min(sum, cost)
	}
	return sum
}

type since struct {
	day   calendar.Date
	price int64
}

// owes is what all days from the start to an end cost: each cycle is cut at the days on which a price came into force; the first piece is
// cut(price × days before ÷ base), and each other one what remains of its own price (M1, M5).
func (s *tale) owes(end calendar.Date, dueDay int, real bool) (sum int64) {
	for at := s.start; at.Before(end); {
		due := next(at, dueDay)
		before := next(at.AddDays(-40), dueDay)
		for next(before, dueDay).Before(due) {
			before = next(before, dueDay)
		}
		base := int64(30)
		if real {
			base = int64(due.DaysSince(before))
		}
		upTo := func(price int64, day calendar.Date) int64 { // what the days from at to day cost at a price
			days := int64(day.DaysSince(at))
			if day == due && at == before {
				return price
			}
			return min(price, price*days/base)
		}
		for i, one := range s.prices {
			from, to := one.day, due
			if from.Before(at) {
				from = at
			}
			if i+1 < len(s.prices) && s.prices[i+1].day.Before(to) {
				to = s.prices[i+1].day
			}
			if from.Before(to) {
				part := upTo(one.price, to)
				if from.After(at) {
					part -= upTo(one.price, from)
				}
				sum += part - s.lost(calendar.Period{From: from, To: to}, from == at, part, one.price, base)
			}
		}
		at = due
	}
	return sum
}

func next(day calendar.Date, dueDay int) calendar.Date {
	for day = day.AddDays(1); day.Day() != dueDay; day = day.AddDays(1) {
	}
	return day
}

// from puts a price in force; what was to come into force later does not.
func (s *tale) from(day calendar.Date, price int64) {
	for len(s.prices) > 0 && !s.prices[len(s.prices)-1].day.Before(day) {
		s.prices = s.prices[:len(s.prices)-1]
	}
	s.prices = append(s.prices, since{day, price})
}

// billed is what stands charged, rides or will ride, less what was credited, of a chain of services.
func billed(ctx context.Context, c *ent.Client, sub *ent.Subscription) (sum money.Cents) {
	ids := []uuid.UUID{sub.ID}
	if sub.ChainID != nil {
		ids = append(ids, c.Subscription.Query().Where(subscription.Or(subscription.ID(*sub.ChainID), subscription.ChainID(*sub.ChainID))).IDsX(ctx)...)
	}
	for _, row := range c.Charge.Query().Where(charge.SubscriptionIDIn(ids...), charge.CancelledAtIsNil()).AllX(ctx) {
		sum += row.Amount
	}
	for _, part := range c.BillingEventPart.Query().Where(billingeventpart.SubscriptionIDIn(ids...), billingeventpart.ChargeIDIsNil(), billingeventpart.CancelledAtIsNil()).AllX(ctx) {
		sum += part.Amount
	}
	for _, one := range c.Credit.Query().AllX(ctx) {
		if one.CustomerID == sub.CustomerID {
			sum -= one.Amount
		}
	}
	return sum
}

// In any timeline of migrations and payments what is billed less what is credited is what money.md says the days cost, and the preview of each
// is what is posted.
func TestMigrationsCostWhatTheirDaysDo(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		for seed := range uint64(16) {
			random := rand.New(rand.NewPCG(seed, 8))
			mode, base := []subscription.Mode{subscription.ModeAntecipado, subscription.ModePostecipado}[seed%2], []officepolicy.ProrationBase{officepolicy.ProrationBaseThirty, officepolicy.ProrationBaseReal}[seed/2%2]
			o.Write(func(ctx context.Context, c *ent.Client) error {
				return c.OfficePolicy.Update().SetProrationBase(base).Exec(ctx)
			})
			var tales []*tale
			for n := range 6 {
				tales = append(tales, begin(o, random, mode, n%3 > 0))
			}
			for range 5 {
				o.Pass(time.Duration(1+random.IntN(17)) * 24 * time.Hour)
				for _, s := range tales {
					live(t, o, random, s, base == officepolicy.ProrationBaseReal)
				}
			}
		}
		balanced(t, o)
	})
}

const taleDay = 10

// begin is a service of a customer of its own that runs from today on, with a carnê of eight or without any invoice.
func begin(o *demotest.Office, random *rand.Rand, mode subscription.Mode, carne bool) *tale {
	s := &tale{}
	o.Write(func(ctx context.Context, c *ent.Client) error {
		like, today := c.Subscription.Query().Where(subscription.CustomerID(o.Maria.ID)).FirstX(ctx), o.DB.Today(ctx)
		number, err := numbers.Next(ctx, c, numbers.Customer)
		if err != nil {
			return err
		}
		who := c.Customer.Create().SetNumber(number).SetKind(o.Maria.Kind).SetName("Cliente de contas").SetDocument(uuid.NewString()[:11]).SaveX(ctx)
		if number, err = numbers.Next(ctx, c, numbers.Subscription); err != nil {
			return err
		}
		of := aPlan(ctx, c, random)
		s.start = today
		s.prices = []since{{today, int64(of.Price)}}
		s.sub = c.Subscription.Create().SetNumber(number).SetCustomerID(who.ID).SetPlanID(of.ID).SetStatus(status.Enabled).SetStatusSince(o.DB.Now()).SetPrice(of.Price).
			SetSoldOn(today).SetEnabledOn(today).SetMethodID(like.MethodID).SetDueDay(taleDay).SetMode(mode).SetBooklet(carne).SetFeeChoice(subscription.FeeChoiceNone).SaveX(ctx)
		return nil
	})
	if !carne {
		return s
	}
	first := next(s.start, taleDay)
	if _, err := desk(o).IssueBooklet(o.As("comercial"), billing.NewBooklet{Customer: s.sub.CustomerID, Subscription: s.sub.ID, Start: s.start, FirstDue: first, Instalments: 8}); err != nil {
		o.T.Fatal(err)
	}
	return s
}

func aPlan(ctx context.Context, c *ent.Client, random *rand.Rand, but ...uuid.UUID) *ent.Plan {
	all := c.Plan.Query().Where(plan.IDNotIn(but...)).Order(plan.ByName()).AllX(ctx)
	return all[random.IntN(len(all))]
}

// live pays an invoice, or migrates, or both; what is suspended migrates by an override.
func live(t *testing.T, o *demotest.Office, random *rand.Rand, s *tale, real bool) {
	t.Helper()
	suspended := s.suspended(o)
	if !suspended && random.IntN(2) == 0 {
		settle(o, s)
	}
	if !suspended && random.IntN(4) == 0 {
		s.suspend(o)
		return
	}
	if random.IntN(3) == 0 {
		return
	}
	if suspended {
		s.away[len(s.away)-1].To = o.DB.Today(o.Worker())
	}
	var choice planchange.OpenBooklet
	var owed, before money.Cents
	o.Read(func(ctx context.Context, c *ent.Client) error { before = billed(ctx, c, s.sub); return nil })
	o.Write(func(ctx context.Context, c *ent.Client) error {
		today := o.DB.Today(ctx)
		from := c.Subscription.GetX(ctx, s.sub.ID)
		of := aPlan(ctx, c, random, from.PlanID)
		choice = []planchange.OpenBooklet{planchange.OpenBookletReprice, planchange.OpenBookletReissue, planchange.OpenBookletKeep}[random.IntN(3)]
		if choice == planchange.OpenBookletKeep && !hasOpen(ctx, c, from, today) {
			choice = planchange.OpenBookletReprice
		}
		number, err := numbers.Next(ctx, c, numbers.Subscription)
		if err != nil {
			return err
		}
		first := from.ID
		if from.ChainID != nil {
			first = *from.ChainID
		}
		to := c.Subscription.Create().SetNumber(number).SetCustomerID(from.CustomerID).SetPlanID(of.ID).SetChainID(first).SetMadeBy(subscription.MadeByMigration).SetStatus(status.WaitingMigration).
			SetStatusSince(o.DB.Now()).SetPrice(of.Price).SetSoldOn(today).SetMethodID(from.MethodID).SetDueDay(from.DueDay).SetMode(from.Mode).SetBooklet(from.Booklet).
			SetFeeChoice(subscription.FeeChoiceNone).SaveX(ctx)
		c.PlanChange.Create().SetFromID(from.ID).SetToID(to.ID).SetImmediate(true).SetOverrideReason("o gerente deixou").SetOpenBooklet(choice).SetRequestedAt(o.DB.Now()).ExecX(ctx)
		preview, err := desk(o).PreviewMigration(ctx, c, billing.Migrating{From: from, To: to, Open: choice})
		if err != nil {
			return err
		}
		for _, page := range preview.Pages {
			owed += page.After - page.Total
		}
		owed += preview.Net()
		if preview.Passed != nil {
			owed += preview.Passed.Total
		}
		if choice == planchange.OpenBookletKeep {
			s.from(from.BilledUntil, int64(of.Price))
		} else {
			s.from(today, int64(of.Price))
		}
		s.sub, err = subscriptions.Desk{DB: o.DB}.Migrate(ctx, c, to.ID)
		return err
	})
	o.Read(func(ctx context.Context, c *ent.Client) error {
		now, ends := billed(ctx, c, s.sub), c.Subscription.GetX(ctx, s.sub.ID).BilledUntil
		if now-before != owed {
			t.Errorf("%s showed %s and posted %s", choice, owed, now-before)
		}
		if want := money.Cents(s.owes(ends, taleDay, real)); now != want {
			t.Errorf("%s on %s of %v: %s is billed to %s, money.md says %s", choice, o.DB.Today(ctx), s.prices, now, ends, want)
		}
		return nil
	})
}

func (s *tale) suspended(o *demotest.Office) (is bool) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		is = c.Subscription.GetX(ctx, s.sub.ID).Status == status.SuspendedDebt
		return nil
	})
	return is
}

// suspend cuts a service today, until it is migrated.
func (s *tale) suspend(o *demotest.Office) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		today := o.DB.Today(ctx)
		s.away = append(s.away, calendar.Period{From: today})
		c.Suspension.Create().SetSubscriptionID(s.sub.ID).SetKind("debito").SetFromDay(today).SetAt(o.DB.Now()).ExecX(ctx)
		return c.Subscription.UpdateOneID(s.sub.ID).SetStatus(status.SuspendedDebt).Exec(ctx)
	})
}

// hasOpen says whether an instalment is left that could take another price: nothing of it is paid, and none of its days to come has begun.
func hasOpen(ctx context.Context, c *ent.Client, sub *ent.Subscription, today calendar.Date) bool {
	for _, one := range c.Invoice.Query().Where(invoice.CustomerID(sub.CustomerID), invoice.BookletIDNotNil(), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).AllX(ctx) {
		coming, begun := 0, 0
		for _, row := range c.Charge.Query().Where(charge.InvoiceID(one.ID), charge.KindEQ(charge.KindRecurring), charge.CancelledAtIsNil(), charge.PeriodToGT(today)).AllX(ctx) {
			if coming++; row.PeriodFrom.Before(today) {
				begun++
			}
		}
		if coming > 0 && begun == 0 {
			return true
		}
	}
	return false
}

// settle pays the next invoice of a customer.
func settle(o *demotest.Office, s *tale) {
	ctx := o.As("financeiro")
	account, err := desk(o).Account(ctx, s.sub.CustomerID)
	if err != nil {
		o.T.Fatal(err)
	}
	for i := len(account.Invoices) - 1; i >= 0; i-- {
		if one := account.Invoices[i]; one.Owed() > 0 {
			if _, err := desk(o).ReceiveAtCounter(ctx, billing.Receipt{Invoice: one.Invoice.ID, Amount: one.Owed(), PaidOn: o.DB.Today(ctx)}); err != nil {
				o.T.Fatal(err)
			}
			return
		}
	}
}

// monthly is a service that falls due on the 10th, of 99,90, on 22 December 2026, and another of 129,90 that takes its place (money.md M5).
type monthly struct {
	from, to *ent.Subscription
	invoice  *ent.Invoice // of 10 December to 10 January; nil: not billed yet
}

func fromA(o *demotest.Office, mode subscription.Mode, billedAlready bool) (m monthly) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		of := c.Plan.Query().Where(plan.Name("Fibra 800 Mega")).OnlyX(ctx)
		like := c.Subscription.Query().Where(subscription.CustomerID(o.Maria.ID)).FirstX(ctx)
		make := func(number int64, price money.Cents) *ent.SubscriptionCreate {
			return c.Subscription.Create().SetNumber(number).SetCustomerID(o.Maria.ID).SetPlanID(of.ID).SetStatusSince(o.DB.Now()).SetPrice(price).SetSoldOn(calendar.On(2026, 12, 10)).
				SetMethodID(like.MethodID).SetDueDay(10).SetMode(mode).SetFeeChoice(subscription.FeeChoiceNone)
		}
		m.from = make(9001, 99_90).SetStatus(status.Enabled).SetEnabledOn(calendar.On(2026, 12, 10)).SetBooklet(true).SaveX(ctx)
		m.to = make(9002, 129_90).SetStatus(status.WaitingMigration).SetChainID(m.from.ID).SetMadeBy(subscription.MadeByMigration).SaveX(ctx)
		c.PlanChange.Create().SetFromID(m.from.ID).SetToID(m.to.ID).SetRequestedAt(o.DB.Now()).ExecX(ctx)
		return nil
	})
	o.Pass(29 * 24 * time.Hour)
	if billedAlready {
		first := calendar.On(2026, 12, 10)
		if mode == subscription.ModePostecipado {
			first = calendar.On(2027, 1, 10)
		}
		made, err := desk(o).IssueBooklet(o.As("comercial"), billing.NewBooklet{Customer: o.Maria.ID, Subscription: m.from.ID, Start: calendar.On(2026, 12, 10), FirstDue: first, Instalments: 1})
		if err != nil {
			o.T.Fatal(err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			m.invoice = c.Invoice.Query().Where(invoice.BookletID(made.ID)).OnlyX(ctx)
			return m.invoice.Update().ClearBookletID().SetInstalment(0).Exec(ctx)
		})
	}
	o.Write(func(ctx context.Context, c *ent.Client) error {
		m.from = c.Subscription.UpdateOneID(m.from.ID).SetBooklet(false).SaveX(ctx)
		return nil
	})
	return m
}

func (m monthly) enable(o *demotest.Office, terms ...func(*ent.SubscriptionUpdateOne)) (preview *billing.MigrationPreview) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		for _, change := range terms {
			update := c.Subscription.UpdateOneID(m.to.ID)
			change(update)
			m.to = update.SaveX(ctx)
		}
		var err error
		preview, err = desk(o).PreviewMigration(ctx, c, billing.Migrating{From: m.from, To: m.to})
		return err
	})
	if _, err := (subscriptions.Desk{DB: o.DB}).Enable(o.As("comercial"), m.to.ID); err != nil {
		o.T.Fatal(err)
	}
	balanced(o.T.(*testing.T), o)
	return preview
}

func TestM5Antecipado(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		m := fromA(o, subscription.ModeAntecipado, true)
		if preview := m.enable(o); preview.Net() != 18_00 || preview.Goes != billing.GoesNext || len(preview.Lines) != 2 {
			t.Errorf("%s goes %s in %d lines", preview.Net(), preview.Goes, len(preview.Lines))
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			riding, err := billing.RidingEvents(ctx, c, m.to.ID, []money.Instalment{{Due: calendar.On(2027, 1, 10), Lines: []money.Line{{Amount: 129_90}}}})
			if err != nil || len(riding[0]) != 2 {
				t.Fatalf("%v ride: %v", riding, err)
			}
			said := map[money.Cents]string{}
			for _, line := range riding[0] {
				said[line.Amount] = line.Memo
			}
			if said[-59_94] != "R$ 99,90 − 12 de 30 dias × R$ 99,90" || said[77_94] != "R$ 129,90 − 12 de 30 dias × R$ 129,90" {
				t.Errorf("they say %v", said)
			}
			if to := c.Subscription.GetX(ctx, m.to.ID); to.BilledUntil != calendar.On(2027, 1, 10) {
				t.Errorf("billed to %s", to.BilledUntil)
			}
			return nil
		})
	})
}

func TestM5PostecipadoNotYetBilled(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		m := fromA(o, subscription.ModePostecipado, false)
		if preview := m.enable(o); preview.Passed == nil || preview.Passed.Total != 117_90 || preview.Passed.Due != calendar.On(2027, 1, 10) {
			t.Errorf("the invoice is %+v", preview.Passed)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for sub, want := range map[uuid.UUID]money.Cents{m.from.ID: 39_96, m.to.ID: 77_94} {
				row := c.Charge.Query().Where(charge.SubscriptionID(sub)).OnlyX(ctx)
				if row.Amount != want || !row.Suspends || row.Due != calendar.On(2027, 1, 10) {
					t.Errorf("%s for %s, due %s", row.Amount, row.Description, row.Due)
				}
			}
			return nil
		})
	})
}

// The bridge of a due day that changes: days from the end of what is billed to the new due day, and the first period from there.
func TestM5AnotherDueDayIsBridged(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		m := fromA(o, subscription.ModeAntecipado, true)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			m.from = c.Subscription.UpdateOneID(m.from.ID).SetPrice(99_90).SaveX(ctx)
			m.to = c.Subscription.UpdateOneID(m.to.ID).SetPrice(99_90).SaveX(ctx)
			return nil
		})
		preview := m.enable(o, func(to *ent.SubscriptionUpdateOne) { to.SetDueDay(20) })
		if preview.Net() != 0 || preview.Next == nil || preview.Next.Due != calendar.On(2027, 1, 20) || preview.Next.Total() != 133_20 || preview.Next.Lines[0].Amount != 33_30 {
			t.Errorf("the same price costs %s; the next invoice is %+v", preview.Net(), preview.Next)
		}
	})
}

// An invoice of a wholly future period is cancelled and made again at the new price, due on the same day.
func TestM5AnInvoiceToComeIsMadeAgain(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		m := fromA(o, subscription.ModeAntecipado, true)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(m.from.ID).SetBooklet(true).Exec(ctx)
		})
		made, err := desk(o).IssueBooklet(o.As("comercial"), billing.NewBooklet{Customer: o.Maria.ID, Subscription: m.from.ID, Start: calendar.On(2027, 1, 10), FirstDue: calendar.On(2027, 1, 10), Instalments: 1})
		if err != nil {
			t.Fatal(err)
		}
		var old *ent.Invoice
		o.Write(func(ctx context.Context, c *ent.Client) error {
			old = c.Invoice.Query().Where(invoice.BookletID(made.ID)).OnlyX(ctx)
			old.Update().ClearBookletID().SetInstalment(0).ExecX(ctx)
			m.from = c.Subscription.UpdateOneID(m.from.ID).SetBooklet(false).SaveX(ctx)
			return nil
		})
		m.enable(o)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if was := c.Invoice.GetX(ctx, old.ID); was.CancelledAt == nil {
				t.Error("the invoice of the old price stands")
			}
			fee := c.Charge.Query().Where(charge.SubscriptionID(m.to.ID), charge.KindEQ(charge.KindRecurring)).OnlyX(ctx)
			is := c.Invoice.GetX(ctx, *fee.InvoiceID)
			if fee.Amount != 129_90 || is.Due != old.Due || is.ID == old.ID || c.Slip.Query().Where(slip.InvoiceID(is.ID), slip.Amount(129_90)).CountX(ctx) != 1 {
				t.Errorf("%s is due on %s", fee.Amount, is.Due)
			}
			return nil
		})
	})
}
