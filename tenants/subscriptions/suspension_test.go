package subscriptions_test

import (
	"context"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/suspension"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
	"enlace/tenants/subscriptions"
)

// payDebt pays at the counter, whole, every invoice a customer is late with.
func payDebt(t *testing.T, o *demotest.Office, who *ent.Customer) {
	t.Helper()
	today := o.DB.Today(o.As("financeiro"))
	var late []*billing.Standing
	o.Read(func(ctx context.Context, c *ent.Client) (err error) {
		late, err = billing.InvoicesOf(ctx, c, today, who.ID, true)
		return err
	})
	for _, s := range late {
		if s.Status != billing.InvoiceOverdue {
			continue
		}
		in := billing.Receipt{Invoice: s.Invoice.ID, Amount: s.Owed(), PaidOn: today, Key: s.Invoice.ID.String()}
		if _, err := (billing.Desk{DB: o.DB}).ReceiveAtCounter(o.As("financeiro"), in); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTheEndOfASuspensionGivesItsDaysBack has João pay days after he was cut, and after days on which he was trusted: what was billed of the days
// without service comes back, those on trust were served (money.md M7), in his next instalments or as credit.
func TestTheEndOfASuspensionGivesItsDaysBack(t *testing.T) {
	for name, trusted := range map[string]int{"never trusted": 0, "trusted for two days": 2} {
		t.Run(name, func(t *testing.T) {
			demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
				joao := o.Service(o.Joao)
				first, last := span(o, joao)
				var row *ent.Suspension
				o.Read(func(ctx context.Context, c *ent.Client) error {
					row = c.Suspension.Query().Where(suspension.SubscriptionID(joao.ID), suspension.EndedAtIsNil()).OnlyX(ctx)
					return nil
				})
				cut, back := civil(row.FromDay), civil(o.DB.Today(o.As("gerente")))
				holes := [][2]time.Time{}
				if trusted > 0 {
					granted := back
					in := subscriptions.Unblock{Subscription: joao.ID, Until: o.DB.Today(o.As("gerente")).AddDays(trusted - 1), Reason: "paga na sexta"}
					if _, err := desk(o).TrustUnblock(o.As("gerente"), in); err != nil {
						t.Fatal(err)
					}
					o.Pass(time.Duration(trusted+3) * 24 * time.Hour)
					back = civil(o.DB.Today(o.As("gerente")))
					ended := granted.AddDate(0, 0, trusted+1) // it ends at 08:00 of the day after: that one is touched too
					holes = append(holes, [2]time.Time{cut, granted}, [2]time.Time{ended, back})
				} else {
					o.Pass(72 * time.Hour)
					back = civil(o.DB.Today(o.As("gerente")))
					holes = append(holes, [2]time.Time{cut, back})
				}
				payDebt(t, o, o.Joao)
				if now := o.Service(o.Joao); now.Status != status.Enabled {
					t.Fatalf("he paid and is %s", now.Status)
				}
				want := daysOwed(int64(joao.Price), joao.DueDay, first, last, holes...)
				if got := monthsOwed(o, joao); got != want {
					t.Errorf("the books ask %s, money.md %s", got, want)
				}
				if whole := daysOwed(int64(joao.Price), joao.DueDay, first, last); want == whole {
					t.Errorf("nothing was away: %s", want)
				}
				o.Read(func(ctx context.Context, c *ent.Client) error {
					if row = c.Suspension.GetX(ctx, row.ID); row.CreditedAt == nil || row.EndedAt == nil {
						t.Errorf("the suspension is left as %v", row)
					}
					return nil
				})
				audited(t, o)
			})
		})
	}
}

func TestAPaymentThatRestoresIsWholeOrNothing(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier := o.As("financeiro")
		today := o.DB.Today(cashier)
		var late *billing.Standing
		o.Read(func(ctx context.Context, c *ent.Client) error {
			all, err := billing.InvoicesOf(ctx, c, today, o.Joao.ID, true)
			late = all[0]
			return err
		})
		in := billing.Receipt{Invoice: late.Invoice.ID, Amount: late.Owed(), PaidOn: today, Key: "whole"}
		o.AllOrNothing(t, 40, func() error {
			_, err := (billing.Desk{DB: o.DB}).ReceiveAtCounter(cashier, in)
			return err
		})
		if now := o.Service(o.Joao); now.Status != status.Enabled {
			t.Errorf("he paid and is %s", now.Status)
		}
	})
}
