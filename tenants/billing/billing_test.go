package billing_test

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/history"
	"enlace/ent/invoice"
	"enlace/ent/slip"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/brazil/pix"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/status"
)

func desk(o *demotest.Office) billing.Desk { return billing.Desk{DB: o.DB} }

// balanced says that the books are as their entries have them, and that charges are the sum of their components.
func balanced(t *testing.T, o *demotest.Office) {
	t.Helper()
	o.Read(func(ctx context.Context, c *ent.Client) error {
		wrong, err := billing.Audit(ctx, c, o.DB.Today(ctx))
		for _, said := range wrong {
			t.Error(said)
		}
		parts := map[string]money.Cents{}
		for _, item := range c.ChargeItem.Query().AllX(ctx) {
			parts[item.ChargeID.String()] += item.Amount
		}
		for _, row := range c.Charge.Query().AllX(ctx) {
			if items, has := parts[row.ID.String()]; has && items != row.Amount {
				t.Errorf("charge %d of %s has components of %s", row.Number, row.Amount, items)
			}
		}
		return err
	})
}

// renewal is Maria's next carnê: it begins where the last billed period ends.
func renewal(o *demotest.Office) billing.NewBooklet {
	sub := o.Service(o.Maria)
	return billing.NewBooklet{Customer: o.Maria.ID, Subscription: sub.ID, Start: sub.BilledUntil, FirstDue: sub.BilledUntil, Instalments: 12, Key: "1"}
}

func TestThePreviewIsThePosting(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		in := renewal(o)
		preview, err := desk(o).PreviewBooklet(o.As("comercial"), in)
		if err != nil {
			t.Fatal(err)
		}
		issued, err := desk(o).IssueBooklet(o.As("comercial"), in)
		if err != nil {
			t.Fatal(err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			invoices, err := billing.InvoicesOf(ctx, c, o.DB.Today(ctx), o.Maria.ID, true)
			if err != nil {
				return err
			}
			k := 0
			for _, one := range invoices {
				if one.Invoice.BookletID == nil || *one.Invoice.BookletID != issued.ID {
					continue
				}
				want := preview.Instalments[k]
				if one.Total != want.Total || one.Invoice.Due != want.Due || len(one.Charges) != len(want.Lines) || one.Charges[0].Memo != want.Lines[0].Memo {
					t.Errorf("instalment %d was posted as %s on %s, shown as %s on %s", k+1, one.Total, one.Invoice.Due, want.Total, want.Due)
				}
				checkSlip(t, one)
				k++
			}
			if k != 12 {
				t.Errorf("%d instalments were posted", k)
			}
			return nil
		})
		balanced(t, o)
	})
}

// checkSlip reads the printed codes back: they say what the invoice says.
func checkSlip(t *testing.T, s *billing.Standing) {
	t.Helper()
	linha, err := boleto.ParseLinha(s.Slip.Linha, s.Invoice.Due)
	if err != nil || !linha.Valid || linha.Amount != s.Total || linha.Due != s.Invoice.Due || linha.Barcode != s.Slip.Barcode {
		t.Errorf("linha of invoice %d: %+v, %v", s.Invoice.Number, linha, err)
	}
	code := pix.Parse(s.Slip.PixPayload)
	if !code.Valid || code.Fields["54"] != s.Total.Decimal() || code.TxID != s.Slip.Txid {
		t.Errorf("Pix of invoice %d: %+v", s.Invoice.Number, code)
	}
}

