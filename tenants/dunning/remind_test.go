package dunning_test

import (
	"context"
	"strings"
	"testing"

	"enlace/ent"
	"enlace/ent/email"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/pix"
	"enlace/tenants/demo/demotest"
)

// Who has paid a part of an invoice is reminded of the rest, with a Pix of the rest; the boleto, which asks for all, is not named.
func TestAReminderAsksForWhatIsLeft(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		s := next(t, o)
		if _, err := (billing.Desk{DB: o.DB}).ReceiveAtCounter(o.As("financeiro"), billing.Receipt{Invoice: s.Invoice.ID, Amount: 50_00, PaidOn: today(o), Key: "1"}); err != nil {
			t.Fatal(err)
		}
		left := next(t, o)
		var letter *ent.Email
		until(t, o, func() bool {
			o.Read(func(ctx context.Context, c *ent.Client) error {
				if all := c.Email.Query().Where(email.AboutID(s.Invoice.ID)).AllX(ctx); len(all) > 0 {
					letter = all[0]
				}
				return nil
			})
			return letter != nil
		})
		_, code, _ := strings.Cut(letter.Text, "Pix copia e cola:\n")
		code, _, _ = strings.Cut(code, "\n")
		if asks := pix.Parse(code); asks.Fields["54"] != left.Owed().Decimal() || !strings.Contains(letter.Text, "R$ "+left.Owed().String()) || strings.Contains(letter.Text, left.Slip.Linha) {
			t.Errorf("of %s it says %s", left.Owed(), letter.Text)
		}
	})
}
