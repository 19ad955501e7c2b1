package subscriptions_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/outbox"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/ent/trustgrant"
	"enlace/ent/trustquota"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// debtor is a customer with two services on one invoice, which is overdue, so that both are suspended.
func debtor(o *demotest.Office) (who *ent.Customer, subs [2]uuid.UUID) {
	o.T.Helper()
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.Subscription.Update().SetBooklet(true).Exec(ctx)
	})
	s := beginTale(o, rand.New(rand.NewPCG(1, 1)), subscription.ModeAntecipado)
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.Subscription.UpdateOneID(s.subs[1]).SetBooklet(false).Exec(ctx)
	})
	for range 25 {
		o.Pass(24 * time.Hour)
		if _, err := (billing.Desk{DB: o.DB}).BillMonth(o.Worker()); err != nil {
			o.T.Fatal(err)
		}
	}
	o.Write(func(ctx context.Context, c *ent.Client) error {
		who = c.Customer.GetX(ctx, s.customer)
		for _, sub := range s.subs {
			if _, err := status.Apply(ctx, c, o.DB.Now(), sub, status.Suspend, "débito"); err != nil {
				return err
			}
			c.Suspension.Create().SetSubscriptionID(sub).SetKind(suspension.KindDebito).SetFromDay(o.DB.Today(ctx)).SetAt(o.DB.Now()).ExecX(ctx)
		}
		return nil
	})
	return who, s.subs
}

func quotas(o *demotest.Office, subject ...uuid.UUID) (n int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.TrustQuota.Query().Where(trustquota.SubjectIDIn(subject...)).CountX(ctx)
		return nil
	})
	return n
}

func TestASubscribersGrantCoversAllHisServicesAndAPaymentEndsIt(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		who, subs := debtor(o)
		// One of the two was trusted by staff: that grant stands, and the subscriber's is for the other.
		if _, err := desk(o).TrustUnblock(o.As("suporte"), subscriptions.Unblock{Subscription: subs[0], Until: o.DB.Today(o.Worker()).AddDays(2), Reason: "prometeu pagar"}); err != nil {
			t.Fatal(err)
		}
		done, err := desk(o).TrustUnblockSelf(o.Subscriber(who))
		if err != nil || len(done.Services) != 1 || done.Services[0].ID != subs[1] {
			t.Fatalf("he got %+v, %v", done, err)
		}
		if n := quotas(o, who.ID, subs[1]); n != 2 || quotas(o, subs[0]) != 0 {
			t.Errorf("%d quotas are used, and %d of the service that staff trusted", n, quotas(o, subs[0]))
		}
		if openGrants(o) != 2 {
			t.Errorf("%d grants are open", openGrants(o))
		}
		// The invoice of both is paid: both run for good, and no grant ends in a suspension.
		o.Pass(time.Hour)
		till := o.As("financeiro")
		account, err := (billing.Desk{DB: o.DB}).Account(till, who.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range account.Late() {
			if _, err := (billing.Desk{DB: o.DB}).ReceiveAtCounter(till, billing.Receipt{Invoice: s.Invoice.ID, Amount: s.Owed(), PaidOn: o.DB.Today(till)}); err != nil {
				t.Fatal(err)
			}
		}
		o.Pass(5 * 24 * time.Hour)
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, grant := range c.TrustGrant.Query().Where(trustgrant.CustomerID(who.ID)).AllX(ctx) {
				if grant.EndedAt == nil || *grant.Outcome != trustgrant.OutcomePaid {
					t.Errorf("a grant ended as %v", grant)
				}
				if err := desk(o).ExpireTrust(o.Worker(), grant.ID); err != nil {
					t.Error(err)
				}
			}
			for _, id := range subs {
				if sub := c.Subscription.GetX(ctx, id); sub.Status != status.Enabled {
					t.Errorf("service %d is %s", sub.Number, sub.Status)
				}
			}
			return nil
		})
		audited(t, o)
	})
}

