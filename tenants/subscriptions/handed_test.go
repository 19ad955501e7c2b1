package subscriptions_test

import (
	"context"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/cancellation"
	"enlace/ent/charge"
	"enlace/ent/credit"
	"enlace/ent/invoice"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/subscriptions"
)

// handed has Maria's service paused and back, and days later in somebody else's hands: of the period that runs she has an open instalment.
func handed(t *testing.T, o *demotest.Office, carne bool) (heir *ent.Customer) {
	t.Helper()
	maria, clerk := o.Service(o.Maria), o.As("comercial")
	if _, err := desk(o).Pause(clerk, pausing(o, maria, 30)); err != nil {
		t.Fatal(err)
	}
	o.Pass(9 * 24 * time.Hour)
	if _, err := desk(o).Return(clerk, subscriptions.Return{Subscription: maria.ID, Key: "r"}); err != nil {
		t.Fatal(err)
	}
	o.Pass(2 * 24 * time.Hour)
	o.Write(func(ctx context.Context, c *ent.Client) error { // the instalment of the days that run falls due later than they began
		today := o.DB.Today(ctx)
		for ; ; today = o.DB.Today(ctx) {
			row, err := c.Charge.Query().Where(charge.SubscriptionID(maria.ID), charge.KindEQ(charge.KindRecurring), charge.ClosedAtIsNil(), charge.PeriodFromLT(today), charge.PeriodToGT(today)).First(ctx)
			if err == nil && row.PeriodTo.DaysSince(row.PeriodFrom) == 28 { // by subtraction its rest is more than a stub of as many days costs
				c.Charge.Update().Where(charge.InvoiceID(*row.InvoiceID)).SetDue(today.AddDays(20)).ExecX(ctx)
				return c.Invoice.UpdateOneID(*row.InvoiceID).SetDue(today.AddDays(20)).Exec(ctx)
			}
			o.Pass(24 * time.Hour)
		}
	})
	o.Write(func(ctx context.Context, c *ent.Client) error {
		heir = c.Customer.Create().SetNumber(9001).SetKind(o.Maria.Kind).SetName("Herdeira da Silva").SetDocument("00000009001").SaveX(ctx)
		return nil
	})
	handOver(o, maria.ID, heir, func(create *ent.TransferCreate) { create.SetBooklet(carne) })
	o.Read(func(ctx context.Context, c *ent.Client) error {
		if c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.SubscriptionID(maria.ID), invoice.BookletIDNotNil(), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).CountX(ctx) == 0 {
			t.Error("nothing of hers is open, so it proves little")
		}
		return nil
	})
	return heir
}

// What a new holder is given back is his own: a pause, its early end and an outage leave the invoices of who held the service before as they are.
func TestWhatAHolderIsGivenBackLeavesTheOneBeforeAlone(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		maria := o.Service(o.Maria)
		heir := handed(t, o, true)
		before := standing(o, o.Maria.ID)
		o.Pass(24 * time.Hour)
		breaks(t, o, heir, 80)
		for _, step := range []func() error{
			func() error {
				in := pausing(o, maria, 60)
				in.Key = "his"
				_, err := desk(o).Pause(o.As("comercial"), in)
				return err
			},
			func() error {
				o.Pass(10 * 24 * time.Hour)
				_, err := desk(o).Return(o.As("comercial"), subscriptions.Return{Subscription: maria.ID, Key: "r2"})
				return err
			},
		} {
			if err := step(); err != nil {
				t.Fatal(err)
			}
			if after := standing(o, o.Maria.ID); after != before {
				t.Fatalf("hers stands otherwise:\n%s", unlike(before, after))
			}
		}
		// Of days that she held the outage gives him nothing.
		o.Read(func(ctx context.Context, c *ent.Client) error {
			from := c.Subscription.GetX(ctx, maria.ID).HeldFrom
			for _, row := range c.OutageService.Query().AllX(ctx) {
				if row.SubscriptionID == maria.ID && row.Credit > 2*3_00 {
					t.Errorf("%s are given back of an outage from %s on, he holds it since %s", row.Credit, row.FromDay, from)
				}
			}
			return nil
		})
		audited(t, o)
	})
}

// The rest of a period that a holder took over is what remained of it by subtraction, and who cancels in the next one owes it whole: what was given back
// to the holder before him changes nothing of it.
func TestTheRestThatAHolderTookOverIsOwedWhole(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		sub := o.Service(o.Maria)
		heir := handed(t, o, false)
		var rest *ent.Charge
		o.Read(func(ctx context.Context, c *ent.Client) error {
			rest = c.Charge.Query().Where(charge.SubscriptionID(sub.ID), charge.CustomerID(heir.ID), charge.KindEQ(charge.KindRecurring)).Order(charge.ByPeriodFrom()).FirstX(ctx)
			return nil
		})
		for ; !o.DB.Today(o.Worker()).After(rest.PeriodTo.AddDays(3)); o.Pass(24 * time.Hour) {
		}
		leaving := cancelling(sub)
		leaving.Reason = cancellation.ReasonQualidade // no loyalty is asked for
		if _, err := desk(o).Cancel(o.As("gerente"), leaving); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			var asked money.Cents
			for _, row := range c.Charge.Query().Where(charge.SubscriptionID(sub.ID), charge.CustomerID(heir.ID), charge.CancelledAtIsNil()).AllX(ctx) {
				asked += row.Amount
			}
			for _, row := range c.Credit.Query().Where(credit.CustomerID(heir.ID), credit.PaymentIDIsNil()).AllX(ctx) {
				asked -= row.Amount
			}
			today := o.DB.Today(ctx)
			if want := rest.Amount + daysOwed(int64(sub.Price), sub.DueDay, civil(rest.PeriodTo), civil(today)); asked != want {
				t.Errorf("she is asked for %s, the rest of %s and the days to %s cost %s", asked, rest.Amount, today, want)
			}
			return nil
		})
	})
}
