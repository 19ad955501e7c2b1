package billing_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/tillentry"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
)

// counted is what is in a caixa, and more or less of it in cash.
func counted(t *billing.TillCard, off money.Cents) map[payment.Form]money.Cents {
	all := map[payment.Form]money.Cents{}
	for _, form := range t.Forms() {
		all[form] = t.Expected[form]
	}
	all[payment.FormCash] += off
	return all
}

func TestTheCashOfADayIsWhatWasReceivedTakenBackPutInAndTakenOut(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, debt, today := o.As("financeiro"), overdue(o), o.Here.Today(o.DB.Now())
		o.AllOrNothing(t, 4, func() error { return desk(o).OpenTill(cashier, billing.TillOpening{Float: 100_00, Key: "1"}) })
		if err := desk(o).OpenTill(cashier, billing.TillOpening{Key: "2"}); demotest.Fault(err) != "till_open" {
			t.Errorf("a second one: %v", err)
		}
		pay := func(amount money.Cents, form payment.Form, key string) *billing.Received {
			done, err := desk(o).ReceiveAtCounter(cashier, billing.Receipt{Invoice: debt.Invoice.ID, Amount: amount, PaidOn: today, Hand: billing.Hand{Form: form}, Key: key})
			if err != nil || done.Opened != nil {
				t.Fatalf("%+v, %v", done, err)
			}
			return done
		}
		pay(20_00, payment.FormCash, "3")
		card := pay(15_00, payment.FormDebitCard, "4")
		pay(5_00, payment.FormPix, "5")
		if _, err := desk(o).ReversePayment(cashier, takeback(card.Payment, "6")); err != nil {
			t.Fatal(err)
		}
		for want, in := range map[string]billing.TillMove{"valor: positive": {Kind: tillentry.KindSupply, Reason: "troco"}, "motivo: reason_short": {Kind: tillentry.KindSupply, Amount: 1, Reason: "ok"},
			"valor: till_short": {Kind: tillentry.KindWithdrawal, Amount: 120_01, Reason: "ao banco"}} {
			if err := desk(o).MoveTill(cashier, in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		o.AllOrNothing(t, 5, func() error {
			return desk(o).MoveTill(cashier, billing.TillMove{Kind: tillentry.KindWithdrawal, Amount: 90_00, Reason: "ao banco", Key: "7"})
		})
		own, err := desk(o).OwnTill(cashier)
		if err != nil || own.Expected[payment.FormCash] != 30_00 || own.Expected[payment.FormDebitCard] != 0 || own.Expected[payment.FormPix] != 5_00 || len(own.Payments) != 4 {
			t.Fatalf("in it are %+v: %v", own, err)
		}
		closing := billing.TillClosing{Till: own.ID, Counted: counted(own, -50), Shown: own.Seen(), Key: "8"}
		if err := desk(o).CloseTill(cashier, closing); demotest.Fault(err) != "motivo: till_difference" {
			t.Errorf("50 centavos short without a reason: %v", err)
		}
		missing := closing
		missing.Counted = map[payment.Form]money.Cents{payment.FormCash: 30_00}
		if fault := tenants.FaultOf(desk(o).CloseTill(cashier, missing)); fault == nil || fault.Fields["contado_pix"] != "required" || fault.Fields["contado_debit_card"] != "required" {
			t.Errorf("card and Pix were not counted: %v", fault)
		}
		pay(1_00, payment.FormCash, "9")
		closing.Reason = "faltou uma moeda"
		if err := desk(o).CloseTill(cashier, closing); demotest.Fault(err) != "till_moved" {
			t.Errorf("more came meanwhile: %v", err)
		}
		own, _ = desk(o).OwnTill(cashier)
		closing.Counted, closing.Shown = counted(own, -50), own.Seen()
		if err := desk(o).CloseTill(o.As("suporte"), closing); demotest.Fault(err) != "denied" {
			t.Errorf("suporte: %v", err)
		}
		if err := desk(o).CloseTill(o.Stranger(), closing); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		o.AllOrNothing(t, 10, func() error { return desk(o).CloseTill(cashier, closing) })
		if err := desk(o).CloseTill(cashier, closing); err != nil {
			t.Errorf("the same form again: %v", err)
		}
		closing.Key = "10"
		if err := desk(o).CloseTill(cashier, closing); demotest.Fault(err) != "till_closed" {
			t.Errorf("a closed one: %v", err)
		}
		closed, err := desk(o).Till(o.As("gerente"), own.ID)
		if err != nil || closed.Difference() != -50 || closed.Reason != "faltou uma moeda" || closed.Closer == nil {
			t.Errorf("it was closed with %+v: %v", closed, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if side := c.LedgerEntry.Query().Where(ledgerentry.AccountEQ(ledgerentry.AccountTillDifferences)).OnlyX(ctx); side.Amount != 50 {
				t.Errorf("the ledger has a difference of %s", side.Amount)
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestMoneyWithoutAnOpenCaixaOpensOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		first := received(t, o, 10_00, "1")
		if first.Opened == nil || first.Opened.Opening != 0 {
			t.Fatalf("it opened %v", first.Opened)
		}
		own, err := desk(o).OwnTill(o.As("financeiro"))
		if err != nil || own.ID != first.Opened.ID || own.Expected[payment.FormCash] != 10_00 {
			t.Errorf("%+v, %v", own, err)
		}
		if other, err := desk(o).OwnTill(o.As("gerente")); other != nil || err != nil {
			t.Errorf("the manager received nothing: %v, %v", other, err)
		}
		if all, err := desk(o).Tills(o.As("gerente"), o.Here.Today(o.DB.Now())); err != nil || len(all) != 1 || all[0].Who == nil {
			t.Errorf("the manager sees %v: %v", all, err)
		}
		if _, err := desk(o).Tills(o.As("comercial"), o.Here.Today(o.DB.Now())); demotest.Fault(err) != "denied" {
			t.Errorf("comercial: %v", err)
		}
		if _, err := desk(o).Till(o.Stranger(), own.ID); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
	})
}

// Two who receive with the same sign-in at once open one caixa.
func TestAHundredReceiptsOpenOneCaixa(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, debt, today := o.As("financeiro"), overdue(o), o.Here.Today(o.DB.Now())
		hundred(t, func() (uuid.UUID, error) {
			_, err := desk(o).ReceiveAtCounter(cashier, billing.Receipt{Invoice: debt.Invoice.ID, Amount: 1, PaidOn: today, Key: uuid.NewString()})
			return uuid.Nil, err
		})
		own, err := desk(o).OwnTill(cashier)
		if err != nil || own.Expected[payment.FormCash] != 1_00 || len(own.Payments) != 100 {
			t.Errorf("%+v, %v", own, err)
		}
		balanced(t, o)
	})
}

func TestACorrespondenteHoldsWhatItTookUntilItHandsItOver(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		var shop *ent.Correspondent
		o.Write(func(ctx context.Context, c *ent.Client) error {
			shop = c.Correspondent.Create().SetName("Mercado do Zé").SetCommission(2_00).SaveX(ctx)
			return nil
		})
		cashier, debt, today := o.As("financeiro"), overdue(o), o.Here.Today(o.DB.Now())
		in := billing.Receipt{Invoice: debt.Invoice.ID, Amount: 60_00, PaidOn: today, Hand: billing.Hand{Correspondent: shop.ID, Number: "A-17"}, Key: "1"}
		done, err := desk(o).ReceiveAtCounter(cashier, in)
		if err != nil || done.Payment.Source != payment.SourceCorrespondent || done.Payment.TillID != nil || done.Opened != nil {
			t.Fatalf("%+v, %v", done, err)
		}
		in.Key = "2"
		if _, err := desk(o).ReceiveAtCounter(cashier, in); demotest.Fault(err) != "correspondent_number" {
			t.Errorf("the same line twice: %v", err)
		}
		in.Hand.Correspondent = demotest.Nobody
		if _, err := desk(o).ReceiveAtCounter(cashier, in); demotest.Fault(err) != "not_found" {
			t.Errorf("a correspondente of another: %v", err)
		}
		repasse := billing.Repasse{Correspondent: shop.ID, Amount: 58_80, Commission: 1_20, Form: payment.FormCash, Day: today, Key: "3"}
		for want, change := range map[string]func(*billing.Repasse){"valor: positive": func(in *billing.Repasse) { in.Amount = 0 }, "valor: over_held": func(in *billing.Repasse) { in.Amount = 58_81 },
			"dia: future": func(in *billing.Repasse) { in.Day = today.AddDays(1) }, "not_found": func(in *billing.Repasse) { in.Correspondent = demotest.Nobody }} {
			bad := repasse
			change(&bad)
			if err := desk(o).TakeRepasse(cashier, bad); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		held, err := desk(o).Holdings(cashier, today, today)
		if err != nil || len(held) != 1 || held[0].Holds != 60_00 || held[0].Took != 60_00 || held[0].Commission != 1_20 {
			t.Errorf("it holds %+v: %v", held, err)
		}
		o.AllOrNothing(t, 10, func() error { return desk(o).TakeRepasse(cashier, repasse) })
		one, err := desk(o).Settled(cashier, shop.ID, today, today)
		if err != nil || one.Holds != 0 || one.Kept != 1_20 || len(one.Handed) != 1 {
			t.Errorf("after the repasse: %+v, %v", one, err)
		}
		if _, err := desk(o).Holdings(o.As("comercial"), today, today); demotest.Fault(err) != "denied" {
			t.Errorf("comercial: %v", err)
		}
		if _, err := desk(o).Settled(o.Stranger(), shop.ID, today, today); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		balanced(t, o)
	})
}
