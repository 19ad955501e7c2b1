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
	"enlace/ent/subscription"
	"enlace/ent/transfer"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/numbers"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// deal is a service that goes from hand to hand, as money.md has it, and nothing of the code.
type deal struct {
	sub    *ent.Subscription
	price  int64
	start  calendar.Date
	owners []owner // the first one first
	carne  bool
}

type owner struct {
	who  uuid.UUID
	from calendar.Date
}

// owes is what the days from the start to an end cost each owner: a period that changes hands on a day costs the one before its price times the
// days before the day by the base, never more than is left of it, and the next what is left (M6).
func (s *deal) owes(end calendar.Date, real bool) map[uuid.UUID]int64 {
	sums, k := map[uuid.UUID]int64{}, 0
	for at := s.start; at.Before(end); {
		due := next(at, taleDay)
		before := next(at.AddDays(-40), taleDay)
		for next(before, taleDay).Before(due) {
			before = next(before, taleDay)
		}
		base := int64(30)
		if real {
			base = int64(due.DaysSince(before))
		}
		left := s.price
		if at != before {
			left = min(s.price, s.price*int64(due.DaysSince(at))/base)
		}
		for from := at; ; {
			if k+1 == len(s.owners) || !s.owners[k+1].from.Before(due) {
				sums[s.owners[k].who] += left
				break
			}
			day := s.owners[k+1].from
			first := min(left, s.price*int64(day.DaysSince(from))/base)
			if day.After(from) {
				sums[s.owners[k].who] += first
				left, from = left-first, day
			}
			k++
		}
		at = due
	}
	return sums
}

// hadOf is what a customer who has nothing else is charged for a service, and will be, less what was credited.
func hadOf(ctx context.Context, c *ent.Client, sub *ent.Subscription, who uuid.UUID) (sum money.Cents) {
	for _, row := range c.Charge.Query().Where(charge.CustomerID(who), charge.CancelledAtIsNil(), charge.KindNEQ(charge.KindLate)).AllX(ctx) {
		sum += row.Amount
	}
	for _, part := range c.BillingEventPart.Query().Where(billingeventpart.SubscriptionID(sub.ID), billingeventpart.ChargeIDIsNil(), billingeventpart.CancelledAtIsNil()).AllX(ctx) {
		if c.BillingEvent.GetX(ctx, part.EventID).CustomerID == who {
			sum += part.Amount
		}
	}
	for _, one := range c.Credit.Query().AllX(ctx) {
		if one.CustomerID == who {
			sum -= one.Amount
		}
	}
	return sum
}

// somebody is a customer without anything.
func somebody(ctx context.Context, c *ent.Client, like *ent.Customer) *ent.Customer {
	number, err := numbers.Next(ctx, c, numbers.Customer)
	if err != nil {
		panic(err)
	}
	return c.Customer.Create().SetNumber(number).SetKind(like.Kind).SetName("Cliente de troca").SetDocument(uuid.NewString()[:11]).SaveX(ctx)
}

// In any timeline of transfers, there and back, payments, carnês and monthly runs, each owner is billed less credited what money.md says his days
// cost, and the preview of each transfer is what is posted.
func TestTransfersCostEachHolderHisDays(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Plan.Update().SetEmitsContract(false).Exec(ctx)
		})
		for seed := range uint64(16) {
			random := rand.New(rand.NewPCG(seed, 9))
			mode, base := []subscription.Mode{subscription.ModeAntecipado, subscription.ModePostecipado}[seed%2], []officepolicy.ProrationBase{officepolicy.ProrationBaseThirty, officepolicy.ProrationBaseReal}[seed/2%2]
			o.Write(func(ctx context.Context, c *ent.Client) error {
				return c.OfficePolicy.Update().SetProrationBase(base).Exec(ctx)
			})
			var deals []*deal
			for n := range 5 {
				told := begin(o, random, mode, n%2 > 0)
				deals = append(deals, &deal{told.sub, int64(told.sub.Price), told.start, []owner{{told.sub.CustomerID, told.start}}, n%2 > 0})
			}
			for range 6 {
				o.Pass(time.Duration(1+random.IntN(19)) * 24 * time.Hour)
				if random.IntN(2) == 0 {
					if _, err := desk(o).BillMonth(o.Worker()); err != nil {
						t.Fatal(err)
					}
				}
				for _, s := range deals {
					s.live(t, o, random, base == officepolicy.ProrationBaseReal)
				}
			}
			o.Write(func(ctx context.Context, c *ent.Client) error { // they are not billed with those of the next seed
				for _, s := range deals {
					c.Subscription.UpdateOneID(s.sub.ID).SetStatus(status.Cancelled).ExecX(ctx)
				}
				return nil
			})
		}
		balanced(t, o)
	})
}

