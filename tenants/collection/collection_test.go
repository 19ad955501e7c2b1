package collection_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/bankagreement"
	"enlace/ent/bankreturnline"
	"enlace/ent/invoice"
	"enlace/ent/payment"
	"enlace/ent/slip"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/collection"
	"enlace/tenants/collection/banktest"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/status"
)

func desk(o *demotest.Office) collection.Desk { return collection.Desk{DB: o.DB, Vault: o.Vault} }

// agreed is the agreement of the office.
func agreed(o *demotest.Office) (id uuid.UUID) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		id = c.BankAgreement.Query().OnlyX(ctx).ID
		return nil
	})
	return id
}

// wrote writes a remessa and gives it to the bank.
func wrote(t *testing.T, o *demotest.Office, agreement uuid.UUID) *banktest.Bank {
	t.Helper()
	id, err := desk(o).WriteRemessa(o.As("financeiro"), agreement, "")
	if err != nil {
		t.Fatal(err)
	}
	file, err := desk(o).RemessaFile(o.As("financeiro"), id)
	if err != nil {
		t.Fatal(err)
	}
	return banktest.Read(t, file.Content)
}

// brings brings a retorno and works through it.
func brings(t *testing.T, o *demotest.Office, content []byte) *collection.Report {
	t.Helper()
	id, err := desk(o).Bring(o.As("financeiro"), collection.File{Name: "r.ret", From: bytes.NewReader(content)})
	if err != nil {
		t.Fatal(err)
	}
	if err := desk(o).Apply(o.Worker(), id); err != nil {
		t.Fatal(err)
	}
	report, err := desk(o).Report(o.As("financeiro"), id, "", 1)
	if err != nil {
		t.Fatal(err)
	}
	if report.FinishedAt == nil || report.Done() != report.BankReturn.Lines {
		t.Fatalf("%d of %d lines", report.Done(), report.BankReturn.Lines)
	}
	return report
}

func outcomes(r *collection.Report) (all []string) {
	for _, line := range r.Lines {
		all = append(all, string(line.Outcome))
	}
	return all
}

// open are the invoices of a customer that are not paid, the first due first.
func open(t *testing.T, o *demotest.Office, of *ent.Customer) (all []*billing.Standing) {
	t.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) (err error) {
		all, err = billing.InvoicesOf(ctx, c, o.DB.Today(ctx), of.ID, true)
		return err
	})
	return all
}

func standing(t *testing.T, o *demotest.Office, id uuid.UUID) (s *billing.Standing) {
	t.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		all, err := billing.Standings(ctx, c, o.DB.Today(ctx), c.Invoice.GetX(ctx, id))
		s = all[0]
		return err
	})
	return s
}

func today(o *demotest.Office) calendar.Date { return o.DB.Today(o.As("financeiro")) }

func TestABoletoGoesToTheBankAndComesBackPaid(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		agreement := agreed(o)
		bank := wrote(t, o, agreement)
		owed := open(t, o, o.Maria)
		for _, s := range owed {
			got := bank.Titles[s.Slip.Txid]
			if got.Command != "01" || got.Amount != s.Slip.Amount || got.Document != fmt.Sprint(s.Invoice.Number) || got.Due != s.Invoice.Due.Time().Format("02012006") {
				t.Errorf("invoice %d of %s went as %+v", s.Invoice.Number, s.Slip.Amount, got)
			}
		}
		if _, err := desk(o).WriteRemessa(o.As("financeiro"), agreement, ""); demotest.Fault(err) != "remessa_empty" {
			t.Errorf("a second remessa: %v", err)
		}
		first, second := owed[0], owed[1]
		r := brings(t, o, bank.Retorno(1, banktest.Says{Mark: first.Slip.Txid, Movement: "02", On: today(o)}, banktest.Says{Mark: second.Slip.Txid, Movement: "03", On: today(o), Reasons: "48"}))
		if got := fmt.Sprint(outcomes(r)); got != "[registered refused]" {
			t.Error(got)
		}
		r = brings(t, o, bank.Retorno(2, banktest.Says{Mark: first.Slip.Txid, Movement: "06", On: today(o), Paid: first.Owed()},
			banktest.Says{Mark: first.Slip.Txid, Movement: "28", On: today(o)}, banktest.Says{Mark: "nobody's", Movement: "06", On: today(o), Paid: 5000, Number: "000099999901011"}))
		if got := fmt.Sprint(outcomes(r)); got != "[paid fee unknown]" || r.Received != first.Owed() || r.Fees != 3*180 {
			t.Errorf("%s, received %s, fees %s", got, r.Received, r.Fees)
		}
		if s := standing(t, o, first.Invoice.ID); s.Status != billing.InvoicePaid || s.Payments[0].Source != payment.SourceBoleto {
			t.Errorf("it is %s", s.Status)
		}
		// The next remessa asks again for what was refused, and says nothing of what was paid at the bank.
		again := wrote(t, o, agreement)
		if len(again.Marks) != 1 || again.Titles[second.Slip.Txid].Command != "01" {
			t.Errorf("%+v", again.Titles)
		}
	})
}

