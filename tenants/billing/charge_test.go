package billing_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
)

// fee charges Maria an installation fee of 150.00, at once, due on a day.
func fee(o *demotest.Office, due calendar.Date) (id uuid.UUID) {
	o.Write(func(ctx context.Context, c *ent.Client) error {
		if err := billing.ChargeInstallation(ctx, c, o.DB.Now(), o.DB.Today(ctx), o.Service(o.Maria), 150_00, due); err != nil {
			return err
		}
		id = c.Charge.Query().Where(charge.KindEQ(charge.KindInstallation)).OnlyX(ctx).ID
		return nil
	})
	return id
}

func TestAnInstallationFeeIsReceivedAtTheCounterOnce(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		today := o.Here.Today(o.DB.Now())
		in := billing.ChargeReceipt{Charge: fee(o, today.AddDays(-5)), Amount: 150_00, PaidOn: today, Key: "1"}
		late, err := desk(o).Account(o.As("financeiro"), o.Maria.ID)
		if err != nil || late.Overdue != 150_00 || len(late.LateLoose(today)) != 1 {
			t.Fatalf("before: %+v, %v", late, err)
		}
		for want, change := range map[string]func(*billing.ChargeReceipt){
			"pago_em: future":        func(in *billing.ChargeReceipt) { in.PaidOn = today.AddDays(1) },
			"pago_em: before_charge": func(in *billing.ChargeReceipt) { in.PaidOn = today.AddDays(-1) },
			"receipt_unseen":         func(in *billing.ChargeReceipt) { in.Shown = "150" },
			"valor: positive":        func(in *billing.ChargeReceipt) { in.Amount = 0 },
			"not_found":              func(in *billing.ChargeReceipt) { in.Charge = demotest.Nobody },
			"charge_on_invoice":      func(in *billing.ChargeReceipt) { in.Charge = overdue(o).Charges[0].ID },
		} {
			bad := in
			change(&bad)
			if _, err := desk(o).ReceiveCharge(o.As("financeiro"), bad); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := desk(o).ReceiveCharge(o.As("comercial"), in); demotest.Fault(err) != "denied" {
			t.Errorf("comercial receives nothing: %v", err)
		}
		if _, err := desk(o).ReceiveCharge(o.Stranger(), in); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		cashier := o.As("financeiro")
		o.AllOrNothing(t, 12, func() error {
			_, err := desk(o).ReceiveCharge(cashier, in)
			return err
		})
		if _, err := desk(o).ReceiveCharge(cashier, in); err != nil {
			t.Errorf("the same form again: %v", err)
		}
		in.Key = "2"
		if _, err := desk(o).ReceiveCharge(o.As("financeiro"), in); demotest.Fault(err) != "charge_paid" {
			t.Errorf("another form: %v", err)
		}
		one, err := desk(o).Charge(o.As("suporte"), in.Charge)
		if err != nil || one.Status != billing.InvoicePaid || len(one.Payments) != 1 || one.Owed() != 0 {
			t.Errorf("after: %+v, %v", one, err)
		}
		if _, err := desk(o).Charge(o.Stranger(), in.Charge); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger reads it: %v", err)
		}
		balanced(t, o)
	})
}
