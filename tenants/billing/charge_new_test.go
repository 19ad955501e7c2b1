package billing_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/chargekind"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
)

// hundred does the same a hundred times at once and says what all were answered: one answer, and no other.
func hundred[T comparable](t *testing.T, do func() (T, error)) (answer T) {
	t.Helper()
	answers := make([]T, 100)
	var wg sync.WaitGroup
	for n := range answers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var err error
			if answers[n], err = do(); err != nil {
				t.Error(err)
			}
		}()
	}
	wg.Wait()
	for _, one := range answers {
		if one != answers[0] {
			t.Fatalf("one was answered %v, another %v", answers[0], one)
		}
	}
	return answers[0]
}

// done is a use case without an answer.
func done(err error) (struct{}, error) { return struct{}{}, err }

func installation(o *demotest.Office) (kind uuid.UUID) {
	o.Read(func(ctx context.Context, c *ent.Client) (err error) {
		kind, err = c.ChargeKind.Query().Where(chargekind.Installation(true)).OnlyID(ctx)
		return err
	})
	return kind
}

// loose is an installation fee of Maria as task 5 asks for it: 150.00 less 30.00.
func loose(o *demotest.Office) billing.NewCharge {
	return billing.NewCharge{Customer: o.Maria.ID, Kind: installation(o), Subscription: o.Service(o.Maria).ID, Due: o.Here.Today(o.DB.Now()).AddDays(10),
		Description: "Instalação com 40 m de cabo", Value: 150_00, Discount: 30_00, Key: "1"}
}

func chargeOf(t *testing.T, o *demotest.Office, id uuid.UUID) *billing.ChargeCard {
	t.Helper()
	one, err := desk(o).Charge(o.As("gerente"), id)
	if err != nil {
		t.Fatal(err)
	}
	return one
}

func TestALooseChargeIsWhatItsPreviewShows(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		in, clerk := loose(o), o.As("comercial")
		shown, err := desk(o).PreviewCharge(clerk, in)
		if err != nil {
			t.Fatal(err)
		}
		o.AllOrNothing(t, 8, func() error { _, err := desk(o).GenerateCharge(clerk, in); return err })
		made := hundred(t, func() (uuid.UUID, error) { return desk(o).GenerateCharge(clerk, in) })
		one := chargeOf(t, o, made)
		if one.Amount != 120_00 || one.Amount != shown.Amount || one.Memo != shown.Memo || one.Memo != "R$ 150,00 \u2212 desconto de R$ 30,00" || one.Due != in.Due || one.Invoice != nil ||
			one.Kind != charge.KindInstallation || !one.Suspends || one.Status != billing.InvoiceOpen || len(one.Items) != 2 || one.Items[1].Amount != -30_00 {
			t.Errorf("it became %+v %v", one.Charge, one.Items)
		}
		other := in
		other.Value = 140_00
		if _, err := desk(o).GenerateCharge(clerk, other); demotest.Fault(err) != "key_reused" {
			t.Errorf("the same form with other data: %v", err)
		}
		balanced(t, o)
	})
}

func TestALooseChargeWithInvoiceHasItsOwnBoletoAndPix(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		in, clerk := loose(o), o.As("financeiro")
		in.Invoice = true
		o.AllOrNothing(t, 12, func() error { _, err := desk(o).GenerateCharge(clerk, in); return err })
		one := chargeOf(t, o, hundred(t, func() (uuid.UUID, error) { return desk(o).GenerateCharge(clerk, in) }))
		s, err := desk(o).Invoice(clerk, *one.InvoiceID)
		if err != nil || s.Total != 120_00 || s.Standing.Invoice.Due != in.Due || len(s.Charges) != 1 {
			t.Fatalf("its invoice: %+v, %v", s, err)
		}
		checkSlip(t, s.Standing)
		// Made of a value and a discount, it is edited as any other.
		edit := billing.Edit{Invoice: *one.InvoiceID, Lines: []billing.EditLine{{Number: s.Standing.Invoice.Number, Due: in.Due, Amount: 130_00}}, Reason: "cabo mais longo", Key: "e"}
		if err := desk(o).EditInvoices(clerk, edit); err != nil {
			t.Error(err)
		}
		balanced(t, o)
	})
}

