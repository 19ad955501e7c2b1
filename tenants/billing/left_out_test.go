package billing_test

import (
	"context"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/subscription"
	"enlace/ent/suspension"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/status"
)

// outOf is fromA whose period of 10/12 to 10/01 was left out, since a pause was to last beyond it, and whose next one is billed. The pause ended on
// 20/12, or runs.
func outOf(o *demotest.Office, runs bool) monthly {
	m := fromA(o, subscription.ModeAntecipado, false)
	from, next := calendar.On(2026, 12, 10), calendar.On(2027, 1, 10)
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.Subscription.UpdateOneID(m.from.ID).SetBooklet(true).SetBilledUntil(next).Exec(ctx)
	})
	made, err := desk(o).IssueBooklet(o.As("comercial"), billing.NewBooklet{Customer: o.Maria.ID, Subscription: m.from.ID, Start: next, FirstDue: next, Instalments: 1})
	if err != nil {
		o.T.Fatal(err)
	}
	o.Write(func(ctx context.Context, c *ent.Client) error {
		began := from.At(9, 0, time.UTC)
		pause := c.Suspension.Create().SetSubscriptionID(m.from.ID).SetKind(suspension.KindPedido).SetFromDay(from).SetUntilDay(next).SetAt(began).SetCreditedAt(began)
		is := status.Paused
		if !runs {
			back := calendar.On(2026, 12, 20)
			pause.SetUntilDay(back).SetEndedAt(back.At(9, 0, time.UTC))
			is = status.Enabled
		}
		pause.ExecX(ctx)
		c.Invoice.Update().Where(invoice.BookletID(made.ID)).ClearBookletID().SetInstalment(0).ExecX(ctx)
		m.from = c.Subscription.UpdateOneID(m.from.ID).SetBooklet(false).SetStatus(is).SaveX(ctx)
		return nil
	})
	return m
}

// What was charged when the pause ended is split by a change of plan like any other period that runs, and up to its end by another due day too.
// While the pause runs it was not charged, and is not given back.
func TestAMigrationSplitsAPeriodThatAPauseLeftOut(t *testing.T) {
	for name, of := range map[string]struct {
		runs   bool
		dueDay int
		price  money.Cents
		net    money.Cents
		next   money.Cents
	}{
		"after the return":                                     {false, 10, 129_90, -59_94 + 77_94, 129_90},
		"after the return, to another due day":                 {false, 20, 129_90, -59_94 + 77_94, 129_90 + 43_30},
		"after the return, to another due day, the same price": {false, 20, 99_90, 0, 99_90 + 33_30},
		"which ends with the pause":                            {true, 10, 129_90, 77_94, 129_90},
		"which ends with it, another due day":                  {true, 20, 129_90, 77_94, 129_90 + 43_30},
		"which ends with it, the same price":                   {true, 10, 99_90, 59_94, 99_90},
	} {
		t.Run(name, func(t *testing.T) {
			demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
				m := outOf(o, of.runs)
				o.Write(func(ctx context.Context, c *ent.Client) error {
					m.to = c.Subscription.UpdateOneID(m.to.ID).SetDueDay(of.dueDay).SetPrice(of.price).SaveX(ctx)
					preview, err := desk(o).PreviewMigration(ctx, c, billing.Migrating{From: m.from, To: m.to})
					if err != nil {
						return err
					}
					if preview.Net() != of.net || of.net > 0 && preview.Goes != billing.GoesNext || preview.Next.Total() != of.next {
						t.Errorf("%+v come to %s; the next invoice to %s", preview.Lines, preview.Net(), preview.Next.Total())
					}
					return nil
				})
			})
		})
	}
}

// Who hands the service over is given the rest back, which the new holder pays.
func TestATransferSplitsAPeriodThatAPauseLeftOut(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		m := outOf(o, false)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			to := billing.HeldBy(m.from, o.Joao.ID, m.from.MethodID, 10, m.from.Mode, false, false)
			preview, err := desk(o).PreviewTransfer(ctx, c, billing.Handing{From: m.from, To: to})
			if err != nil {
				return err
			}
			if preview.ToCredit() != 59_94 || preview.First == nil || preview.First.Lines[0].Amount != 59_94 {
				t.Errorf("%s goes to the credit of who leaves; the first invoice is %+v", preview.ToCredit(), preview.First)
			}
			return nil
		})
	})
}
