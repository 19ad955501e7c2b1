package billing_test

import (
	"bytes"
	"context"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

// mariasOpen are her open invoices, the oldest first.
func mariasOpen(o *demotest.Office) (rows []*ent.Invoice) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		rows = c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil()).Order(invoice.ByDue()).AllX(ctx)
		return nil
	})
	return rows
}

func TestSeveralInvoicesAreReceivedAtOnceTheOldestFirst(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		open, today, cashier := mariasOpen(o), o.Here.Today(o.DB.Now()), o.As("financeiro")
		price := o.Service(o.Maria).Price
		fee := fee(o, today)
		in := billing.Handful{Customer: o.Maria.ID, Items: []uuid.UUID{open[1].ID, fee, open[0].ID}, Amount: 150_00 + price + 10_00, PaidOn: today, Key: "1"}
		preview, err := desk(o).PreviewMany(cashier, in)
		if err != nil || preview.Owed != 150_00+2*price || len(preview.Parts) != 3 || preview.Left != price-10_00 || preview.Parts[0].Charge == nil {
			t.Fatalf("%+v, %v", preview, err)
		}
		for want, change := range map[string]func(*billing.Handful){
			"valor: positive": func(in *billing.Handful) { in.Amount = 0 },
			"pago_em: future": func(in *billing.Handful) { in.PaidOn = today.AddDays(1) },
			"receipt_unseen":  func(in *billing.Handful) { in.Shown = "other" },
			"not_found":       func(in *billing.Handful) { in.Items = append([]uuid.UUID{overdue(o).Invoice.ID}, in.Items...) }, // João's
		} {
			bad := in
			change(&bad)
			if _, err := desk(o).ReceiveMany(cashier, bad); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := desk(o).ReceiveMany(o.Stranger(), in); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		in.Shown = preview.Seen()
		var done *billing.Handed
		o.AllOrNothing(t, 25, func() (err error) {
			done, err = desk(o).ReceiveMany(cashier, in)
			return err
		})
		answer := hundred(t, func() (uuid.UUID, error) {
			again, err := desk(o).ReceiveMany(cashier, in)
			if err != nil {
				return uuid.Nil, err
			}
			return again.Receipt.ID, nil
		})
		if answer != done.Receipt.ID || done.Receipt.Amount != in.Amount {
			t.Errorf("%v answers to the key of a recibo of %s", answer, done.Receipt.Amount)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Payment.Query().Where(payment.ReceiptID(done.Receipt.ID)).CountX(ctx); n != 3 {
				t.Errorf("%d payments on one recibo", n)
			}
			if c.Charge.GetX(ctx, fee).ClosedAt == nil || c.Invoice.GetX(ctx, open[0].ID).PaidAt == nil || c.Invoice.GetX(ctx, open[1].ID).PaidAt != nil {
				t.Error("not the oldest were paid")
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestTheCashierChoosesWhichChargeIsPaid(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		bill, today, cashier := mariasOpen(o)[0], o.Here.Today(o.DB.Now()), o.As("financeiro")
		second := fee(o, bill.Due)
		o.Write(func(ctx context.Context, c *ent.Client) error { // an installation fee on her invoice
			return c.Charge.UpdateOneID(second).SetInvoiceID(bill.ID).Exec(ctx)
		})
		in := billing.Receipt{Invoice: bill.ID, Amount: 100_00, PaidOn: today, Parts: []billing.Part{{Charge: second, Amount: 70_00}}, Key: "1"}
		for want, parts := range map[string][]billing.Part{
			"not_found": {{Charge: demotest.Nobody, Amount: 1}},
			"parte_" + second.String() + ": part_over":  {{Charge: second, Amount: 150_01}},
			"parte_" + second.String() + ": parts_over": {{Charge: second, Amount: 100_01}},
		} {
			bad := in
			bad.Parts = parts
			if _, err := desk(o).ReceiveAtCounter(cashier, bad); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := desk(o).ReceiveAtCounter(cashier, in); err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			first := c.Charge.Query().Where(charge.InvoiceID(bill.ID), charge.IDNEQ(second)).OnlyX(ctx)
			if chosen := c.Charge.GetX(ctx, second); chosen.Settled != 70_00 || first.Settled != 30_00 {
				t.Errorf("the chosen one has %s, the other %s", chosen.Settled, first.Settled)
			}
			return nil
		})
		balanced(t, o)
	})
}

// A line that takes something off lowers the principal: what is paid beyond it is late charges and credit, and no more of the other charges.
func TestALineThatTakesOffIsNotPaidTwice(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		bill, cashier := mariasOpen(o)[0], o.As("financeiro")
		o.Write(func(ctx context.Context, c *ent.Client) error {
			first := c.Charge.Query().Where(charge.InvoiceID(bill.ID)).OnlyX(ctx)
			c.Charge.Create().SetNumber(999).SetCustomerID(first.CustomerID).SetInvoiceID(bill.ID).SetKind(charge.KindCredit).SetDescription("Desconto").SetDue(first.Due).
				SetAmount(-10_00).SetMemo("desconto").SetPosition(1).SetCreatedAt(o.DB.Now()).ExecX(ctx)
			return nil
		})
		price := o.Service(o.Maria).Price
		done, err := desk(o).ReceiveAtCounter(cashier, billing.Receipt{Invoice: bill.ID, Amount: price, PaidOn: o.Here.Today(o.DB.Now()), Key: "1"})
		if err != nil || done.Credit != 10_00 || done.Standing.Status != billing.InvoicePaid {
			t.Errorf("%+v, %v", done, err)
		}
	})
}

func TestAReciboOfWhatWasHandedOver(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		done := received(t, o, overdue(o).Owed()+money.Cents(5_00), "1")
		name, first, err := desk(o).ReciboPDF(o.As("suporte"), done.Receipt.ID)
		if err != nil || !bytes.HasPrefix(first, []byte("%PDF-")) || name == "" {
			t.Fatalf("%s, %v", name, err)
		}
		if _, again, err := desk(o).ReciboPDF(o.As("suporte"), done.Receipt.ID); err != nil || bytes.Equal(first, again) {
			t.Errorf("a second one is not marked: %v", err)
		}
		if _, _, err := desk(o).ReciboPDF(o.Stranger(), done.Receipt.ID); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if done.Receipt.Number != 1+int64(c.Receipt.Query().CountX(ctx))-1 {
				t.Errorf("recibo %d of %d", done.Receipt.Number, c.Receipt.Query().CountX(ctx))
			}
			return nil
		})
	})
}
