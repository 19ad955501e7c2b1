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
				sum += part
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
		for seed := range uint64(4) {
			random := rand.New(rand.NewPCG(seed, 8))
			mode, base := []subscription.Mode{subscription.ModeAntecipado, subscription.ModePostecipado}[seed%2], []officepolicy.ProrationBase{officepolicy.ProrationBaseThirty, officepolicy.ProrationBaseReal}[seed/2]
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

// live pays an invoice, or migrates, or both.
func live(t *testing.T, o *demotest.Office, random *rand.Rand, s *tale, real bool) {
	t.Helper()
	if random.IntN(2) == 0 {
		settle(o, s)
	}
	if random.IntN(3) == 0 {
		return
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
		c.PlanChange.Create().SetFromID(from.ID).SetToID(to.ID).SetImmediate(true).SetOpenBooklet(choice).SetRequestedAt(o.DB.Now()).ExecX(ctx)
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