func TestTheMonthOfAnUnblockIsThatOfTheIspsZone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		next := ""
		press := func(at string) error {
			when, err := time.ParseInLocation("2006-01-02T15:04", at, o.Here.Zone)
			if err != nil {
				t.Fatal(err)
			}
			o.Pass(when.Sub(o.DB.Now()))
			_, err = desk(o).TrustUnblockSelf(o.Subscriber(o.Joao))
			if fault := tenants.FaultOf(err); fault != nil {
				next = fault.Args["next"]
			}
			return err
		}
		for _, one := range []struct{ at, want, next string }{
			{"2026-11-30T23:50", "", ""}, // in London it is December
			{"2026-11-30T23:59", "trust_used", "01/12/2026"},
			{"2026-12-02T08:00", "", ""}, // the grant of November is over
			{"2026-12-31T23:59", "trust_used", "01/01/2027"},
			{"2027-01-01T00:00", "", ""},
			{"2027-01-31T12:00", "trust_used", "01/02/2027"},
			{"2028-02-29T12:00", "", ""}, // 13 months later, on a leap day
			{"2028-02-29T23:00", "trust_used", "01/03/2028"},
			{"2028-03-02T12:00", "", ""},
		} {
			if err := press(one.at); demotest.Fault(err) != one.want || one.want != "" && next != one.next {
				t.Errorf("pressed at %s: %v, the next is %s; want %q, %s", one.at, err, next, one.want, one.next)
			}
		}
	})
}

func TestATrustEndsInTheSuspensionBeforeWhateverTheDayAndIsCountedAsBroken(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		joao, since := o.Service(o.Joao), o.Service(o.Joao).StatusSince
		for n, staff := range []bool{true, false} {
			var grant *ent.TrustGrant
			if staff { // until Friday 27/11: it ends on a Saturday, when nobody may be cut anew
				made, err := desk(o).TrustUnblock(o.As("suporte"), subscriptions.Unblock{Subscription: joao.ID, Until: o.DB.Today(o.Worker()).AddDays(4), Reason: "prometeu pagar"})
				if err != nil || made.Until.In(o.Here.Zone).Weekday() != time.Saturday {
					t.Fatalf("it ends at %v, %v", made, err)
				}
				grant = made
			} else if _, err := desk(o).TrustUnblockSelf(o.Subscriber(o.Joao)); err != nil {
				t.Fatal(err)
			}
			o.Read(func(ctx context.Context, c *ent.Client) error {
				grant = c.TrustGrant.Query().Where(trustgrant.EndedAtIsNil()).OnlyX(ctx)
				if ends := c.Outbox.Query().Where(outbox.Kind(subscriptions.EndTrust), outbox.NextAt(grant.Until)).CountX(ctx); ends != 1 {
					t.Errorf("%d jobs end it at its instant", ends)
				}
				return nil
			})
			o.Pass(grant.Until.Sub(o.DB.Now()))
			before := follows(o)
			for range 3 { // late, twice, on two workers
				if err := desk(o).ExpireTrust(o.Worker(), grant.ID); err != nil {
					t.Fatal(err)
				}
			}
			if told := follows(o) - before; told != 1 {
				t.Errorf("the network was told %d times", told)
			}
			s, err := desk(o).Service(o.As("suporte"), joao.ID)
			if err != nil {
				t.Fatal(err)
			}
			if s.Subscription.Status != status.SuspendedDebt || !s.Subscription.StatusSince.Equal(since) || s.Broken != n+1 {
				t.Errorf("he is %s since %s with %d broken promises", s.Subscription.Status, s.Subscription.StatusSince, s.Broken)
			}
			h, err := desk(o).Holder(o.As("suporte"), o.Joao.ID, 1)
			if err != nil || h.Services[0].Broken != n+1 {
				t.Errorf("his page counts %+v, %v", h, err)
			}
		}
	})
}

func follows(o *demotest.Office) (n int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		n = c.Outbox.Query().Where(outbox.Kind(status.Follow)).CountX(ctx)
		return nil
	})
	return n
}

func TestAnUnblockHappensWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		who, subs := debtor(o)
		pressed, clerk := o.Subscriber(who), o.As("suporte")
		o.AllOrNothing(t, 10, func() error { _, err := desk(o).TrustUnblockSelf(pressed); return err })
		if n := quotas(o, who.ID, subs[0], subs[1]); n != 3 {
			t.Errorf("%d quotas are used", n)
		}
		joao := o.Service(o.Joao).ID
		in := subscriptions.Unblock{Subscription: joao, Until: o.DB.Today(o.Worker()), Reason: "prometeu pagar"}
		o.AllOrNothing(t, 6, func() error { _, err := desk(o).TrustUnblock(clerk, in); return err })
	})
}
