package billing_test

import (
	"cmp"
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/planchange"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
)

// successor is a service that waits to take the place of another, by the same terms.
func successor(ctx context.Context, c *ent.Client, o *demotest.Office, from *ent.Subscription) *ent.SubscriptionCreate {
	return c.Subscription.Create().SetNumber(9002).SetCustomerID(from.CustomerID).SetPlanID(from.PlanID).SetStatus(status.WaitingMigration).SetStatusSince(o.DB.Now()).SetPrice(from.Price).
		SetSoldOn(o.DB.Today(ctx)).SetMethodID(from.MethodID).SetDueDay(from.DueDay).SetMode(from.Mode).SetBooklet(true).SetChainID(from.ID).
		SetMadeBy(subscription.MadeByMigration).SetFeeChoice(subscription.FeeChoiceNone)
}

// An agreement over what the service before owed holds the one that follows it as it held that one: until its first instalment is paid, whatever
// else is (product.md §3).
func TestAnAgreementOverTheDebtOfTheServiceBeforeHoldsTheOneThatFollowsIt(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, today := o.As("financeiro"), o.Here.Today(o.DB.Now())
		made, err := desk(o).Agree(cashier, parcelled(o))
		if err != nil {
			t.Fatal(err)
		}
		var now *ent.Subscription
		o.Write(func(ctx context.Context, c *ent.Client) error {
			before := o.Service(o.Joao)
			now = successor(ctx, c, o, before).SetStatus(before.Status).SetEnabledOn(o.DB.Today(ctx)).SaveX(ctx)
			c.Subscription.UpdateOneID(before.ID).SetStatus(status.Cancelled).ExecX(ctx)
			return c.Suspension.Update().Where(suspension.SubscriptionID(before.ID), suspension.EndedAtIsNil()).SetSubscriptionID(now.ID).Exec(ctx)
		})
		is := func() (state status.State) {
			o.Read(func(ctx context.Context, c *ent.Client) error {
				state = c.Subscription.GetX(ctx, now.ID).Status
				return nil
			})
			return state
		}
		a, err := desk(o).Agreement(cashier, made)
		if err != nil {
			t.Fatal(err)
		}
		for _, paid := range []struct {
			k    int
			want status.State
		}{{1, status.SuspendedDebt}, {0, status.Enabled}} {
			one := a.Instalments[paid.k]
			if _, err := desk(o).ReceiveAtCounter(cashier, billing.Receipt{Invoice: one.Invoice.ID, Amount: one.Total, PaidOn: today, Key: one.Invoice.ID.String()}); err != nil {
				t.Fatal(err)
			}
			if got := is(); got != paid.want {
				t.Errorf("instalment %d made it %s", paid.k+1, got)
			}
		}
	})
}

// A service with a carnê that runs out and the one that follows it changes its plan: each is printed again, or cancelled.
func TestAMigrationHasEveryCarneOfTheServicePrintedAgain(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		first := bookletOf(o, o.Maria)
		var until calendar.Date
		o.Read(func(ctx context.Context, c *ent.Client) error {
			until = c.Subscription.GetX(ctx, first.SubscriptionID).BilledUntil
			return nil
		})
		second, err := desk(o).IssueBooklet(o.As("comercial"), billing.NewBooklet{Customer: o.Maria.ID, Subscription: first.SubscriptionID, Start: until, FirstDue: until, Instalments: 2, Key: "2"})
		if err != nil {
			t.Fatal(err)
		}
		for range 6 { // in whatever order they come
			err := o.DB.Write(o.As("gerente"), func(ctx context.Context, c *ent.Client) error {
				from := c.Subscription.GetX(ctx, first.SubscriptionID)
				to := successor(ctx, c, o, from).SetPrice(from.Price + 10_00).SaveX(ctx)
				before := map[uuid.UUID]int{first.ID: c.Booklet.GetX(ctx, first.ID).Version, second.ID: c.Booklet.GetX(ctx, second.ID).Version}
				_, err := desk(o).Migrate(ctx, c, billing.Migrating{From: from, To: to, Open: planchange.OpenBookletReissue})
				for id, version := range before {
					if row := c.Booklet.GetX(ctx, id); row.Version == version || row.FileID != nil || (row.CancelledAt != nil) != (id == second.ID) {
						t.Errorf("carnê %d is of version %d, with file %v, cancelled %v", row.Number, row.Version, row.FileID, row.CancelledAt)
					}
				}
				return cmp.Or(err, errAgain)
			})
			if !errors.Is(err, errAgain) {
				t.Fatal(err)
			}
		}
	})
}
