package billing_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/email"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/ent/payment"
	"enlace/ent/suspension"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/status"
)

// parcelled is an agreement over João's overdue invoice: 30.00 at once and three instalments, without discount.
func parcelled(o *demotest.Office) billing.NewAgreement { return parcelledOf(o, overdue(o).Invoice.ID) }

// parcelledOf is parcelled over another invoice of his.
func parcelledOf(o *demotest.Office, debt uuid.UUID) billing.NewAgreement {
	today := o.Here.Today(o.DB.Now())
	return billing.NewAgreement{Customer: o.Joao.ID, Debts: []uuid.UUID{debt}, Entry: 30_00, EntryDue: today, Instalments: 3, FirstDue: today.AddDays(30), Key: "1"}
}

// owedByLedger is what a customer owes by the ledger alone.
func owedByLedger(o *demotest.Office, who *ent.Customer) (sum money.Cents) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, e := range c.LedgerEntry.Query().Where(ledgerentry.AccountEQ(ledgerentry.AccountReceivable), ledgerentry.CustomerID(who.ID)).AllX(ctx) {
			sum += e.Amount
		}
		return nil
	})
	return sum
}

// awayOracle is what the days of suspensions that are over cost of periods billed whole, each hole rounded up, by money.md M7 alone.
func awayOracle(o *demotest.Office, who *ent.Customer) (sum money.Cents) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, fee := range c.Charge.Query().Where(charge.CustomerID(who.ID), charge.KindEQ(charge.KindRecurring), charge.Whole(true), charge.CancelledAtIsNil()).AllX(ctx) {
			for _, cut := range c.Suspension.Query().Where(suspension.SubscriptionID(*fee.SubscriptionID), suspension.EndedAtNotNil()).AllX(ctx) {
				days := 0
				for day := cut.FromDay; day.Before(cut.UntilDay); day = day.AddDays(1) {
					if !day.Before(fee.PeriodFrom) && day.Before(fee.PeriodTo) {
						days++
					}
				}
				sum += (fee.Amount*money.Cents(days) + 29) / 30
			}
		}
		return nil
	})
	return sum
}

// lateOracle is the fine and the interest of money.md M10 on a principal of which nothing was paid, by themselves.
func lateOracle(principal money.Cents, days int) money.Cents {
	return principal*2/100 + principal*money.Cents(days)/3000
}

func TestAnAgreementTakesThePlaceOfTheDebt(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, debt, in := o.As("financeiro"), overdue(o), parcelled(o)
		today, before := o.Here.Today(o.DB.Now()), owedByLedger(o, o.Joao)
		late := lateOracle(debt.Total, today.DaysSince(debt.Invoice.Due))
		shown, err := desk(o).PreviewAgreement(cashier, in)
		if err != nil || shown.Late != late || shown.Total != debt.Total+late {
			t.Fatalf("%+v, %v; want %s late", shown, err, late)
		}
		in.Shown = shown.Total
		o.AllOrNothing(t, 20, func() error { _, err := desk(o).Agree(cashier, in); return err })
		made := hundred(t, func() (uuid.UUID, error) { return desk(o).Agree(cashier, in) })
		a, err := desk(o).Agreement(cashier, made)
		if err != nil || a.Status != billing.AgreementKept || a.Left != shown.Total || len(a.Instalments) != 4 || len(a.Invoices) != 1 {
			t.Fatalf("%+v, %v", a, err)
		}
		for k, s := range a.Instalments {
			if s.Total != shown.Instalments[k].Amount || s.Invoice.Due != shown.Instalments[k].Due {
				t.Errorf("instalment %d was posted as %s on %s", k+1, s.Total, s.Invoice.Due)
			}
			checkSlip(t, s)
		}
		if got := owedByLedger(o, o.Joao); got != before+late {
			t.Errorf("by the ledger he owes %s, before it was %s and %s late charges came", got, before, late)
		}
		old, err := desk(o).Invoice(cashier, debt.Invoice.ID)
		if err != nil || old.Status != billing.InvoicePaid || slipOf(o, debt.Invoice.ID) != nil {
			t.Errorf("the old invoice is %s and has the slip %v, %v", old.Status, slipOf(o, debt.Invoice.ID), err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if letter := c.Email.Query().Where(email.AboutID(made)).OnlyX(ctx); !strings.Contains(letter.Text, "Parcela 1 de 4, até "+today.BR()+": R$\u00a030,00\n") {
				t.Errorf("he was told %s", letter.Text)
			}
			settled := c.Payment.Query().Where(payment.SourceEQ(payment.SourceAgreement)).OnlyX(ctx)
			if _, err := desk(o).ReversePayment(o.As("gerente"), takeback(settled, "r")); demotest.Fault(err) != "payment_of_agreement" {
				t.Errorf("what the agreement settled is taken back without it: %v", err)
			}
			return nil
		})
		balanced(t, o)
	})
}