// The clerk sends one remessa twice: the bank registers the titles, and then refuses them as registered already. They stay registered, and the bank
// hears of what is paid elsewhere; so too when its two answers come in the other order.
func TestARefusalOfWhatIsRegisteredUndoesNothing(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		agreement := agreed(o)
		bank := wrote(t, o, agreement)
		for i, movements := range [][]string{{"02", "03"}, {"03", "02"}} {
			s := open(t, o, o.Maria)[0]
			for k, movement := range movements {
				brings(t, o, bank.Retorno(2*i+k+1, banktest.Says{Mark: s.Slip.Txid, Movement: movement, On: today(o), Reasons: "63"}))
			}
			if _, err := desk(o).WriteRemessa(o.As("financeiro"), agreement, ""); demotest.Fault(err) != "remessa_empty" {
				t.Errorf("%v: the next remessa: %v", movements, err)
			}
			if now := standing(t, o, s.Invoice.ID).Slip; now.RegisteredAt == nil || now.SentAt == nil || now.Refused != "" {
				t.Errorf("%v: %+v", movements, now)
			}
			_, err := billing.Desk{DB: o.DB}.ReceiveAtCounter(o.As("financeiro"), billing.Receipt{Invoice: s.Invoice.ID, Amount: s.Owed(), PaidOn: today(o), Key: uuid.NewString()})
			if err != nil {
				t.Fatal(err)
			}
			if next := wrote(t, o, agreement); len(next.Marks) != 1 || next.Titles[s.Slip.Txid].Command != "02" {
				t.Errorf("%v: %+v", movements, next.Titles)
			}
		}
	})
}

func TestTheSameMovementNeverSettlesTwice(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		bank := wrote(t, o, agreed(o))
		s := open(t, o, o.Maria)[0]
		paid := banktest.Says{Mark: s.Slip.Txid, Movement: "06", On: today(o), Paid: s.Owed()}
		file := bank.Retorno(7, paid)
		first := brings(t, o, file)
		if again := brings(t, o, file); again.ID != first.ID {
			t.Error("the same file came in twice")
		}
		// The bank repeats the movement within another file, and a second payment of the same title comes in a third.
		r := brings(t, o, bank.Retorno(7, paid, banktest.Says{Mark: s.Slip.Txid, Movement: "28", On: today(o)}))
		if got := fmt.Sprint(outcomes(r)); got != "[repeated fee]" {
			t.Error(got)
		}
		r = brings(t, o, bank.Retorno(8, paid))
		if got := fmt.Sprint(outcomes(r)); got != "[credited]" || r.Lines[0].Credit != s.Owed() {
			t.Errorf("%s, credit %s", got, r.Lines[0].Credit)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Payment.Query().Where(payment.InvoiceID(s.Invoice.ID)).CountX(ctx); n != 2 {
				t.Errorf("%d payments", n)
			}
			return nil
		})
	})
}

func TestMoneyAtTheBankGivesTheServiceBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		bank := wrote(t, o, agreed(o))
		s := open(t, o, o.Joao)[0]
		late := s.Debt.Charges()
		if late == 0 {
			t.Fatal("João is not late")
		}
		// The bank reckons a cent less than the house and takes it: the cent is forgiven, and shown.
		r := brings(t, o, bank.Retorno(1, banktest.Says{Mark: s.Slip.Txid, Movement: "06", On: today(o), Paid: s.Owed() - 1, Late: late - 1}))
		if r.Lines[0].Outcome != bankreturnline.OutcomePaid || r.Lines[0].Forgiven != 1 {
			t.Errorf("%s, forgiven %s", r.Lines[0].Outcome, r.Lines[0].Forgiven)
		}
		if sub := o.Service(o.Joao); sub.Status != status.Enabled {
			t.Errorf("the service is %s", sub.Status)
		}
		if left := open(t, o, o.Joao); len(left) > 0 && left[0].Invoice.ID == s.Invoice.ID {
			t.Error("it is still open")
		}
	})
}