func TestALooseChargeThatCannotBeIsRefusedByName(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		withdrawn, cancelled := uuid.UUID{}, o.Service(o.Maria)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			kind := c.ChargeKind.Query().Where(chargekind.Installation(false)).FirstX(ctx)
			withdrawn = kind.ID
			return kind.Update().SetActive(false).Exec(ctx)
		})
		today := o.Here.Today(o.DB.Now())
		for want, change := range map[string]func(*billing.NewCharge){
			"valor: positive":               func(in *billing.NewCharge) { in.Value, in.Discount = 0, 0 },
			"valor: charge_too_large":       func(in *billing.NewCharge) { in.Value = 10_000_000_00 },
			"desconto: discount_over_value": func(in *billing.NewCharge) { in.Discount = in.Value + 1 },
			"desconto: negative":            func(in *billing.NewCharge) { in.Discount = -1 },
			"vencimento: due_past":          func(in *billing.NewCharge) { in.Due = today.AddDays(-1) },
			"vencimento: due_far":           func(in *billing.NewCharge) { in.Due = today.AddDays(900) },
			"tipo: charge_kind_withdrawn":   func(in *billing.NewCharge) { in.Kind = withdrawn },
			"valor: under_minimum":          func(in *billing.NewCharge) { in.Value, in.Discount, in.Invoice = 4_99, 0, true },
			"not_found":                     func(in *billing.NewCharge) { in.Subscription = o.Service(o.Joao).ID },
		} {
			in := loose(o)
			change(&in)
			if _, err := desk(o).GenerateCharge(o.As("gerente"), in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		var wrong tenants.Fields
		billing.ReadNewCharge(tenants.Typed{"tipo": uuid.NewString(), "vencimento": "10/12/2026", "descricao": "Roteador 📡"}, o.Maria.ID, &wrong)
		billing.ReadChargeEdit(tenants.Typed{"novo_vencimento": "10/12/2026", "nova_descricao": "Roteador 📡"}, uuid.New(), &wrong)
		if wrong["descricao"] != "unprintable" || wrong["nova_descricao"] != "unprintable" {
			t.Errorf("what no boleto prints: %v", wrong)
		}
		if _, err := desk(o).GenerateCharge(o.As("suporte"), loose(o)); demotest.Fault(err) != "denied" {
			t.Errorf("suporte: %v", err)
		}
		if _, err := desk(o).GenerateCharge(o.Stranger(), loose(o)); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		foreign := loose(o)
		o.DB.Read(o.Stranger(), func(ctx context.Context, c *ent.Client) error {
			foreign.Kind = c.ChargeKind.Query().FirstIDX(ctx)
			return nil
		})
		if _, err := desk(o).GenerateCharge(o.As("gerente"), foreign); demotest.Fault(err) != "not_found" {
			t.Errorf("another ISP's kind: %v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Subscription.Update().Where(subscription.ID(cancelled.ID)).SetStatus(status.Cancelled).Exec(ctx)
		})
		if _, err := desk(o).GenerateCharge(o.As("gerente"), loose(o)); demotest.Fault(err) != "cancelled_bills_nothing" {
			t.Errorf("a cancelled service: %v", err)
		}
		alone := loose(o) // of the customer alone, whatever became of the service
		alone.Subscription = uuid.Nil
		made, err := desk(o).GenerateCharge(o.As("gerente"), alone)
		if err != nil || chargeOf(t, o, made).Suspends {
			t.Errorf("without a service: %v", err)
		}
		balanced(t, o)
	})
}