// What was paid of a debt before an agreement, or of an agreement before it ended, may come back: a cheque does.
func TestAPaymentAroundAnAgreementIsTakenBackInOrder(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		manager, before := o.As("gerente"), owedByLedger(o, o.Joao)
		part := received(t, o, 30_00, "before").Payment
		made, err := desk(o).Agree(manager, parcelled(o))
		if err != nil {
			t.Fatal(err)
		}
		a, _ := desk(o).Agreement(manager, made)
		if _, err := desk(o).ReversePayment(manager, takeback(part, "1")); demotest.Fault(err) != "debt_in_agreement" {
			t.Errorf("what was paid before is taken back under the agreement: %v", err)
		}
		entry, err := desk(o).ReceiveAtCounter(manager, billing.Receipt{Invoice: a.Instalments[0].Invoice.ID, Amount: 30_00, PaidOn: o.Here.Today(o.DB.Now()), Key: "entry"})
		if err != nil {
			t.Fatal(err)
		}
		if err := desk(o).CancelAgreement(manager, billing.Cancelling{ID: made, Reason: "parou de pagar", Key: "c"}); err != nil {
			t.Fatal(err)
		}
		away := awayOracle(o, o.Joao)
		for k, of := range []*ent.Payment{entry.Payment, part} {
			if _, err := desk(o).ReversePayment(manager, takeback(of, string(rune('2'+k)))); err != nil {
				t.Errorf("taken back in order: %v", err)
			}
			if got, want := owedByLedger(o, o.Joao), before-away-money.Cents(1-k)*30_00; got != want {
				t.Errorf("he owes %s by the ledger, want %s", got, want)
			}
			balanced(t, o)
		}
	})
}

