package subscriptions_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/outbox"
	"enlace/ent/plan"
	"enlace/ent/planchange"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/ent/trustgrant"
	"enlace/ent/workordertype"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

func TestAnUndoneCancellationBringsEverythingBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		boss, today := o.As("gerente"), o.DB.Today(o.As("gerente"))
		var kind uuid.UUID
		o.Read(func(ctx context.Context, c *ent.Client) error {
			kind = c.WorkOrderType.Query().Where(workordertype.Name("Retirada de equipamento")).OnlyIDX(ctx)
			return nil
		})
		if _, err := desk(o).TrustUnblock(boss, subscriptions.Unblock{Subscription: o.Service(o.Joao).ID, Until: today.AddDays(3), Reason: "prometeu pagar"}); err != nil {
			t.Fatal(err)
		}
		for _, who := range []*ent.Customer{o.Maria, o.Joao} {
			sub, before := o.Service(who), standing(o, who.ID)
			in := cancelling(sub)
			in.Fetch, in.Equipment, in.Key = kind, "ONU e roteador", uuid.NewString()
			if _, err := desk(o).Cancel(boss, in); err != nil {
				t.Fatal(err)
			}
			o.Pass(23 * time.Hour)
			if err := undo(o, sub.ID); err != nil {
				t.Fatal(err)
			}
			if after := standing(o, who.ID); after != before {
				t.Errorf("%s stands otherwise:\n%s", who.Name, unlike(before, after))
			}
			audited(t, o)
			o.Read(func(ctx context.Context, c *ent.Client) error {
				if told := c.Cancellation.Query().OnlyX(ctx); told.UndoneAt == nil {
					t.Error("the reports count it still")
				}
				for _, event := range []string{"status_undo", "cancellation_undone"} {
					if n := c.History.Query().Where(history.SubjectID(sub.ID), history.Event(event)).CountX(ctx); n != 1 {
						t.Errorf("the history tells %d times of %s", n, event)
					}
				}
				follows := c.Outbox.Query().Where(outbox.Kind(status.Follow)).CountX(ctx)
				if follows < 2 {
					t.Errorf("the network was told %d times", follows)
				}
				return nil
			})
			want := "undo_done"
			if who == o.Joao { // his trust runs again, and is too old
				want = "undo_late"
			}
			if err := undo(o, sub.ID); demotest.Fault(err) != want {
				t.Errorf("undone twice: %v", err)
			}
			o.Write(func(ctx context.Context, c *ent.Client) error { c.Cancellation.Delete().ExecX(ctx); return nil })
		}
	})
}

func TestAPauseThatWasCancelledRunsOnAndEndsOnItsDay(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, boss := o.Service(o.Maria), o.As("gerente")
		if _, err := desk(o).Pause(boss, subscriptions.Pause{Subscription: maria.ID, Until: o.DB.Today(boss).AddDays(30), Reason: "vai viajar"}); err != nil {
			t.Fatal(err)
		}
		o.Pass(30*24*time.Hour - 12*time.Hour)
		before := standing(o, o.Maria.ID)
		if _, err := desk(o).Cancel(o.As("gerente"), cancelling(maria)); err != nil {
			t.Fatal(err)
		}
		o.Pass(18 * time.Hour) // its day has come
		if err := desk(o).EndPause(o.Worker(), maria.ID); err != nil {
			t.Fatal(err)
		}
		if err := undo(o, maria.ID); err != nil {
			t.Fatal(err)
		}
		if after := standing(o, o.Maria.ID); after != before {
			t.Errorf("she stands otherwise:\n%s", unlike(before, after))
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Outbox.Query().Where(outbox.Kind(subscriptions.EndPause), outbox.NextAtLTE(o.DB.Now())).CountX(ctx); n != 2 {
				t.Errorf("%d jobs end the pause", n)
			}
			return nil
		})
		if err := desk(o).EndPause(o.Worker(), maria.ID); err != nil || o.Service(o.Maria).Status != status.Enabled {
			t.Errorf("she is %s, %v", o.Service(o.Maria).Status, err)
		}
		audited(t, o)
	})
}

func TestAnUndoneMigrationBringsEverythingBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, joao := o.Service(o.Maria), o.Service(o.Joao)
		other := func(create *ent.SubscriptionCreate) { create.SetDueDay(20) }
		for name, one := range map[string]struct {
			from  *ent.Subscription
			open  planchange.OpenBooklet
			terms []func(*ent.SubscriptionCreate)
		}{
			"reprice": {maria, planchange.OpenBookletReprice, nil}, "reissue": {maria, planchange.OpenBookletReissue, nil}, "keep": {maria, planchange.OpenBookletKeep, nil},
			"other terms": {maria, planchange.OpenBookletReissue, []func(*ent.SubscriptionCreate){other}}, "a debtor": {joao, planchange.OpenBookletReprice, nil},
		} {
			before := standing(o, one.from.CustomerID)
			to := migrate(o, one.from.ID, one.open, one.terms...)
			if standing(o, one.from.CustomerID) == before {
				t.Fatalf("%s: nothing was done", name)
			}
			of := one.from.ID
			if name == "keep" { // from the page of either
				of = to.ID
			}
			if err := undo(o, of); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if after := standing(o, one.from.CustomerID); after != before {
				t.Errorf("%s: it stands otherwise:\n%s", name, unlike(before, after))
			}
			audited(t, o)
			o.Read(func(ctx context.Context, c *ent.Client) error {
				if fresh := c.Subscription.GetX(ctx, to.ID); fresh.Status != status.Cancelled || fresh.EndedBy != nil {
					t.Errorf("%s: the new one is %v", name, fresh)
				}
				for event, id := range map[string]uuid.UUID{"migration_undone": one.from.ID, "migration_undone_to": to.ID} {
					if n := c.History.Query().Where(history.SubjectID(id), history.Event(event)).CountX(ctx); n == 0 {
						t.Errorf("%s: the history does not tell of %s", name, event)
					}
				}
				return nil
			})
		}
		// What was undone can be done again.
		migrate(o, maria.ID, planchange.OpenBookletReprice)
		audited(t, o)
	})
}