func TestTheSameDaysAreNeverBilledTwice(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		in, ctx := renewal(o), o.As("financeiro")
		var won atomic.Int32
		var wg sync.WaitGroup
		for n := range 20 { // twenty forms: each has a key of its own
			wg.Add(1)
			go func() {
				defer wg.Done()
				in := in
				in.Key = fmt.Sprint(n)
				if _, err := desk(o).IssueBooklet(ctx, in); err == nil {
					won.Add(1)
				} else if tenants.FaultOf(err) == nil {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		if won.Load() != 1 {
			t.Errorf("%d of 20 equal carnês were issued", won.Load())
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			seen := map[string]bool{}
			for _, s := range c.Slip.Query().Where(slip.OurNumberNEQ("")).AllX(ctx) {
				if seen[s.OurNumber] {
					t.Errorf("nosso número %s was given twice", s.OurNumber)
				}
				seen[s.OurNumber] = true
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestAFormSentTwentyTimesMakesOneCarneAndIsAnsweredWithItEachTime(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		in, clerk, before := renewal(o), o.As("comercial"), count(o)
		answers := make([]*ent.Booklet, 20)
		var wg sync.WaitGroup
		for n := range answers {
			wg.Add(1)
			go func() {
				defer wg.Done()
				var err error
				if answers[n], err = desk(o).IssueBooklet(clerk, in); err != nil {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		for _, answer := range answers {
			if answer == nil || answer.ID != answers[0].ID {
				t.Fatalf("one was answered with %v, another with %v", answers[0], answer)
			}
		}
		if after := count(o); after[0] != before[0]+1 || after[1] != before[1]+12 {
			t.Errorf("before %v, after %v", before, after)
		}
		other := in
		other.Instalments = 6
		if _, err := desk(o).IssueBooklet(clerk, other); demotest.Fault(err) != "key_reused" {
			t.Errorf("the same form with other data: %v", err)
		}
		if _, err := desk(o).IssueBooklet(o.As("gerente"), in); demotest.Fault(err) != "inicio: already_billed" {
			t.Errorf("somebody else's form of the same key: %v", err)
		}
		balanced(t, o)
	})
}

func TestACarneOfAnotherTotalThanTheOneShownIsNotIssued(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		in, before := renewal(o), count(o)
		preview, err := desk(o).PreviewBooklet(o.As("comercial"), in)
		if err != nil {
			t.Fatal(err)
		}
		in.Shown = preview.Total - 1
		if _, err := desk(o).IssueBooklet(o.As("comercial"), in); demotest.Fault(err) != "preview_stale" || count(o) != before {
			t.Errorf("%v, and left %v of %v", err, count(o), before)
		}
		in.Shown = preview.Total // refused, the form may be sent again
		if _, err := desk(o).IssueBooklet(o.As("comercial"), in); err != nil {
			t.Error(err)
		}
	})
}

func TestACarneThatCannotBeIsRefusedByName(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		good := renewal(o)
		for want, change := range map[string]func(*billing.NewBooklet){
			"parcelas: range": func(in *billing.NewBooklet) { in.Instalments = 61 },
			"primeiro_vencimento: first_due_before_start": func(in *billing.NewBooklet) { in.FirstDue = in.Start.AddDays(-1) },
			"primeiro_vencimento: first_due_too_far":      func(in *billing.NewBooklet) { in.FirstDue = in.Start.AddDays(70) },
			"inicio: already_billed":                      func(in *billing.NewBooklet) { in.Start = in.Start.AddDays(-1) },
			"not_found":                                   func(in *billing.NewBooklet) { in.Customer = o.Joao.ID },
		} {
			in := good
			change(&in)
			if _, err := desk(o).IssueBooklet(o.As("gerente"), in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := desk(o).PreviewBooklet(o.As("suporte"), good); demotest.Fault(err) != "denied" {
			t.Errorf("suporte: %v", err)
		}
		if _, err := desk(o).IssueBooklet(o.Stranger(), good); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		balanced(t, o)
	})
}

func overdue(o *demotest.Office) (s *billing.Standing) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		invoices, err := billing.InvoicesOf(ctx, c, o.DB.Today(ctx), o.Joao.ID, true)
		s = invoices[0]
		return err
	})
	return s
}

func TestAPaymentThatClearsTheDebtRestoresTheService(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt := overdue(o)
		pay := func(amount money.Cents, key string) (*billing.Received, error) {
			return desk(o).ReceiveAtCounter(o.As("financeiro"), billing.Receipt{Invoice: debt.Invoice.ID, Amount: amount, PaidOn: o.Here.Today(o.DB.Now()), Key: key})
		}
		part, err := pay(30_00, "1")
		if err != nil || part.Standing.Debt.Principal != debt.Total-30_00 || part.Standing.Status != billing.InvoiceOverdue || len(part.Restored) != 0 {
			t.Fatalf("a part: %+v, %v", part, err)
		}
		if o.Service(o.Joao).Status != status.SuspendedDebt {
			t.Error("a part of the debt restored him")
		}
		// The rest of the principal at face value restores him; what is left of the late charges becomes a charge that never suspends.
		rest, err := pay(debt.Total-30_00, "2")
		if err != nil || rest.Standing.Status != billing.InvoicePaid || len(rest.Restored) != 1 || o.Service(o.Joao).Status != status.Enabled {
			t.Fatalf("the rest: %+v, %v", rest, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			late := c.Charge.Query().Where(charge.KindEQ(charge.KindLate)).OnlyX(ctx)
			if late.Suspends || late.Amount != debt.Debt.Charges() {
				t.Errorf("late charges of %s became %v", debt.Debt.Charges(), late)
			}
			if n := c.Suspension.Query().CountX(ctx); n != 1 || c.Suspension.Query().OnlyX(ctx).EndedAt == nil {
				t.Error("his suspension is not closed")
			}
			return nil
		})
		if _, err := pay(1, "3"); demotest.Fault(err) != "invoice_paid" {
			t.Errorf("a payment of a paid invoice: %v", err)
		}
		balanced(t, o)
	})
}