func TestTheFirstInstalmentGivesTheServiceBackAndALateOneTakesNothing(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, today := o.As("financeiro"), o.Here.Today(o.DB.Now())
		made, err := desk(o).Agree(cashier, parcelled(o))
		if err != nil {
			t.Fatal(err)
		}
		a, _ := desk(o).Agreement(cashier, made)
		pay := func(k int, amount money.Cents, key string) error {
			_, err := desk(o).ReceiveAtCounter(cashier, billing.Receipt{Invoice: a.Instalments[k].Invoice.ID, Amount: amount, PaidOn: today, Key: key})
			return err
		}
		if err := pay(1, a.Instalments[1].Total, "2"); err != nil { // the second alone is not enough
			t.Fatal(err)
		}
		if got := o.Service(o.Joao).Status; got != status.SuspendedDebt {
			t.Errorf("the second instalment made him %s", got)
		}
		if err := pay(0, 30_00, "1"); err != nil {
			t.Fatal(err)
		}
		if got := o.Service(o.Joao).Status; got != status.Enabled {
			t.Errorf("the first instalment left him %s", got)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error { // time goes by without a payment
			last := a.Instalments[3].Invoice
			return c.Invoice.Update().Where(invoice.ID(last.ID)).SetDue(today.AddDays(-20)).Exec(ctx)
		})
		broken, err := desk(o).Agreement(cashier, made)
		if err != nil || broken.Status != billing.AgreementBroken || broken.Instalments[3].Debt.Charges() == 0 {
			t.Errorf("%s, %v", broken.Status, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if debt, err := billing.SuspendingDebt(ctx, c, today, o.Service(o.Joao)); err != nil || len(debt) > 0 {
				t.Errorf("a late instalment suspends: %v, %v", debt, err)
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestACancelledAgreementGivesTheDebtBackLessWhatWasPaid(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		manager, debt, in, today := o.As("gerente"), overdue(o), parcelled(o), o.Here.Today(o.DB.Now())
		before := owedByLedger(o, o.Joao)
		in.Discount, in.Reason = 10_00, "cliente de muitos anos"
		made, err := desk(o).Agree(manager, in)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := desk(o).Agreement(manager, made)
		for k, amount := range []money.Cents{30_00, 5_00} { // the entry, and a part of the next
			if _, err := desk(o).ReceiveAtCounter(manager, billing.Receipt{Invoice: a.Instalments[k].Invoice.ID, Amount: amount, PaidOn: today, Key: string(rune('a' + k))}); err != nil {
				t.Fatal(err)
			}
		}
		cancel := billing.Cancelling{ID: made, Reason: "parou de pagar", Key: "c"}
		if err := desk(o).CancelAgreement(o.As("comercial"), cancel); demotest.Fault(err) != "denied" {
			t.Errorf("comercial: %v", err)
		}
		if err := desk(o).CancelAgreement(o.Stranger(), cancel); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		o.AllOrNothing(t, 20, func() error { return desk(o).CancelAgreement(manager, cancel) })
		hundred(t, func() (struct{}, error) { return done(desk(o).CancelAgreement(manager, cancel)) })
		if a, _ = desk(o).Agreement(manager, made); a.Status != billing.AgreementCancelled || a.Left != 0 {
			t.Errorf("%s, %s left", a.Status, a.Left)
		}
		again, err := desk(o).Invoice(manager, debt.Invoice.ID)
		if err != nil || again.Status != billing.InvoiceOverdue || again.Debt.Principal != debt.Total-35_00 || slipOf(o, debt.Invoice.ID).Amount != debt.Total-35_00 {
			t.Errorf("the old invoice: %s, %+v, %v", again.Status, again.Debt, err)
		}
		// The discount is gone: he owes what he owed, less what he paid; the late charges are owed on the invoice again.
		// What was billed of the days he was cut came back when he paid the entry.
		if got, away := owedByLedger(o, o.Joao), awayOracle(o, o.Joao); got != before-35_00-away {
			t.Errorf("by the ledger he owes %s, before it was %s, he paid 35.00 and was cut for %s", got, before, away)
		}
		if want := lateOracle(debt.Total, today.DaysSince(debt.Invoice.Due)); again.Debt.Charges() != want {
			t.Errorf("late charges of %s, want %s: until today they ran on the whole", again.Debt.Charges(), want)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if owed, err := billing.SuspendingDebt(ctx, c, today, o.Service(o.Joao)); err != nil || len(owed) != 1 {
				t.Errorf("it suspends no more: %v, %v", owed, err)
			}
			return nil
		})
		cancel.Key = "z"
		if err := desk(o).CancelAgreement(manager, cancel); demotest.Fault(err) != "agreement_cancelled" {
			t.Errorf("again: %v", err)
		}
		balanced(t, o)
	})
}

// What was paid may cover the principal of the old debt and leave late charges: they become a charge that never suspends.
func TestACancelledAgreementThatPaidThePrincipalLeavesOnlyLateCharges(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, debt, in, today := o.As("financeiro"), overdue(o), parcelled(o), o.Here.Today(o.DB.Now())
		in.Entry, in.Instalments = debt.Total, 1
		made, err := desk(o).Agree(cashier, in)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := desk(o).Agreement(cashier, made)
		if _, err := desk(o).ReceiveAtCounter(cashier, billing.Receipt{Invoice: a.Instalments[0].Invoice.ID, Amount: debt.Total, PaidOn: today, Key: "a"}); err != nil {
			t.Fatal(err)
		}
		if err := desk(o).CancelAgreement(cashier, billing.Cancelling{ID: made, Reason: "parou de pagar", Key: "c"}); err != nil {
			t.Fatal(err)
		}
		old, err := desk(o).Invoice(cashier, debt.Invoice.ID)
		if err != nil || old.Status != billing.InvoicePaid {
			t.Errorf("the old invoice is %s, %v", old.Status, err)
		}
		account, err := desk(o).Account(cashier, o.Joao.ID)
		if err != nil || len(account.Loose) != 1 || account.Loose[0].Suspends || account.Loose[0].Amount != lateOracle(debt.Total, today.DaysSince(debt.Invoice.Due)) {
			t.Errorf("%+v, %v", account.Loose, err)
		}
		balanced(t, o)
	})
}