func TestAChargeDiscountedToZeroIsBornPaid(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		in, before := loose(o), count(o)
		in.Discount, in.Invoice = in.Value, true
		made, err := desk(o).GenerateCharge(o.As("comercial"), in)
		if err != nil {
			t.Fatal(err)
		}
		if one, after := chargeOf(t, o, made), count(o); one.Status != billing.InvoicePaid || after[1] != before[1] || after[3] != before[3] {
			t.Errorf("%s, before %v, after %v", one.Status, before, after)
		}
		balanced(t, o)
	})
}

func TestALooseChargeGetsItsInvoiceLater(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		clerk := o.As("comercial")
		made, err := desk(o).GenerateCharge(clerk, loose(o))
		if err != nil {
			t.Fatal(err)
		}
		in := billing.ChargeInvoice{Charge: made, Due: loose(o).Due.AddDays(5), Key: "f"}
		for want, change := range map[string]func(*billing.ChargeInvoice){
			"vencimento: due_past": func(in *billing.ChargeInvoice) { in.Due = in.Due.AddDays(-100) },
			"not_found":            func(in *billing.ChargeInvoice) { in.Charge = demotest.Nobody },
			"charge_on_invoice":    func(in *billing.ChargeInvoice) { in.Charge = overdue(o).Charges[0].ID },
		} {
			bad := in
			change(&bad)
			if _, err := desk(o).InvoiceCharge(clerk, bad); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		o.AllOrNothing(t, 10, func() error { _, err := desk(o).InvoiceCharge(clerk, in); return err })
		invoice := hundred(t, func() (uuid.UUID, error) { return desk(o).InvoiceCharge(clerk, in) })
		s, err := desk(o).Invoice(clerk, invoice)
		if err != nil || s.Total != 120_00 || s.Standing.Invoice.Due != in.Due || s.Charges[0].ID != made || s.Charges[0].Due != in.Due {
			t.Fatalf("%+v, %v", s, err)
		}
		checkSlip(t, s.Standing)
		if _, err := desk(o).InvoiceCharge(o.Stranger(), in); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		balanced(t, o)
	})
}