// live pays an invoice, or hands the service on, or makes the holder's carnê.
func (s *deal) live(t *testing.T, o *demotest.Office, random *rand.Rand, real bool) {
	t.Helper()
	told := &tale{sub: s.sub}
	o.Read(func(ctx context.Context, c *ent.Client) error {
		told.sub = c.Subscription.GetX(ctx, s.sub.ID)
		return nil
	})
	if random.IntN(2) == 0 {
		settle(o, told)
	}
	if until := told.sub.BilledUntil; s.carne && !until.IsZero() && len(s.owners) > 1 && random.IntN(3) == 0 && until.Before(o.DB.Today(o.Worker()).AddDays(40)) {
		first := until
		if told.sub.Mode == subscription.ModePostecipado {
			first = next(until, taleDay)
		}
		if _, err := desk(o).IssueBooklet(o.As("comercial"), billing.NewBooklet{Customer: told.sub.CustomerID, Subscription: s.sub.ID, Start: until, FirstDue: first, Instalments: 5}); err != nil {
			t.Fatal(err)
		}
	}
	if random.IntN(3) > 0 {
		s.handOn(t, o, random)
	}
	o.Read(func(ctx context.Context, c *ent.Client) error {
		now := c.Subscription.GetX(ctx, s.sub.ID)
		want := s.owes(now.BilledUntil, real)
		for _, one := range s.owners {
			if had := hadOf(ctx, c, now, one.who); had != money.Cents(want[one.who]) {
				t.Errorf("%s on %s, carnê %v, of %v at %d: %s of %v is billed to %s, money.md says %s", now.Mode, o.DB.Today(ctx), s.carne, s.owners, s.price, had, one, now.BilledUntil, money.Cents(want[one.who]))
			}
		}
		return nil
	})
}

// handOn gives it to somebody new, or back to who had it.
func (s *deal) handOn(t *testing.T, o *demotest.Office, random *rand.Rand) {
	t.Helper()
	var shown, left money.Cents
	var from, to uuid.UUID
	var before [2]money.Cents
	o.Write(func(ctx context.Context, c *ent.Client) error {
		sub, today := c.Subscription.GetX(ctx, s.sub.ID), o.DB.Today(ctx)
		if from = sub.CustomerID; len(s.owners) > 1 && random.IntN(3) == 0 {
			to = s.owners[len(s.owners)-2].who
		} else {
			to = somebody(ctx, c, o.Maria).ID
		}
		before = [2]money.Cents{hadOf(ctx, c, sub, from), hadOf(ctx, c, sub, to)}
		row := c.Transfer.Create().SetSubscriptionID(sub.ID).SetFromID(from).SetToID(to).SetMethodID(sub.MethodID).SetDueDay(sub.DueDay).SetMode(transfer.Mode(sub.Mode)).
			SetBooklet(sub.Booklet).SetRequestedAt(o.DB.Now()).SaveX(ctx)
		preview, err := desk(o).PreviewTransfer(ctx, c, subscriptions.Handing(sub, row))
		if err != nil {
			return err
		}
		for _, one := range preview.Cancelled {
			left -= one.Total
		}
		for _, change := range preview.Lowered {
			left += change.Amount - change.Standing.Total
		}
		left += preview.Total - preview.ToCredit()
		if preview.First != nil {
			shown = preview.First.Total
		}
		s.owners = append(s.owners, owner{to, today})
		_, err = subscriptions.Desk{DB: o.DB}.HandOver(ctx, c, row, preview.Seen())
		return err
	})
	o.Read(func(ctx context.Context, c *ent.Client) error {
		sub := c.Subscription.GetX(ctx, s.sub.ID)
		if gone, come := hadOf(ctx, c, sub, from)-before[0], hadOf(ctx, c, sub, to)-before[1]; gone != left || come != shown {
			t.Errorf("%s and %s were shown, %s and %s posted", left, shown, gone, come)
		}
		return nil
	})
}

// example is money.md's: 89,90 due on the 10th, handed over on 22 December of the period [10/12, 10/01).
func example(o *demotest.Office, mode subscription.Mode, billedAlready bool) (m monthly) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.Plan.Update().Where(plan.Name("Fibra 800 Mega")).SetEmitsContract(false).Exec(ctx)
	})
	m = fromA(o, mode, billedAlready)
	o.Write(func(ctx context.Context, c *ent.Client) error {
		m.from = c.Subscription.UpdateOneID(m.from.ID).SetPrice(89_90).SaveX(ctx)
		return c.Subscription.UpdateOneID(m.to.ID).SetStatus(status.Cancelled).Exec(ctx)
	})
	return m
}

func handedTo(t *testing.T, o *demotest.Office, m monthly, dueDay int, mode subscription.Mode, carne bool) (done *ent.Transfer, p *billing.TransferPreview) {
	t.Helper()
	o.Write(func(ctx context.Context, c *ent.Client) error {
		c.PlanChange.Update().SetGivenUpAt(o.DB.Now()).ExecX(ctx)
		row := c.Transfer.Create().SetSubscriptionID(m.from.ID).SetFromID(o.Maria.ID).SetToID(o.Joao.ID).SetMethodID(m.from.MethodID).SetDueDay(dueDay).SetMode(transfer.Mode(mode)).
			SetBooklet(carne).SetRequestedAt(o.DB.Now()).SaveX(ctx)
		sub := c.Subscription.GetX(ctx, m.from.ID)
		var err error
		if p, err = desk(o).PreviewTransfer(ctx, c, subscriptions.Handing(sub, row)); err != nil {
			return err
		}
		done, err = subscriptions.Desk{DB: o.DB}.HandOver(ctx, c, row, p.Seen())
		return err
	})
	balanced(t, o)
	return done, p
}