func TestAnUndoneTrustIsNoPromiseBroken(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		joao, boss := o.Service(o.Joao), o.As("gerente")
		in := subscriptions.Unblock{Subscription: joao.ID, Until: o.DB.Today(boss).AddDays(2), Reason: "prometeu pagar"}
		if _, err := desk(o).TrustUnblock(o.As("suporte"), in); err != nil {
			t.Fatal(err)
		}
		o.Pass(time.Hour)
		key := uuid.NewString()
		o.AllOrNothing(t, 6, func() error {
			return desk(o).Undo(boss, subscriptions.Undo{Subscription: joao.ID, Reason: "era outro cliente", Key: key})
		})
		o.Read(func(ctx context.Context, c *ent.Client) error {
			grant := c.TrustGrant.Query().OnlyX(ctx)
			if grant.EndedAt == nil || grant.Outcome == nil || *grant.Outcome != trustgrant.OutcomeUndone {
				t.Errorf("the grant is %v", grant)
			}
			return nil
		})
		if o.Service(o.Joao).Status != status.SuspendedDebt {
			t.Errorf("he is %s", o.Service(o.Joao).Status)
		}
		if _, err := desk(o).TrustUnblock(o.As("suporte"), in); err != nil {
			t.Errorf("another one: %v", err)
		}
	})
}

// A slip whose charge at the PSP was taken back cannot be paid by again: its invoice gets another one.
func TestARevivedInvoiceWithAChargeAtThePspHasAnotherSlip(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria := o.Service(o.Maria)
		var before []uuid.UUID
		o.Write(func(ctx context.Context, c *ent.Client) error {
			key := c.PixKey.Query().FirstX(ctx)
			at := c.PspAccount.Create().SetName("PSP").SetPixKeyID(key.ID).SetBaseURL("x").SetTokenURL("x").SetClientID("x").SetClientSecret("x").SetCertificate("x").SetPrivateKey("x").
				SetCertificateUntil(o.DB.Now()).SetWebhookSecret("x").SetWebhookHash("x").SaveX(ctx)
			for _, row := range c.Slip.Query().Where(slip.CancelledAtIsNil(), slip.InvoiceIDIn(c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil()).IDsX(ctx)...)).AllX(ctx) {
				c.PixCharge.Create().SetSlipID(row.ID).SetAccountID(at.ID).SetTxid(strings.ReplaceAll(row.ID.String(), "-", "")).SetStatus("active").SetAskedAt(o.DB.Now()).ExecX(ctx)
				before = append(before, row.ID)
			}
			return nil
		})
		cancelWithVisit(o)
		if err := undo(o, maria.ID); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, row := range c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).AllX(ctx) {
				now := c.Slip.Query().Where(slip.InvoiceID(row.ID), slip.CancelledAtIsNil()).OnlyX(ctx)
				sum := money.Cents(0)
				for _, line := range c.Charge.Query().Where(charge.InvoiceID(row.ID), charge.CancelledAtIsNil()).AllX(ctx) {
					sum += line.Amount
				}
				if slices.Contains(before, now.ID) || now.Amount != sum || now.Due != row.Due {
					t.Errorf("invoice %d of %s has the slip %v", row.Number, sum, now)
				}
			}
			return nil
		})
		audited(t, o)
	})
}

func TestACancelledServiceGivesUpTheMigrationThatWaitsForIt(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria, to := o.Service(o.Maria), (*ent.Subscription)(nil)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			of := c.Plan.Query().Where(plan.IDNEQ(maria.PlanID)).FirstX(ctx)
			to = c.Subscription.Create().SetNumber(99_999).SetCustomerID(maria.CustomerID).SetPlanID(of.ID).SetChainID(maria.ID).SetMadeBy(subscription.MadeByMigration).
				SetStatus(status.WaitingMigration).SetStatusSince(o.DB.Now()).SetPrice(of.Price).SetSoldOn(o.DB.Today(ctx)).SetMethodID(maria.MethodID).SetDueDay(maria.DueDay).
				SetMode(maria.Mode).SetFeeChoice(subscription.FeeChoiceNone).SaveX(ctx)
			return c.PlanChange.Create().SetFromID(maria.ID).SetToID(to.ID).SetRequestedAt(o.DB.Now()).Exec(ctx)
		})
		if _, err := desk(o).Cancel(o.As("gerente"), cancelling(maria)); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if fresh := c.Subscription.GetX(ctx, to.ID); fresh.Status != status.Cancelled {
				t.Errorf("the new one is %s", fresh.Status)
			}
			if change := c.PlanChange.Query().OnlyX(ctx); change.GivenUpAt == nil || change.GivenUpReason == "" {
				t.Errorf("the migration is %v", change)
			}
			return nil
		})
		audited(t, o)
	})
}
