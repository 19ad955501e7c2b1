package billing_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/contest"
	"enlace/ent/credit"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/slip"
	"enlace/ent/subscription"
	"enlace/ent/telegrammessage"
	"enlace/tenants/billing"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/status"
)

func contestOf(id uuid.UUID, key string) billing.NewContest {
	return billing.NewContest{Charge: id, Channel: contest.ChannelPhone, Reason: "não reconhece a cobrança", Key: key}
}

// fineBeside puts a second charge of 40.00 on João's overdue invoice.
func fineBeside(o *demotest.Office) (id uuid.UUID) {
	debt := overdue(o)
	in := billing.NewCharge{Customer: o.Joao.ID, Kind: installation(o), Subscription: o.Service(o.Joao).ID, Due: o.Here.Today(o.DB.Now()), Value: 40_00, Key: "beside"}
	id, err := desk(o).GenerateCharge(o.As("gerente"), in)
	if err != nil {
		o.T.Fatal(err)
	}
	o.Write(func(ctx context.Context, c *ent.Client) error {
		return c.Charge.UpdateOneID(id).SetInvoiceID(debt.Invoice.ID).SetDue(debt.Invoice.Due).SetPosition(1).Exec(ctx)
	})
	return id
}

func slipOf(o *demotest.Office, id uuid.UUID) (one *ent.Slip) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		one, _ = c.Slip.Query().Where(slip.InvoiceID(id), slip.CancelledAtIsNil()).Only(ctx)
		return nil
	})
	return one
}

func openContest(o *demotest.Office, of uuid.UUID) (id uuid.UUID) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		id = c.Contest.Query().Where(contest.ChargeID(of)).OnlyIDX(ctx)
		return nil
	})
	return id
}

func TestAContestedChargeIsNeitherCollectedNorSuspends(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, debt := o.As("financeiro"), overdue(o)
		in := contestOf(debt.Charges[0].ID, "1")
		for want, change := range map[string]func(*billing.NewContest){
			"contestacao: reason_short": func(in *billing.NewContest) { in.Reason = "não" },
			"not_found":                 func(in *billing.NewContest) { in.Charge = demotest.Nobody },
		} {
			bad := in
			change(&bad)
			if _, err := desk(o).Contest(cashier, bad); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := desk(o).Contest(o.As("comercial"), in); demotest.Fault(err) != "denied" {
			t.Errorf("comercial: %v", err)
		}
		if _, err := desk(o).Contest(o.Stranger(), in); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		o.AllOrNothing(t, 12, func() error { _, err := desk(o).Contest(cashier, in); return err })
		hundred(t, func() (uuid.UUID, error) { return desk(o).Contest(cashier, in) })
		s, err := desk(o).Invoice(cashier, debt.Invoice.ID)
		if err != nil || s.Status != billing.InvoiceContested || s.Owed() != 0 || s.Slip != nil {
			t.Errorf("the invoice is %s, owes %s, %v", s.Status, s.Owed(), err)
		}
		if got := o.Service(o.Joao).Status; got != status.Enabled {
			t.Errorf("he is %s", got)
		}
		receipt := billing.Receipt{Invoice: debt.Invoice.ID, Amount: 1_00, PaidOn: o.Here.Today(o.DB.Now()), Key: "r"}
		if _, err := desk(o).ReceiveAtCounter(cashier, receipt); demotest.Fault(err) != "invoice_contested" {
			t.Errorf("it is received: %v", err)
		}
		account, err := desk(o).Account(cashier, o.Joao.ID)
		if err != nil || account.Overdue != 0 {
			t.Errorf("%s overdue, %v", account.Overdue, err)
		}
		if _, err := desk(o).Contest(cashier, contestOf(in.Charge, "2")); demotest.Fault(err) != "contested_before" {
			t.Errorf("again: %v", err)
		}
		list, err := desk(o).Contests(cashier, false, 1)
		if err != nil || list.Open != 1 || len(list.Rows) != 1 || list.Rows[0].Days != 30 {
			t.Errorf("%+v, %v", list, err)
		}
		balanced(t, o)
	})
}