func TestABareLateAmountLeavesTheLateChargesToACharge(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		bank := wrote(t, o, agreed(o))
		s := open(t, o, o.Joao)[0]
		brings(t, o, bank.Retorno(1, banktest.Says{Mark: s.Slip.Txid, Movement: "06", On: today(o), Paid: s.Debt.Principal}))
		account, err := billing.Desk{DB: o.DB}.Account(o.As("financeiro"), o.Joao.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(account.Loose) == 0 || account.Loose[len(account.Loose)-1].Amount != s.Debt.Charges() || account.Loose[len(account.Loose)-1].Suspends {
			t.Errorf("%v", account.Loose)
		}
	})
}

func TestWhatIsPaidElsewhereIsTakenBackFromTheBank(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		agreement := agreed(o)
		owed := open(t, o, o.Maria)
		receive := func(s *billing.Standing, part int) {
			amount := s.Owed()
			if part > 1 {
				amount /= 2
			}
			_, err := billing.Desk{DB: o.DB}.ReceiveAtCounter(o.As("financeiro"), billing.Receipt{Invoice: s.Invoice.ID, Amount: amount, PaidOn: today(o), Key: uuid.NewString()})
			if err != nil {
				t.Fatal(err)
			}
		}
		receive(owed[0], 1) // before the bank has heard of it
		bank := wrote(t, o, agreement)
		if _, sent := bank.Titles[owed[0].Slip.Txid]; sent {
			t.Error("a paid title was registered")
		}
		receive(owed[1], 1)
		receive(owed[2], 2)
		bank = wrote(t, o, agreement)
		half := owed[2].Owed() / 2
		if len(bank.Marks) != 2 || bank.Titles[owed[1].Slip.Txid].Command != "02" || bank.Titles[owed[2].Slip.Txid].Command != "04" || bank.Titles[owed[2].Slip.Txid].Rebate != half {
			t.Errorf("%+v", bank.Titles)
		}
		// Both are paid at the bank all the same: one is credit, the other is settled.
		r := brings(t, o, bank.Retorno(1, banktest.Says{Mark: owed[1].Slip.Txid, Movement: "17", On: today(o), Paid: owed[1].Owed()},
			banktest.Says{Mark: owed[2].Slip.Txid, Movement: "06", On: today(o), Paid: owed[2].Owed() - half}))
		if got := fmt.Sprint(outcomes(r)); got != "[credited paid]" {
			t.Error(got)
		}
		_, err := billing.Desk{DB: o.DB}.CancelBooklet(o.As("financeiro"), *owed[3].Invoice.BookletID, "mudou de ideia", "")
		if err != nil {
			t.Fatal(err)
		}
		bank = wrote(t, o, agreement)
		for mark, one := range bank.Titles {
			if one.Command != "02" {
				t.Errorf("%s: %s", mark, one.Command)
			}
		}
		if len(bank.Marks) != len(owed)-3 {
			t.Errorf("%d of %d are taken back", len(bank.Marks), len(owed)-3)
		}
	})
}

func TestAFileOfAnotherIsRefusedAsOneOfNobody(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		bank := wrote(t, o, agreed(o))
		s := open(t, o, o.Maria)[0]
		file := bank.Retorno(1, banktest.Says{Mark: s.Slip.Txid, Movement: "06", On: today(o), Paid: s.Owed()})
		for _, c := range []struct {
			ctx     context.Context
			content []byte
			want    string
		}{
			{o.Stranger(), file, "arquivo: return_of_no_agreement"},
			{o.As("financeiro"), []byte("oi"), "arquivo: return_not_a_return"},
			{o.As("financeiro"), nil, "arquivo: return_empty_file"},
			{o.As("financeiro"), bytes.ReplaceAll(file, []byte("756000"), []byte("999000")), "arquivo: return_unknown_bank"},
			{o.As("comercial"), file, "denied"},
		} {
			if _, err := desk(o).Bring(c.ctx, collection.File{Name: "r.ret", From: bytes.NewReader(c.content)}); demotest.Fault(err) != c.want {
				t.Errorf("%v, want %s", err, c.want)
			}
		}
		// Cut short: what is whole is done, what is missing is said.
		r := brings(t, o, file[:len(file)-2*242])
		if got := fmt.Sprint(outcomes(r)); got != "[paid damaged]" && got != "[paid damaged damaged]" {
			t.Errorf("%s", got)
		}
		id, err := desk(o).Bring(o.As("financeiro"), collection.File{Name: "r.ret", From: bytes.NewReader(file)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk(o).Report(o.Stranger(), id, "", 1); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger reads it: %v", err)
		}
	})
}