func TestAReceiptEnteredLateWithAnEarlierDayStillPaysTheInvoice(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt, today := overdue(o), o.Here.Today(o.DB.Now())
		for i, in := range []billing.Receipt{{Amount: debt.Total - 30_00, PaidOn: today}, {Amount: 30_00, PaidOn: today.AddDays(-2)}} {
			in.Invoice, in.Key = debt.Invoice.ID, fmt.Sprint(i)
			if _, err := desk(o).ReceiveAtCounter(o.As("financeiro"), in); err != nil {
				t.Fatal(err)
			}
		}
		if o.Service(o.Joao).Status != status.Enabled {
			t.Errorf("the principal is paid, and he is %s", o.Service(o.Joao).Status)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if paid := c.Invoice.GetX(ctx, debt.Invoice.ID).PaidAt; paid == nil {
				t.Error("the invoice is not paid")
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestOnlyAManagerForgivesLateChargesByAnEarlierDay(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt, today := overdue(o), o.Here.Today(o.DB.Now())
		in := billing.Receipt{Invoice: debt.Invoice.ID, Amount: debt.Total, PaidOn: debt.Invoice.Due, Key: "1"}
		if _, err := desk(o).ReceiveAtCounter(o.As("financeiro"), in); demotest.Fault(err) != "denied" || tenants.FaultOf(err).Args["permission"] != "override" {
			t.Errorf("the cashier forgives %s: %v", debt.Debt.Charges(), err)
		}
		if _, err := desk(o).ReceiveAtCounter(o.As("gerente"), in); demotest.Fault(err) != "motivo: forgiving_reason" || tenants.FaultOf(err).Args["amount"] != debt.Debt.Charges().BRL() {
			t.Errorf("the manager without a reason: %v", err)
		}
		in.PaidOn = calendar.LastBusinessDayBefore(today) // what came in since then is entered today
		part := billing.Receipt{Invoice: debt.Invoice.ID, Amount: 10_00, PaidOn: in.PaidOn, Key: "2"}
		if _, err := desk(o).ReceiveAtCounter(o.As("financeiro"), part); err != nil {
			t.Errorf("the last business day, %s: %v", in.PaidOn, err)
		}
		in.PaidOn, in.Reason, in.Amount = debt.Invoice.Due, "pagou no correspondente", debt.Total-10_00
		done, err := desk(o).ReceiveAtCounter(o.As("gerente"), in)
		if err != nil || done.Standing.Status != billing.InvoicePaid {
			t.Fatalf("the manager with a reason: %+v, %v", done, err)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.History.Query().Where(history.Event("invoice_received"), history.Reason(in.Reason)).CountX(ctx); n != 1 {
				t.Errorf("the history gives the reason %d times", n)
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestAHundredEqualReceiptsAreOneAndTooMuchBecomesCredit(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt, ctx := overdue(o), o.As("financeiro")
		in := billing.Receipt{Invoice: debt.Invoice.ID, Amount: debt.Owed() + 10_00, PaidOn: o.Here.Today(o.DB.Now()), Key: "a mesma"}
		hundred(t, func() (uuid.UUID, error) {
			got, err := desk(o).ReceiveAtCounter(ctx, in)
			if err != nil {
				return uuid.Nil, err
			}
			return got.Payment.ID, nil
		})
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if credit := c.Credit.Query().OnlyX(ctx); credit.Amount != 10_00 || credit.CustomerID != o.Joao.ID {
				t.Errorf("the credit is %v", credit)
			}
			return nil
		})
		balanced(t, o)
	})
}

func TestAFormOfAReceiptSentWithOtherDataIsNoSuccess(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt, cashier := overdue(o), o.As("financeiro")
		in := billing.Receipt{Invoice: debt.Invoice.ID, Amount: 10_00, PaidOn: o.Here.Today(o.DB.Now()), Key: "1"}
		first, err := desk(o).ReceiveAtCounter(cashier, in)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := desk(o).ReceiveAtCounter(cashier, in); err != nil || again.Payment.ID != first.Payment.ID || again.Standing.Debt.Paid != 10_00 {
			t.Errorf("the same form again: %+v, %v", again, err)
		}
		var next *ent.Invoice
		o.Read(func(ctx context.Context, c *ent.Client) error {
			next = c.Invoice.Query().Where(invoice.CustomerID(o.Maria.ID), invoice.PaidAtIsNil()).FirstX(ctx)
			return nil
		})
		for what, change := range map[string]func(*billing.Receipt){
			"another amount":  func(in *billing.Receipt) { in.Amount = 20_00 },
			"another day":     func(in *billing.Receipt) { in.PaidOn = in.PaidOn.AddDays(-1) },
			"another invoice": func(in *billing.Receipt) { in.Invoice = next.ID },
		} {
			other := in
			change(&other)
			if _, err := desk(o).ReceiveAtCounter(cashier, other); demotest.Fault(err) != "key_reused" {
				t.Errorf("%s: %v", what, err)
			}
		}
		if now := overdue(o); now.Debt.Paid != 10_00 {
			t.Errorf("%s was received", now.Debt.Paid)
		}
		balanced(t, o)
	})
}