func TestTheExamplesOfATransfer(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		m := example(o, subscription.ModePostecipado, false)
		done, p := handedTo(t, o, m, 10, subscription.ModePostecipado, false)
		if p.Total != 35_96 || p.Due != calendar.On(2027, 1, 10) || p.First == nil || p.First.Total != 53_94 || p.First.Due != calendar.On(2027, 1, 10) {
			t.Errorf("the old one's final invoice is of %s due %s, the new one's first is %+v", p.Total, p.Due, p.First)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			final, first := c.Invoice.GetX(ctx, *done.FinalID), c.Invoice.GetX(ctx, *done.FirstID)
			if final.CustomerID != o.Maria.ID || first.CustomerID != o.Joao.ID || c.Subscription.GetX(ctx, m.from.ID).BilledUntil != calendar.On(2027, 1, 10) {
				t.Errorf("posted were %v and %v", final, first)
			}
			return nil
		})
	})
}

func TestTheExampleOfATransferWithABridge(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		_, p := handedTo(t, o, example(o, subscription.ModePostecipado, false), 20, subscription.ModePostecipado, false)
		// 53,94, and the bridge [10/01, 20/01) of 10 of 30 days, 29,96
		if p.First == nil || p.First.Total != 53_94+29_96 || p.First.Due != calendar.On(2027, 1, 20) {
			t.Errorf("the new one's first invoice is %+v", p.First)
		}
	})
}

func TestTheExampleOfATransferOfABilledPeriod(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		m := example(o, subscription.ModeAntecipado, true)
		o.Write(func(ctx context.Context, c *ent.Client) error { // it was billed at 99,90: as it is at 89,90
			c.Charge.Update().Where(charge.InvoiceID(m.invoice.ID)).SetAmount(89_90).ExecX(ctx)
			return c.Invoice.UpdateOneID(m.invoice.ID).SetPaidAt(o.DB.Now()).Exec(ctx)
		})
		o.Read(func(ctx context.Context, c *ent.Client) error {
			sub := c.Subscription.GetX(ctx, m.from.ID)
			p, err := desk(o).PreviewTransfer(ctx, c, billing.Handing{From: sub, To: billing.HeldBy(sub, o.Joao.ID, sub.MethodID, 10, sub.Mode, false, false)})
			if err != nil {
				return err
			}
			if p.ToCredit() != 53_94 || p.First.Total != 53_94+89_90 || p.First.Due != calendar.On(2027, 1, 10) {
				t.Errorf("the credit is %s, the first invoice %+v", p.ToCredit(), p.First)
			}
			p, err = desk(o).PreviewTransfer(ctx, c, billing.Handing{From: sub, To: billing.HeldBy(sub, o.Joao.ID, sub.MethodID, 10, sub.Mode, true, false)})
			if err == nil && (p.First.Total != 53_94 || len(p.Next.Lines) != 0) {
				t.Errorf("with a carnê the first invoice is %+v", p.First)
			}
			return err
		})
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Invoice.UpdateOneID(m.invoice.ID).ClearPaidAt().Exec(ctx)
		})
		o.Read(func(ctx context.Context, c *ent.Client) error {
			sub := c.Subscription.GetX(ctx, m.from.ID)
			p, err := desk(o).PreviewTransfer(ctx, c, billing.Handing{From: sub, To: billing.HeldBy(sub, o.Joao.ID, sub.MethodID, 10, sub.Mode, false, false)})
			if err == nil && (len(p.Lowered) != 1 || p.Lowered[0].Amount != 35_96 || p.ToCredit() != 0) {
				t.Errorf("unpaid it falls by %+v", p.Lowered)
			}
			return err
		})
	})
}

// A discount of the first months goes on for those that are left of it.
func TestWhatIsLeftOfADiscountGoesAlong(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		m := example(o, subscription.ModePostecipado, false)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(m.from.ID).SetDiscountFixed(10_00).SetDiscountMonths(3).Exec(ctx)
		})
		_, p := handedTo(t, o, m, 10, subscription.ModePostecipado, false)
		if p.Total+p.First.Total != 79_90 || p.Price.Months != 2 {
			t.Errorf("%s and %s, %d months are left", p.Total, p.First.Total, p.Price.Months)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if sub := c.Subscription.GetX(ctx, m.from.ID); sub.DiscountMonths != 2 || sub.WholeBilled != 0 || sub.HeldFrom != o.DB.Today(ctx) {
				t.Errorf("it is %v", sub)
			}
			if n := c.Invoice.Query().Where(invoice.CustomerID(o.Joao.ID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil(), invoice.SubscriptionID(m.from.ID)).CountX(ctx); n != 1 {
				t.Errorf("he has %d invoices of it", n)
			}
			return nil
		})
	})
}