func TestAnAgreementThatCannotBeIsRefusedByName(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt, today := overdue(o), o.Here.Today(o.DB.Now())
		var open uuid.UUID
		o.Read(func(ctx context.Context, c *ent.Client) error {
			open = c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil()).FirstIDX(ctx)
			return nil
		})
		for want, change := range map[string]func(*billing.NewAgreement){
			"not_found":                        func(in *billing.NewAgreement) { in.Debts = append(in.Debts, open) },
			"debt_not_overdue":                 func(in *billing.NewAgreement) { in.Customer, in.Debts = o.Maria.ID, []uuid.UUID{open} },
			"desconto: over_debt":              func(in *billing.NewAgreement) { in.Entry = debt.Total * 2 },
			"primeiro_vencimento: entry_first": func(in *billing.NewAgreement) { in.EntryDue = in.FirstDue },
			"primeiro_vencimento: due_past":    func(in *billing.NewAgreement) { in.FirstDue = today.AddDays(-1) },
			"entrada_em: due_past":             func(in *billing.NewAgreement) { in.EntryDue = today.AddDays(-1) },
			"desconto: negative":               func(in *billing.NewAgreement) { in.Entry = -1 },
			"agreement_stale":                  func(in *billing.NewAgreement) { in.Shown = 1 },
			"denied":                           func(in *billing.NewAgreement) { in.Discount, in.Reason = 1_00, "bom cliente" },
		} {
			in := parcelled(o)
			change(&in)
			if _, err := desk(o).Agree(o.As("financeiro"), in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		in := parcelled(o)
		in.Discount = 1_00
		if _, err := desk(o).Agree(o.As("gerente"), in); demotest.Fault(err) != "motivo: reason_short" {
			t.Errorf("a discount without a reason: %v", err)
		}
		if _, err := desk(o).Agree(o.As("comercial"), parcelled(o)); demotest.Fault(err) != "denied" {
			t.Errorf("comercial: %v", err)
		}
		made, err := desk(o).Agree(o.As("financeiro"), parcelled(o))
		if err != nil {
			t.Fatal(err)
		}
		a, _ := desk(o).Agreement(o.As("financeiro"), made)
		if err := desk(o).CancelInvoice(o.As("gerente"), billing.Cancelling{ID: a.Instalments[1].Invoice.ID, Reason: "engano", Key: "i"}); demotest.Fault(err) != "invoice_of_agreement" {
			t.Errorf("an instalment alone: %v", err)
		}
		if _, err := desk(o).Contest(o.As("gerente"), billing.NewContest{Charge: debt.Charges[0].ID, Channel: "phone", Reason: "não usei", Key: "k"}); demotest.Fault(err) != "charge_in_agreement" {
			t.Errorf("a contest of what was agreed on: %v", err)
		}
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Invoice.UpdateOneID(a.Instalments[1].Invoice.ID).SetDue(today.AddDays(-20)).Exec(ctx)
		})
		in = parcelled(o)
		in.Debts, in.Key = []uuid.UUID{a.Instalments[1].Invoice.ID}, "2"
		if _, err := desk(o).Agree(o.As("financeiro"), in); demotest.Fault(err) != "agreement_again" {
			t.Errorf("an agreement over another: %v", err)
		}
		balanced(t, o)
	})
}