func TestTheRestOfTheInvoiceGetsANewSlip(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, debt := o.As("financeiro"), overdue(o)
		beside, before := fineBeside(o), slipOf(o, debt.Invoice.ID)
		if _, err := desk(o).Contest(cashier, contestOf(beside, "1")); err != nil {
			t.Fatal(err)
		}
		s, err := desk(o).Invoice(cashier, debt.Invoice.ID)
		if err != nil || s.Status != billing.InvoiceOverdue || s.Debt.Principal != debt.Total || s.Slip == nil || s.Slip.ID == before.ID || s.Slip.Amount != debt.Total || s.Slip.OurNumber == before.OurNumber {
			t.Fatalf("%+v %+v, %v", s.Standing, s.Slip, err)
		}
		// Paid without it, the invoice is not closed: what is contested may still be owed.
		receipt := billing.Receipt{Invoice: debt.Invoice.ID, Amount: s.Owed(), PaidOn: o.Here.Today(o.DB.Now()), Key: "r"}
		done, err := desk(o).ReceiveAtCounter(cashier, receipt)
		if err != nil || done.Standing.Status != billing.InvoiceContested || o.Service(o.Joao).Status != status.Enabled {
			t.Errorf("%+v, %v", done, err)
		}
		answer := billing.Answer{Contest: openContest(o, beside), Reason: "consta no contrato", Due: o.Here.Today(o.DB.Now()).AddDays(10), Key: "a"}
		if err := desk(o).AnswerContest(cashier, answer); err != nil {
			t.Fatal(err)
		}
		again, err := desk(o).Invoice(cashier, debt.Invoice.ID)
		if err != nil || again.Status != billing.InvoicePaid || again.Debt.Credit != 0 {
			t.Errorf("%s, %+v, %v", again.Status, again.Debt, err)
		}
		if moved := chargeOf(t, o, beside); moved.Invoice.Due != answer.Due || slipOf(o, moved.Invoice.ID).Amount != 40_00 {
			t.Errorf("%+v on %+v", moved.Charge, moved.Invoice)
		}
		balanced(t, o)
	})
}

// Found by the simulation: an agreement closed what was contested with the rest, and a contest that was rejected left no debt.
func TestWhatIsContestedIsNoPartOfAnAgreementAndOutlivesIt(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, debt := o.As("financeiro"), overdue(o)
		beside := fineBeside(o)
		if _, err := desk(o).Contest(cashier, contestOf(beside, "1")); err != nil {
			t.Fatal(err)
		}
		if _, err := desk(o).Agree(cashier, parcelled(o)); err != nil {
			t.Fatal(err)
		}
		if s, err := desk(o).Invoice(cashier, debt.Invoice.ID); err != nil || s.Status != billing.InvoiceContested || s.Owed() != 0 {
			t.Errorf("%s, owes %s, %v", s.Status, s.Owed(), err)
		}
		balanced(t, o)
		answer := billing.Answer{Contest: openContest(o, beside), Reason: "consta no contrato", Due: o.Here.Today(o.DB.Now()).AddDays(10), Key: "a"}
		if err := desk(o).AnswerContest(cashier, answer); err != nil {
			t.Fatal(err)
		}
		if s, err := desk(o).Invoice(cashier, debt.Invoice.ID); err != nil || s.Status != billing.InvoicePaid {
			t.Errorf("%s, %v", s.Status, err)
		}
		if moved := chargeOf(t, o, beside); moved.Invoice.Due != answer.Due || slipOf(o, moved.Invoice.ID).Amount != 40_00 {
			t.Errorf("%+v on %+v", moved.Charge, moved.Invoice)
		}
		balanced(t, o)
	})
}

