package subscriptions_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/credit"
	"enlace/ent/credituse"
	"enlace/ent/planchange"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/subscriptions"
)

// seenOn is how a customer stands now, as the tables have it: states, prices, what is owed and the credit.
func seenOn(o *demotest.Office, s *tale) (said []string) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, sub := range c.Subscription.Query().Where(subscription.CustomerID(s.customer), subscription.SoldOnLTE(o.DB.Today(ctx))).Order(subscription.ByNumber()).AllX(ctx) {
			monthly, _ := billing.MonthlyOf(sub)
			said = append(said, fmt.Sprintf("%d %s %s", sub.Number, sub.Status, monthly))
		}
		owed, left := money.Cents(0), money.Cents(0)
		for _, row := range c.Charge.Query().Where(charge.CustomerID(s.customer), charge.CancelledAtIsNil()).AllX(ctx) {
			owed += row.Amount - row.Settled
		}
		for _, row := range c.Credit.Query().Where(credit.CustomerID(s.customer)).AllX(ctx) {
			left += row.Amount
			for _, use := range c.CreditUse.Query().Where(credituse.CreditID(row.ID)).AllX(ctx) {
				left -= use.Amount
			}
		}
		said = append(said, fmt.Sprintf("owes %s, has %s", owed, left))
		return nil
	})
	return said
}

func pastOf(p *subscriptions.Past) (said []string) {
	for _, s := range p.Services {
		said = append(said, fmt.Sprintf("%d %s %s", s.Number, s.State, s.Monthly))
	}
	return append(said, fmt.Sprintf("owes %s, has %s", p.Overdue+p.Open, p.Credit))
}

// Every evening of a life of invoices, payments, migrations, cancellations and undos is written down, and read again when it is over.
func TestACustomerAsOfAnyPastDayIsAsItWas(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.Update().SetBooklet(true).Exec(ctx)
		})
		random := rand.New(rand.NewPCG(3, 8))
		s := beginTale(o, random, subscription.ModeAntecipado)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.UpdateOneID(s.subs[1]).SetDiscountFixed(10_00).SetDiscountMonths(1).Exec(ctx)
		})
		seen, days := map[calendar.Date][]string{}, []calendar.Date{}
		for n := range 60 {
			s.pass(o, random, 1)
			switch n {
			case 8:
				s.cancel(t, o, 0, s.of(o, s.subs[1]))
			case 9, 30:
				o.Pass(-time.Minute) // within its 24 hours
				if err := undo(o, s.subs[0]); err != nil {
					t.Fatal(err)
				}
				o.Pass(time.Minute)
			case 29:
				migrate(o, s.subs[0], planchange.OpenBookletReprice)
			case 45:
				in := subscriptions.Cancel{Subscription: s.subs[1], Reason: "preco", Note: "achou mais barato"}
				if _, err := desk(o).Cancel(o.As("gerente"), in); err != nil {
					t.Fatal(err)
				}
			}
			today := o.DB.Today(o.Worker())
			seen[today], days = seenOn(o, s), append(days, today)
		}
		o.Pass(24 * time.Hour)
		clerk := o.As("suporte")
		for _, day := range days {
			p, err := desk(o).AsOf(clerk, s.customer, day)
			if err != nil {
				t.Fatal(err)
			}
			if got := pastOf(p); !slices.Equal(got, seen[day]) {
				t.Errorf("as of %s it was %v, seen was %v", day, got, seen[day])
			}
		}
		if _, err := desk(o).AsOf(clerk, s.customer, o.DB.Today(clerk)); demotest.Fault(err) != "dia: future" {
			t.Errorf("a day that is not over: %v", err)
		}
		if _, err := desk(o).AsOf(o.Stranger(), s.customer, days[0]); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		if _, err := desk(o).AsOf(o.As("tecnico"), s.customer, days[0]); demotest.Fault(err) != "denied" {
			t.Errorf("a technician: %v", err)
		}
	})
}