func TestReceiptsThatCannotBeAreRefused(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		debt, today := overdue(o), o.Here.Today(o.DB.Now())
		good := billing.Receipt{Invoice: debt.Invoice.ID, Amount: 10_00, PaidOn: today, Key: "1"}
		for want, change := range map[string]func(*billing.Receipt){
			"valor: positive": func(in *billing.Receipt) { in.Amount = 0 },
			"pago_em: future": func(in *billing.Receipt) { in.PaidOn = today.AddDays(1) },
			"pago_em: before_issue": func(in *billing.Receipt) {
				in.PaidOn = calendar.Of(debt.Invoice.IssuedAt.In(o.Here.Zone)).AddDays(-1)
			},
			"not_found": func(in *billing.Receipt) { in.Invoice = demotest.Nobody },
		} {
			in := good
			change(&in)
			if _, err := desk(o).ReceiveAtCounter(o.As("financeiro"), in); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := desk(o).ReceiveAtCounter(o.As("comercial"), good); demotest.Fault(err) != "denied" {
			t.Errorf("comercial receives nothing: %v", err)
		}
		if _, err := desk(o).ReceiveAtCounter(o.Stranger(), good); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		balanced(t, o)
	})
}

func TestCancellingACarneLeavesWhatIsPaidAndGivesTheDaysBack(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		var booklet *ent.Booklet
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, row := range c.Booklet.Query().AllX(ctx) {
				if row.CustomerID == o.Maria.ID {
					booklet = row
				}
			}
			return nil
		})
		if _, err := desk(o).CancelBooklet(o.As("gerente"), booklet.ID, "ok", "1"); demotest.Fault(err) != "motivo: reason_short" {
			t.Errorf("without a reason: %v", err)
		}
		cancelled, err := desk(o).CancelBooklet(o.As("gerente"), booklet.ID, "cliente vai mudar de plano", "2")
		if err != nil || cancelled != 7 { // five of twelve are paid
			t.Fatalf("%d cancelled, %v", cancelled, err)
		}
		if _, err := desk(o).CancelBooklet(o.As("gerente"), booklet.ID, "outra vez", "3"); demotest.Fault(err) != "booklet_cancelled" {
			t.Errorf("again: %v", err)
		}
		if got, want := o.Service(o.Maria).BilledUntil, calendar.On(2026, 12, 10); got != want {
			t.Errorf("billed until %s, want %s", got, want)
		}
		if _, err := desk(o).IssueBooklet(o.As("gerente"), renewal(o)); err != nil {
			t.Errorf("the days given back cannot be billed again: %v", err)
		}
		balanced(t, o)
	})
}