func TestAHundredRemessasAtOnceAreOne(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		agreement := agreed(o)
		ctx, answers := o.As("financeiro"), make([]uuid.UUID, 100)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() {
				id, err := desk(o).WriteRemessa(ctx, agreement, "one form")
				if err != nil {
					t.Error(err)
				}
				answers[i] = id
			})
		}
		all.Wait()
		for _, id := range answers {
			if id != answers[0] {
				t.Errorf("%s and %s", id, answers[0])
			}
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.Remessa.Query().CountX(ctx); n != 1 {
				t.Errorf("%d remessas", n)
			}
			if row := c.BankAgreement.Query().Where(bankagreement.ID(agreement)).OnlyX(ctx); row.RemessaNumber != 1 {
				t.Errorf("number %d", row.RemessaNumber)
			}
			return nil
		})
	})
}

func TestBrokenAnywhereAFileIsWrittenAndWorkedThroughWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		agreement := agreed(o)
		ctx := o.As("financeiro")
		var id uuid.UUID
		o.AllOrNothing(t, 10, func() (err error) {
			id, err = desk(o).WriteRemessa(ctx, agreement, "")
			return err
		})
		file, err := desk(o).RemessaFile(o.As("financeiro"), id)
		if err != nil {
			t.Fatal(err)
		}
		s := open(t, o, o.Joao)[0]
		content := banktest.Read(t, file.Content).Retorno(1, banktest.Says{Mark: s.Slip.Txid, Movement: "06", On: today(o), Paid: s.Owed()}, banktest.Says{Mark: s.Slip.Txid, Movement: "02", On: today(o)})
		o.AllOrNothing(t, 6, func() (err error) {
			id, err = desk(o).Bring(ctx, collection.File{Name: "r.ret", From: bytes.NewReader(content)})
			return err
		})
		o.AllOrNothing(t, 20, func() error { return desk(o).Apply(o.Worker(), id) })
		if s := standing(t, o, s.Invoice.ID); s.Status != billing.InvoicePaid {
			t.Errorf("it is %s", s.Status)
		}
	})
}

// Two workers at one retorno of many titles: each title is done once.
func TestTwoWorkersAtOneRetorno(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		bank := wrote(t, o, agreed(o))
		var all []banktest.Says
		var sum int
		for range 10 { // each title ten times over: the first is money, the others are credit of other movements
			for _, s := range open(t, o, o.Maria) {
				sum++
				all = append(all, banktest.Says{Mark: s.Slip.Txid, Movement: "06", On: today(o).AddDays(-sum), Paid: s.Slip.Amount})
			}
		}
		id, err := desk(o).Bring(o.As("financeiro"), collection.File{Name: "r.ret", From: bytes.NewReader(bank.Retorno(1, all...))})
		if err != nil {
			t.Fatal(err)
		}
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				if err := desk(o).Apply(o.Worker(), id); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		o.Read(func(ctx context.Context, c *ent.Client) error {
			lines := c.BankReturnLine.Query().Where(bankreturnline.ReturnID(id)).CountX(ctx)
			came := c.Payment.Query().Where(payment.SourceEQ(payment.SourceBoleto), payment.InvoiceIDIn(c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID)).IDsX(ctx)...)).CountX(ctx)
			if lines != len(all) || came != len(all) {
				t.Errorf("%d lines, %d payments of %d", lines, came, len(all))
			}
			if n := c.Slip.Query().Where(slip.WithdrawnAtNotNil()).CountX(ctx); n != len(all)/10 {
				t.Errorf("%d of %d slips are done with", n, len(all)/10)
			}
			return nil
		})
	})
}