func TestAChargeIsEditedByAnotherInItsPlace(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		clerk := o.As("comercial")
		var asked []billing.ChargeEdit
		for _, invoiced := range []bool{false, true} {
			first := loose(o)
			first.Invoice, first.Key = invoiced, fmt.Sprint(invoiced)
			made, err := desk(o).GenerateCharge(clerk, first)
			if err != nil {
				t.Fatal(err)
			}
			in := billing.ChargeEdit{Charge: made, Due: first.Due, Description: first.Description, Amount: 90_00, Reason: "cliente antigo", Key: first.Key}
			for want, change := range map[string]func(*billing.ChargeEdit){
				"motivo_edicao: reason_short": func(in *billing.ChargeEdit) { in.Reason = "sim" },
				"novo_valor: unchanged":       func(in *billing.ChargeEdit) { in.Amount = 120_00 },
				"novo_vencimento: due_past":   func(in *billing.ChargeEdit) { in.Due = in.Due.AddDays(-50) },
				"charge_not_edited":           func(in *billing.ChargeEdit) { in.Charge = overdue(o).Charges[0].ID },
			} {
				bad := in
				change(&bad)
				if _, err := desk(o).EditCharge(clerk, bad); demotest.Fault(err) != want {
					t.Errorf("%v, want %s", err, want)
				}
			}
			o.AllOrNothing(t, 12, func() error { _, err := desk(o).EditCharge(clerk, in); return err })
			asked = append(asked, in)
		}
		for i, in := range asked {
			instead, before := chargeOf(t, o, hundred(t, func() (uuid.UUID, error) { return desk(o).EditCharge(clerk, in) })), chargeOf(t, o, in.Charge)
			if before.Status != billing.InvoiceCancelled || before.Amount != 120_00 || instead.Amount != 90_00 || (instead.Invoice != nil) != (i == 1) || !instead.Suspends {
				t.Errorf("%+v became %+v", before.Charge, instead.Charge)
			}
			in = billing.ChargeEdit{Charge: instead.ID, Due: in.Due, Description: in.Description, Amount: 0, Reason: "perdoada", Key: in.Key + "0"}
			forgiven, err := desk(o).EditCharge(clerk, in)
			if err != nil || chargeOf(t, o, forgiven).Status != billing.InvoicePaid {
				t.Errorf("to zero: %v", err)
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Slip.Query().Where(slip.CancelledAtNotNil()).CountX(ctx); n != 2 {
				t.Errorf("%d slips were taken back", n)
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestChargesAndInvoicesAreCancelledWithAReason(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		clerk, in := o.As("comercial"), loose(o)
		alone, err := desk(o).GenerateCharge(clerk, in)
		if err != nil {
			t.Fatal(err)
		}
		in.Invoice, in.Key = true, "2"
		invoiced, err := desk(o).GenerateCharge(clerk, in)
		if err != nil {
			t.Fatal(err)
		}
		charge := billing.Cancelling{ID: alone, Reason: "instalação gratuita", Key: "c"}
		whole := billing.Cancelling{ID: *chargeOf(t, o, invoiced).InvoiceID, Reason: "instalação gratuita", Key: "i"}
		if err := desk(o).CancelCharge(clerk, billing.Cancelling{ID: alone, Reason: "ops", Key: "c"}); demotest.Fault(err) != "motivo: reason_short" {
			t.Error(err)
		}
		if err := desk(o).CancelCharge(clerk, billing.Cancelling{ID: invoiced, Reason: charge.Reason, Key: "x"}); demotest.Fault(err) != "charge_on_invoice" {
			t.Errorf("one on an invoice: %v", err)
		}
		if err := desk(o).CancelCharge(o.Stranger(), charge); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		o.AllOrNothing(t, 6, func() error { return desk(o).CancelCharge(clerk, charge) })
		o.AllOrNothing(t, 8, func() error { return desk(o).CancelInvoice(clerk, whole) })
		hundred(t, func() (struct{}, error) { return done(desk(o).CancelCharge(clerk, charge)) })
		hundred(t, func() (struct{}, error) { return done(desk(o).CancelInvoice(clerk, whole)) })
		if one := chargeOf(t, o, invoiced); one.Status != billing.InvoiceCancelled {
			t.Errorf("its charge is %s", one.Status)
		}
		charge.Key, whole.Key = "y", "y"
		if err := desk(o).CancelCharge(clerk, charge); demotest.Fault(err) != "charge_cancelled" {
			t.Errorf("again: %v", err)
		}
		if err := desk(o).CancelInvoice(clerk, whole); demotest.Fault(err) != "invoice_cancelled" {
			t.Errorf("again: %v", err)
		}
		whole.ID = overdue(o).Invoice.ID
		if err := desk(o).CancelInvoice(clerk, whole); demotest.Fault(err) != "invoice_of_booklet" {
			t.Errorf("an instalment: %v", err)
		}
		balanced(t, o)
	})
}

// The debt a service is suspended for is gone when it is cancelled, and its days may be billed again.
func TestCancellingTheOverdueInvoiceGivesTheServiceBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt := overdue(o)
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Invoice.UpdateOneID(debt.Invoice.ID).ClearBookletID().Exec(ctx)
		})
		if err := desk(o).CancelInvoice(o.As("gerente"), billing.Cancelling{ID: debt.Invoice.ID, Reason: "cobrada por engano", Key: "1"}); err != nil {
			t.Fatal(err)
		}
		sub := o.Service(o.Joao)
		if sub.Status != status.Enabled {
			t.Errorf("he is %s", sub.Status)
		}
		if end := debt.Charges[0].PeriodTo; sub.BilledUntil == end && end != (calendar.Date{}) {
			t.Errorf("still billed until %s", sub.BilledUntil)
		}
		balanced(t, o)
	})
}