func TestThePDFIsAlwaysThere(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		issued, err := desk(o).IssueBooklet(o.As("gerente"), renewal(o))
		if err != nil {
			t.Fatal(err)
		}
		first, err := desk(o).BookletPDF(o.As("suporte"), issued.ID)
		if err != nil || !bytes.HasPrefix(first.Content, []byte("%PDF-")) || len(first.Content) > 60_000 {
			t.Fatalf("%v", err)
		}
		if again, err := desk(o).BookletPDF(o.As("suporte"), issued.ID); err != nil || again.ID != first.ID {
			t.Errorf("a second time it is made anew: %v", err)
		}
		if _, err := desk(o).BookletPDF(o.Stranger(), issued.ID); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
		name, content, err := desk(o).InvoicePDF(o.As("suporte"), overdue(o).Invoice.ID)
		if err != nil || !bytes.HasPrefix(content, []byte("%PDF-")) || name == "" {
			t.Errorf("%s, %v", name, err)
		}
	})
}

// A carnê is issued, and cancelled, whole or not at all; money is received so too.
func TestMoneyMovesWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		ctx, in := o.As("gerente"), renewal(o)
		var issued *ent.Booklet
		o.AllOrNothing(t, 10, func() (err error) {
			issued, err = desk(o).IssueBooklet(ctx, in)
			return err
		})
		o.AllOrNothing(t, 10, func() error {
			_, err := desk(o).CancelBooklet(ctx, issued.ID, "feito por engano", "1")
			return err
		})
		var owed *billing.Standing
		o.Read(func(ctx context.Context, c *ent.Client) error {
			open, err := billing.InvoicesOf(ctx, c, o.DB.Today(ctx), o.Joao.ID, true)
			owed = open[0]
			return err
		})
		receipt := billing.Receipt{Invoice: owed.Invoice.ID, Amount: owed.Owed(), PaidOn: o.DB.Today(ctx), Key: "um"}
		o.AllOrNothing(t, 15, func() error { // and with it the service comes back
			_, err := desk(o).ReceiveAtCounter(ctx, receipt)
			return err
		})
		if got := o.Service(o.Joao).Status; got != status.Enabled {
			t.Errorf("João is %s", got)
		}
		balanced(t, o)
	})
}

func count(o *demotest.Office) (n [7]int) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		n = [7]int{c.Booklet.Query().CountX(ctx), c.Invoice.Query().CountX(ctx), c.Charge.Query().CountX(ctx), c.Slip.Query().CountX(ctx),
			c.LedgerEntry.Query().CountX(ctx), c.History.Query().CountX(ctx), c.Outbox.Query().CountX(ctx)}
		return nil
	})
	return n
}

func BenchmarkIssueBooklet12(b *testing.B) {
	o := demotest.OpenSQLite(b)
	ctx := o.As("gerente")
	for b.Loop() {
		in := renewal(o)
		in.Key = "" // each is another carnê
		if _, err := desk(o).IssueBooklet(ctx, in); err != nil {
			b.Fatal(err)
		}
	}
}
