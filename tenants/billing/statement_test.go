package billing_test

import (
	"context"
	"testing"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

func TestAStatementEndsWhereTheAccountStands(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		today, debt := o.Here.Today(o.DB.Now()), overdue(o)
		receive := func(amount money.Cents, key string) {
			t.Helper()
			if _, err := desk(o).ReceiveAtCounter(o.As("financeiro"), billing.Receipt{Invoice: debt.Invoice.ID, Amount: amount, PaidOn: today, Key: key}); err != nil {
				t.Fatal(err)
			}
		}
		receive(20_00, "1")
		receive(debt.Owed()+10_00, "2") // 30,00 too much
		read := func(from, to calendar.Date) *billing.Statement {
			t.Helper()
			s, err := desk(o).Statement(o.As("suporte"), o.Joao.ID, from, to)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		a, err := desk(o).Account(o.As("financeiro"), o.Joao.ID)
		if err != nil {
			t.Fatal(err)
		}
		var open money.Cents
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, row := range c.Charge.Query().Where(charge.CustomerID(o.Joao.ID), charge.CancelledAtIsNil()).AllX(ctx) {
				open += row.Amount - row.Settled
			}
			return nil
		})
		whole := read(calendar.On(2020, 1, 1), calendar.On(2040, 1, 1))
		if want := open - a.Credit; whole.Closing != want || whole.Opening != 0 || whole.Later != 0 || a.Credit != 30_00 {
			t.Errorf("the whole ends at %s, want %s less %s", whole.Closing, open, a.Credit)
		}
		late, came := money.Cents(0), money.Cents(0)
		for _, line := range whole.Lines {
			if line.Payment != nil && line.On == today {
				late, came = late+line.Debit, came+line.Credit
			}
		}
		if came != debt.Owed()+30_00 || late != debt.Debt.Charges() {
			t.Errorf("%s came in, of which %s late charges; want %s and %s", came, late, debt.Owed()+30_00, debt.Debt.Charges())
		}
		now, then := read(today, today), read(calendar.On(2020, 1, 1), today.AddDays(-1))
		if now.Opening != then.Closing || now.Closing+now.Later != whole.Closing || then.Closing+then.Later != whole.Closing {
			t.Errorf("until yesterday %s, today from %s to %s and then %s", then.Closing, now.Opening, now.Closing, now.Later)
		}
		if _, err := desk(o).Statement(o.Stranger(), o.Joao.ID, today, today); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger reads it: %v", err)
		}
		if from, to := billing.ReadStatement(tenants.Typed{"de": "2026-05-10", "ate": "2026-05-01"}, today); from.String() != "2026-05-01" || to.String() != "2026-05-10" {
			t.Errorf("from %s to %s", from, to)
		}
		if from, to := billing.ReadStatement(tenants.Typed{"de": "ontem"}, today); from.String() != "2025-11-23" || to != today {
			t.Errorf("from %s to %s", from, to)
		}
	})
}
