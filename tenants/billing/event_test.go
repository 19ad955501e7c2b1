package billing_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/billingeventpart"
	"enlace/ent/charge"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

// surcharge is 100.00 in three parts on Maria's service, from the month of her next carnê on.
func surcharge(o *demotest.Office) billing.NewEvent {
	return billing.NewEvent{Customer: o.Maria.ID, Subscription: o.Service(o.Maria).ID, Description: "Roteador extra", Value: 100_00, Parts: 3, From: renewal(o).FirstDue, Key: "1"}
}

func TestAnEventRidesOnTheInstalmentsOfItsMonths(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		clerk, in := o.As("comercial"), surcharge(o)
		o.AllOrNothing(t, 5, func() error { _, err := desk(o).AddEvent(clerk, in); return err })
		discount := in
		discount.Discount, discount.Value, discount.Parts, discount.Description, discount.Key = true, 20_00, 1, "Indicação de amigo", "2"
		if _, err := desk(o).AddEvent(clerk, discount); err != nil {
			t.Fatal(err)
		}
		plain, shown := renewal(o), &billing.BookletPreview{}
		o.AllOrNothing(t, 15, func() (err error) {
			if shown, err = desk(o).PreviewBooklet(clerk, plain); err == nil {
				_, err = desk(o).IssueBooklet(clerk, plain)
			}
			return err
		})
		monthly, _ := billing.MonthlyOf(o.Service(o.Maria))
		// 100.00 in 3 is 33.34 + 33.33 + 33.33 (money.md M4), and the discount of 20.00 rides once.
		for k, extra := range []money.Cents{33_34 - 20_00, 33_33, 33_33, 0} {
			if got := shown.Instalments[k].Total; got != monthly+extra {
				t.Errorf("instalment %d is shown as %s, want %s", k+1, got, monthly+extra)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			invoices, err := billing.InvoicesOf(ctx, c, o.DB.Today(ctx), o.Maria.ID, true)
			if err != nil {
				return err
			}
			last := invoices[len(invoices)-12:]
			for k, s := range last {
				if s.Total != shown.Instalments[k].Total {
					t.Errorf("instalment %d was posted as %s", k+1, s.Total)
				}
				checkSlip(t, s)
			}
			if n := c.BillingEventPart.Query().Where(billingeventpart.ChargeIDIsNil()).CountX(ctx); n != 0 {
				t.Errorf("%d parts ride on none", n)
			}
			// Exactly what is owed of one with a discount pays it, to the cent.
			receipt := billing.Receipt{Invoice: last[0].Invoice.ID, Amount: last[0].Total + 5_00, PaidOn: o.Here.Today(o.DB.Now()), Key: "r"}
			preview, err := desk(o).PreviewReceipt(o.As("financeiro"), receipt)
			if err != nil || preview.Credit != 5_00 || preview.Left != 0 {
				t.Errorf("a receipt of 5.00 more than owed: %+v, %v", preview, err)
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestACancelledCarneLetsItsEventsRideAgain(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		clerk := o.As("comercial")
		if _, err := desk(o).AddEvent(clerk, surcharge(o)); err != nil {
			t.Fatal(err)
		}
		issued, err := desk(o).IssueBooklet(clerk, renewal(o))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk(o).CancelBooklet(clerk, issued.ID, "feito por engano", ""); err != nil {
			t.Fatal(err)
		}
		shown, err := desk(o).PreviewBooklet(clerk, renewal(o))
		if err != nil || len(shown.Instalments[0].Events) != 1 || shown.Instalments[0].Events[0].Amount != 33_34 {
			t.Errorf("%+v, %v", shown, err)
		}
		balanced(t, o)
	})
}

func TestEditingAnEventCancelsTheRestAndAddsAnother(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		clerk, in := o.As("comercial"), surcharge(o)
		made, err := desk(o).AddEvent(clerk, in)
		if err != nil {
			t.Fatal(err)
		}
		one := renewal(o)
		one.Instalments = 1 // the first part is billed
		if _, err := desk(o).IssueBooklet(clerk, one); err != nil {
			t.Fatal(err)
		}
		in.Value, in.Parts, in.Key = 40_00, 2, "e"
		edit := billing.EventEdit{Event: made, Reason: "devolveu um roteador", Instead: in}
		o.AllOrNothing(t, 8, func() error { _, err := desk(o).EditEvent(clerk, edit); return err })
		instead, err := desk(o).EditEvent(clerk, edit) // the same form again
		if err != nil {
			t.Fatal(err)
		}
		before, err := desk(o).Event(clerk, made)
		if err != nil || before.Status != billing.EventCancelled || before.Left != 0 || before.Parts[0].ChargeID == nil || before.Parts[1].CancelledAt == nil {
			t.Errorf("before: %+v, %v", before, err)
		}
		after, err := desk(o).Event(clerk, instead)
		if err != nil || after.Left != 40_00 || after.LeftParts() != 2 || after.Status != billing.EventOpen {
			t.Errorf("after: %+v, %v", after, err)
		}
		cancel := billing.Cancelling{ID: instead, Reason: "cliente desistiu", Key: "c"}
		o.AllOrNothing(t, 5, func() error { return desk(o).CancelEvent(clerk, cancel) })
		hundred(t, func() (struct{}, error) { return done(desk(o).CancelEvent(clerk, cancel)) })
		if again := hundred(t, func() (uuid.UUID, error) { return desk(o).EditEvent(clerk, edit) }); again != instead {
			t.Errorf("the form of the edit is answered %s, it made %s", again, instead)
		}
		cancel.Key = "z"
		if err := desk(o).CancelEvent(clerk, cancel); demotest.Fault(err) != "event_cancelled" {
			t.Errorf("again: %v", err)
		}
		if err := desk(o).CancelEvent(o.Stranger(), cancel); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Charge.Query().Where(charge.KindEQ(charge.KindEvent)).CountX(ctx); n != 1 {
				t.Errorf("%d charges of events", n)
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestAnEventThatCannotBeIsRefusedByName(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		for want, change := range map[string]func(*billing.NewEvent){
			"valor: positive":            func(in *billing.NewEvent) { in.Value = 0 },
			"valor: charge_too_large":    func(in *billing.NewEvent) { in.Value = 10_000_000_00 },
			"valor: discount_over_month": func(in *billing.NewEvent) { in.Discount, in.Value, in.Parts = true, 900_00, 3 },
			"partes: event_part_empty":   func(in *billing.NewEvent) { in.Value, in.Parts = 2, 3 },
			"mes: month_past":            func(in *billing.NewEvent) { in.From = o.Here.Today(o.DB.Now()).AddDays(-40) },
			"not_found":                  func(in *billing.NewEvent) { in.Customer = o.Joao.ID },
		} {
			in := surcharge(o)
			change(&in)
			if _, err := desk(o).AddEvent(o.As("comercial"), in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := desk(o).AddEvent(o.As("suporte"), surcharge(o)); demotest.Fault(err) != "denied" {
			t.Error(err)
		}
	})
}
