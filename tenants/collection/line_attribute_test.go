package collection_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"enlace/ent"
	"enlace/ent/bankreturnline"
	"enlace/ent/history"
	"enlace/ent/payment"
	"enlace/ent/subscription"
	"enlace/tenants/billing"
	"enlace/tenants/collection"
	"enlace/tenants/collection/banktest"
	"enlace/tenants/demo/demotest"
)

// foreign is what a bank says of a boleto of another system that was paid.
func foreign(o *demotest.Office, owed *billing.Standing) banktest.Says {
	return banktest.Says{Mark: "of another", Number: "000099999901011", Movement: "06", On: today(o), Paid: owed.Owed() + 5_00}
}

// together has many do something at once, and counts the faults they are answered with.
func together(many int, do func(i int) error) map[string]int {
	faults, mu, all := map[string]int{}, sync.Mutex{}, sync.WaitGroup{}
	for i := range many {
		all.Go(func() {
			err := do(i)
			mu.Lock()
			defer mu.Unlock()
			faults[demotest.Fault(err)]++
		})
	}
	all.Wait()
	return faults
}

// placed are the payments of invoices that came by boleto.
func placed(o *demotest.Office) (all []*ent.Payment) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		all = c.Payment.Query().Where(payment.SourceEQ(payment.SourceBoleto)).AllX(ctx)
		return nil
	})
	return all
}

func TestALineOfNoSlipIsPlacedOnce(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		bank, owed := wrote(t, o, agreed(o)), open(t, o, o.Joao)[0]
		says := foreign(o, owed)
		future := banktest.Says{Mark: "of tomorrow", Number: "000088888801011", Movement: "06", On: today(o).AddDays(1), Paid: 10_00}
		r := brings(t, o, bank.Retorno(7, says, banktest.Says{Mark: "of another", Movement: "28", On: today(o)}, future))
		if got := fmt.Sprint(outcomes(r)); got != "[unknown unknown unknown]" || r.Unplaced != 2 || len(placed(o)) != 0 {
			t.Fatalf("%s, %d to be placed", got, r.Unplaced)
		}
		line, boss := r.Lines[0], o.As("financeiro")
		in := collection.Attribution{Of: collection.Stray{Line: line.ID}, Invoice: fmt.Sprint(owed.Invoice.Number), Reason: "boleto do sistema antigo"}
		p, err := desk(o).PreviewAttribution(boss, in)
		if err != nil || p.Credit != 5_00 || p.Left != 0 || p.Holder.ID != o.Joao.ID {
			t.Fatalf("it would do %+v, %v", p, err)
		}
		in.Shown = p.Seen()
		for want, change := range map[string]func(in *collection.Attribution){
			"fatura: invoice_unknown": func(in *collection.Attribution) { in.Invoice = "999999" },
			"motivo: reason_short":    func(in *collection.Attribution) { in.Reason = "ele" },
			"receipt_unseen":          func(in *collection.Attribution) { in.Shown = "" },
			"line_placed":             func(in *collection.Attribution) { in.Of.Line = r.Lines[1].ID }, // a fee is no money of anybody's
			"line_implausible":        func(in *collection.Attribution) { in.Of.Line = r.Lines[2].ID },
			"not_found":               func(in *collection.Attribution) { in.Of.Line = demotest.Nobody },
		} {
			other := in
			change(&other)
			if _, err := desk(o).Attribute(boss, other); demotest.Fault(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		if _, err := desk(o).Attribute(o.As("comercial"), in); demotest.Fault(err) != "denied" {
			t.Errorf("by who may not receive: %v", err)
		}
		if _, err := desk(o).Attribute(o.Stranger(), in); demotest.Fault(err) != "not_found" {
			t.Errorf("by another ISP: %v", err)
		}
		if _, err := desk(o).ReturnLine(o.Stranger(), line.ID); demotest.Fault(err) != "not_found" {
			t.Errorf("shown to another ISP: %v", err)
		}
		// The bank brings it again in another file before anybody has placed it: twenty people place the one and the other.
		again := brings(t, o, bank.Retorno(7, says, banktest.Says{Mark: "of another", Movement: "02", On: today(o)}))
		faults := together(20, func(i int) error {
			mine := in
			mine.Key = fmt.Sprint(i % 4) // who press five times each
			if i%2 == 1 {
				mine.Of.Line = again.Lines[0].ID
			}
			_, err := desk(o).Attribute(boss, mine)
			return err
		})
		if got := placed(o); len(got) != 1 || got[0].Amount != says.Paid || got[0].PaidOn != today(o) || *got[0].InvoiceID != owed.Invoice.ID || faults[""]+faults["line_placed"] != 20 || faults[""] == 0 {
			t.Errorf("settled %v, answered %v", got, faults)
		}
		if now := o.Service(o.Joao).Status; now != subscription.StatusHabilitado {
			t.Errorf("his debt is paid and he is %s", now)
		}
		one, err := desk(o).ReturnLine(boss, line.ID)
		if err != nil || one.Open || one.Invoice == nil || one.Invoice.ID != owed.Invoice.ID || one.Holder != o.Joao.Name {
			t.Errorf("it is shown as %+v, %v", one, err)
		}
		for _, file := range []*collection.Report{r, again} {
			report, err := desk(o).Report(boss, file.ID, bankreturnline.OutcomeUnknown, 1)
			if err != nil || report.Placed[file.Lines[0].ID].Invoice == nil || report.Unplaced != file.Unplaced-1 {
				t.Errorf("the report has %+v, %v", report, err)
			}
		}
		// Brought once more, it has come before.
		if got := fmt.Sprint(outcomes(brings(t, o, bank.Retorno(7, says)))); got != "[repeated]" {
			t.Error(got)
		}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			if n := c.History.Query().Where(history.Event("line_attributed"), history.CustomerID(o.Joao.ID), history.Reason(in.Reason)).CountX(ctx); n != 1 {
				t.Errorf("%d of it in his history", n)
			}
			return nil
		})
	})
}

func TestALineIsPlacedWholeOrNotAtAll(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		bank, owed := wrote(t, o, agreed(o)), open(t, o, o.Joao)[0]
		line := brings(t, o, bank.Retorno(7, foreign(o, owed))).Lines[0]
		in, boss := collection.Attribution{Of: collection.Stray{Line: line.ID}, Invoice: fmt.Sprint(owed.Invoice.Number), Reason: "boleto do sistema antigo"}, o.As("financeiro")
		p, err := desk(o).PreviewAttribution(boss, in)
		if err != nil {
			t.Fatal(err)
		}
		in.Shown = p.Seen()
		o.AllOrNothing(t, 10, func() error { _, err := desk(o).Attribute(boss, in); return err })
		if len(placed(o)) != 1 {
			t.Errorf("settled %v", placed(o))
		}
	})
}