func TestARejectedContestRunsAgainFromANewDueDate(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, debt, today := o.As("financeiro"), overdue(o), o.Here.Today(o.DB.Now())
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.TelegramLink.Create().SetChatID(77).SetCustomerID(o.Joao.ID).SetLinkedAt(o.DB.Now()).Exec(ctx)
		})
		beside := fineBeside(o)
		for i, id := range []uuid.UUID{debt.Charges[0].ID, beside} {
			if _, err := desk(o).Contest(cashier, contestOf(id, string(rune('1'+i)))); err != nil {
				t.Fatal(err)
			}
		}
		answer := billing.Answer{Contest: openContest(o, debt.Charges[0].ID), Reason: "o serviço foi prestado", Due: today.AddDays(10), Key: "a"}
		for want, change := range map[string]func(*billing.Answer){
			"explicacao: reason_short":    func(in *billing.Answer) { in.Reason = "não" },
			"vencimento: answer_due_soon": func(in *billing.Answer) { in.Due = today.AddDays(4) },
			"not_found":                   func(in *billing.Answer) { in.Contest = demotest.Nobody },
		} {
			bad := answer
			change(&bad)
			if err := desk(o).AnswerContest(cashier, bad); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		o.AllOrNothing(t, 12, func() error { return desk(o).AnswerContest(cashier, answer) })
		hundred(t, func() (struct{}, error) { return done(desk(o).AnswerContest(cashier, answer)) })
		s, err := desk(o).Invoice(cashier, debt.Invoice.ID) // beside it the other is contested still: it stays
		if err != nil || s.Status != billing.InvoiceOpen || s.Standing.Invoice.Due != answer.Due || s.Owed() != debt.Total || s.Slip.Amount != debt.Total {
			t.Errorf("%s, due %s, owes %s, %v", s.Status, s.Standing.Invoice.Due, s.Owed(), err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			said := c.TelegramMessage.Query().Where(telegrammessage.AboutID(debt.Charges[0].ID)).OnlyX(ctx)
			if !strings.Contains(said.Text, "improcedente. O novo vencimento é "+answer.Due.BR()) || !strings.Contains(said.Text, answer.Reason) {
				t.Errorf("he was told %s", said.Text)
			}
			if n := c.History.Query().Where(history.Event("told_by_bot")).CountX(ctx); n != 1 {
				t.Errorf("the history says %d times that he was told", n)
			}
			return nil
		})
		// The other is rejected too, beside an open charge: it goes to an invoice of its own.
		other := billing.Answer{Contest: openContest(o, beside), Reason: "consta no contrato", Due: today.AddDays(20), Key: "b"}
		if err := desk(o).AnswerContest(cashier, other); err != nil {
			t.Fatal(err)
		}
		moved := chargeOf(t, o, beside)
		if moved.Invoice.ID == debt.Invoice.ID || moved.Invoice.Due != other.Due || moved.Due != other.Due || slipOf(o, moved.Invoice.ID).Amount != 40_00 {
			t.Errorf("%+v on %+v", moved.Charge, moved.Invoice)
		}
		answer.Key = "z"
		if err := desk(o).AnswerContest(cashier, answer); demotest.Fault(err) != "contest_answered" {
			t.Errorf("again: %v", err)
		}
		balanced(t, o)
	})
}

func TestAnUpheldContestCancelsTheCharge(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, debt := o.As("financeiro"), overdue(o)
		if _, err := desk(o).Contest(cashier, contestOf(debt.Charges[0].ID, "1")); err != nil {
			t.Fatal(err)
		}
		answer := billing.Answer{Contest: openContest(o, debt.Charges[0].ID), Upheld: true, Reason: "cobrado em duplicidade", Key: "a"}
		o.AllOrNothing(t, 8, func() error { return desk(o).AnswerContest(cashier, answer) })
		hundred(t, func() (struct{}, error) { return done(desk(o).AnswerContest(cashier, answer)) })
		s, err := desk(o).Invoice(cashier, debt.Invoice.ID)
		if err != nil || s.Status != billing.InvoiceCancelled {
			t.Errorf("the invoice is %s, %v", s.Status, err)
		}
		account, err := desk(o).Account(cashier, o.Joao.ID)
		if err != nil || account.Credit != 0 || account.Overdue != 0 {
			t.Errorf("%+v, %v", account, err)
		}
		balanced(t, o)
	})
}

// What was paid comes back doubled with its part of the late charges, or once where it was an excusable mistake.
func TestWhatWasPaidOfAnUpheldContestComesBack(t *testing.T) {
	for name, mistake := range map[string]bool{"doubled": false, "once": true} {
		t.Run(name, func(t *testing.T) {
			o := demotest.OpenSQLite(t)
			cashier, debt, today := o.As("financeiro"), overdue(o), o.Here.Today(o.DB.Now())
			late := lateOracle(debt.Total, today.DaysSince(debt.Invoice.Due))
			if _, err := desk(o).ReceiveAtCounter(cashier, billing.Receipt{Invoice: debt.Invoice.ID, Amount: debt.Total + late, PaidOn: today, Key: "r"}); err != nil {
				t.Fatal(err)
			}
			if _, err := desk(o).Contest(cashier, contestOf(debt.Charges[0].ID, "1")); err != nil {
				t.Fatal(err)
			}
			if one := chargeOf(t, o, debt.Charges[0].ID); one.Status != billing.InvoicePaid || !one.MayBeAnswered() {
				t.Errorf("contested it is %s", one.Status)
			}
			answer := billing.Answer{Contest: openContest(o, debt.Charges[0].ID), Upheld: true, Mistake: mistake, Reason: "sem sinal no período", Key: "a"}
			if err := desk(o).AnswerContest(cashier, answer); err != nil {
				t.Fatal(err)
			}
			want := 2 * (debt.Total + late)
			if mistake {
				want /= 2
			}
			account, err := desk(o).Account(cashier, o.Joao.ID)
			if err != nil || account.Credit != want {
				t.Errorf("a credit of %s, want %s, %v", account.Credit, want, err)
			}
			credits := money.Cents(0)
			o.Read(func(ctx context.Context, c *ent.Client) error {
				for _, e := range c.LedgerEntry.Query().AllX(ctx) {
					if e.Account == "credits" {
						credits -= e.Amount
					}
				}
				return nil
			})
			if credits != want {
				t.Errorf("the ledger has credits of %s", credits)
			}
			balanced(t, o)
		})
	}
}

