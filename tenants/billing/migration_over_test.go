package billing_test

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/credit"
	"enlace/ent/planchange"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

// A discount that is more than an invoice of the carnê charges at the new price goes to the customer's credit, for none asks for less than nothing (M13).
func TestADiscountBeyondTheNewPriceGoesToTheCredit(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		b := bookletOf(o, o.Maria)
		cheap, dear := line(b, 7), line(b, 8)
		cheap.Amount, dear.Amount = 1_00, 85_00
		if err := desk(o).EditInvoices(o.As("comercial"), edit(b, "cortesia de um mês", cheap, dear)); err != nil {
			t.Fatal(err)
		}
		for _, as := range []struct {
			open planchange.OpenBooklet
			day  int
			over money.Cents // 88,90 less the new 49,90, or less nothing where its days are billed by other terms
		}{{planchange.OpenBookletReprice, 0, 39_00}, {planchange.OpenBookletReissue, 0, 39_00}, {planchange.OpenBookletReissue, 5, 93_80}} {
			var sums map[uuid.UUID]money.Cents
			err := o.DB.Write(o.As("gerente"), func(ctx context.Context, c *ent.Client) error {
				from := c.Subscription.GetX(ctx, b.SubscriptionID)
				to := successor(ctx, c, o, from).SetPrice(49_90).SetDueDay(from.DueDay + as.day).SaveX(ctx)
				m := billing.Migrating{From: from, To: to, Open: as.open}
				seen, err := desk(o).PreviewMigration(ctx, c, m)
				if err != nil {
					return err
				}
				r, err := desk(o).Migrate(ctx, c, m)
				if err != nil {
					return err
				}
				over := money.Cents(0)
				for _, page := range r.Pages {
					if over += page.Over; page.After < 0 || page.Over > 0 && page.After != 0 {
						t.Errorf("invoice %d asks for %s, with %s over", page.Invoice.Number, page.After, page.Over)
					}
				}
				if over != as.over || seen.Seen() != r.Seen() {
					t.Errorf("%s with day %+d: %s go over, want %s", as.open, as.day, over, as.over)
				}
				given, owes := money.Cents(0), money.Cents(0)
				for _, row := range c.Credit.Query().Where(credit.CustomerID(from.CustomerID)).AllX(ctx) {
					if strings.HasPrefix(row.Memo, "descontos da fatura ") {
						given += row.Amount
					}
				}
				sums = map[uuid.UUID]money.Cents{}
				for _, row := range c.Charge.Query().Where(charge.CustomerID(from.CustomerID), charge.CancelledAtIsNil(), charge.InvoiceIDNotNil()).AllX(ctx) {
					sums[*row.InvoiceID] += row.Amount
				}
				for id, sum := range sums {
					if owes = min(owes, sum); sum == 0 && c.Invoice.GetX(ctx, id).PaidAt == nil {
						t.Error("an invoice of nothing is open")
					}
				}
				if given != as.over || owes < 0 {
					t.Errorf("%s were given, an invoice asks for %s", given, owes)
				}
				wrong, err := billing.Audit(ctx, c, o.DB.Today(ctx))
				if len(wrong) > 0 {
					t.Error(wrong)
				}
				return cmp.Or(err, errAgain)
			})
			if !errors.Is(err, errAgain) {
				t.Fatal(err)
			}
		}
	})
}

// errAgain takes a transaction of a test back, so that the next case begins where this one did.
var errAgain = errors.New("again")