func TestWhatIsOldOrADiscountIsNotContested(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt, today := overdue(o), o.Here.Today(o.DB.Now())
		o.Write(func(ctx context.Context, c *ent.Client) error {
			return c.Charge.UpdateOneID(debt.Charges[0].ID).SetDue(today.AddDays(-3*366 - 1)).Exec(ctx)
		})
		if _, err := desk(o).Contest(o.As("gerente"), contestOf(debt.Charges[0].ID, "1")); demotest.Fault(err) != "contest_too_late" {
			t.Error(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if row := c.Charge.Query().Where(charge.ID(debt.Charges[0].ID)).OnlyX(ctx); row.ContestedAt != nil || c.Invoice.Query().Where(invoice.ID(debt.Invoice.ID)).OnlyX(ctx).Version != debt.Invoice.Version {
				t.Error("something is left of it")
			}
			return nil
		})
	})
}

// A fee that was contested while a suspension ended is given back its days once the contest is rejected: up(99.90 × 7 / 30) (M7).
func TestAFeeThatStandsAfterAllGivesItsLostDaysBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		m := fromA(o, subscription.ModeAntecipado, true)
		cashier, today := o.As("financeiro"), o.Here.Today(o.DB.Now())
		var fee uuid.UUID
		o.Write(func(ctx context.Context, c *ent.Client) error {
			fee = c.Charge.Query().Where(charge.InvoiceID(m.invoice.ID)).OnlyIDX(ctx)
			c.Suspension.Create().SetSubscriptionID(m.from.ID).SetKind("debito").SetFromDay(today.AddDays(-7)).SetAt(o.DB.Now()).ExecX(ctx)
			return c.Subscription.UpdateOneID(m.from.ID).SetStatus(status.SuspendedDebt).Exec(ctx)
		})
		credits := func() (sum money.Cents) {
			o.Read(func(ctx context.Context, c *ent.Client) error {
				for _, row := range c.Credit.Query().Where(credit.CustomerID(o.Maria.ID)).AllX(ctx) {
					sum += row.Amount
				}
				return nil
			})
			return sum
		}
		before := credits()
		if _, err := desk(o).Contest(cashier, contestOf(fee, "1")); err != nil {
			t.Fatal(err)
		}
		if given := credits() - before; given != 0 {
			t.Errorf("%s of what is contested is given back", given)
		}
		if err := desk(o).AnswerContest(cashier, billing.Answer{Contest: openContest(o, fee), Reason: "o serviço foi prestado", Due: today.AddDays(10), Key: "a"}); err != nil {
			t.Fatal(err)
		}
		if given := credits() - before; given != 23_31 {
			t.Errorf("%s is given back", given)
		}
		balanced(t, o)
	})
}

// What is left of an invoice is contested, though a fee of it is settled for less than it says, since a discount makes up for the rest: no agreement
// takes that for a debt.
func TestAnInvoiceOfWhichTheRestIsPaidLessADiscountIsContested(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		cashier, b, debt := o.As("financeiro"), bookletOf(o, o.Joao), overdue(o)
		lower := billing.EditLine{Number: debt.Invoice.Number, Due: debt.Invoice.Due, Amount: debt.Total - 5_00}
		if err := desk(o).EditInvoices(o.As("gerente"), edit(b, "combinado com ele", lower)); err != nil {
			t.Fatal(err)
		}
		if _, err := desk(o).Contest(cashier, contestOf(fineBeside(o), "1")); err != nil {
			t.Fatal(err)
		}
		in := billing.Receipt{Invoice: debt.Invoice.ID, Amount: overdue(o).Owed(), PaidOn: o.Here.Today(o.DB.Now()), Key: "2"}
		if _, err := desk(o).ReceiveAtCounter(cashier, in); err != nil {
			t.Fatal(err)
		}
		s, err := desk(o).Invoice(cashier, debt.Invoice.ID)
		if err != nil || s.Status != billing.InvoiceContested || s.Owed() != 0 {
			t.Errorf("it is %s and owes %s, %v", s.Status, s.Owed(), err)
		}
		of := parcelledOf(o, debt.Invoice.ID)
		if _, err := desk(o).Agree(cashier, of); demotest.Fault(err) != "debt_not_overdue" {
			t.Errorf("an agreement takes it: %v", err)
		}
		balanced(t, o)
	})
}
