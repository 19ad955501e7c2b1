package billing_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/slip"
	"enlace/tenants/billing"
	"enlace/tenants/brazil/boleto"
	"enlace/tenants/demo/demotest"
)

// agreement changes the one agreement of the office.
func agreement(o *demotest.Office, change func(*ent.BankAgreementUpdateOne)) {
	o.T.Helper()
	err := o.DB.Write(o.As("gerente"), func(ctx context.Context, c *ent.Client) error {
		update := c.BankAgreement.UpdateOneID(c.BankAgreement.Query().OnlyX(ctx).ID)
		change(update)
		return update.Exec(ctx)
	})
	if err != nil {
		o.T.Fatal(err)
	}
}

// numbersOf are the nosso números of a carnê, in the order of its instalments, and the last number its agreement has given.
func numbersOf(o *demotest.Office, row *ent.Booklet) (given []string, last int64) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, one := range c.Invoice.Query().Where(invoice.BookletID(row.ID)).Order(invoice.ByInstalment()).AllX(ctx) {
			given = append(given, c.Slip.Query().Where(slip.InvoiceID(one.ID)).OnlyX(ctx).OurNumber)
		}
		last = c.BankAgreement.Query().OnlyX(ctx).LastNumber
		return nil
	})
	return given, last
}

func lastNumber(o *demotest.Office) (last int64) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		last = c.BankAgreement.Query().OnlyX(ctx).LastNumber
		return nil
	})
	return last
}

// Sicoob has seven digits. Nine numbers are left: a carnê of twelve takes none of them, one of nine takes all, and nothing begins anew.
func TestTheEndOfTheRangeIsRefusedAndNeverWraps(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		agreement(o, func(u *ent.BankAgreementUpdateOne) { u.SetLastNumber(9_999_990) })
		in, before := renewal(o), count(o)
		if _, err := desk(o).IssueBooklet(o.As("comercial"), in); demotest.Fault(err) != "numbers_exhausted" || count(o) != before || lastNumber(o) != 9_999_990 {
			t.Fatalf("%v, and left %v of %v, number %d", err, count(o), before, lastNumber(o))
		}
		in.Instalments, in.Key = 9, "2"
		issued, err := desk(o).IssueBooklet(o.As("comercial"), in)
		if err != nil {
			t.Fatal(err)
		}
		given, last := numbersOf(o, issued)
		if len(given) != 9 || last != 9_999_999 || !strings.HasPrefix(given[0], "9999991-") || !strings.HasPrefix(given[8], "9999999-") {
			t.Errorf("%v, last %d", given, last)
		}
		next := renewal(o)
		next.Instalments, next.Key = 1, "3"
		if _, err := desk(o).IssueBooklet(o.As("comercial"), next); demotest.Fault(err) != "numbers_exhausted" || lastNumber(o) != 9_999_999 {
			t.Errorf("%v, number %d", err, lastNumber(o))
		}
		balanced(t, o)
	})
}

// Sicredi counts byte and sequence together, 200001 to 999999, and anew each year.
func TestSicrediIsExhaustedUntilTheYearEnds(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		year := o.Here.Today(o.DB.Now()).Year()
		agreement(o, func(u *ent.BankAgreementUpdateOne) {
			u.SetBank("748").SetTerms(boleto.Input{Agencia: "0156", Posto: "05", Beneficiario: "85305", TipoCobranca: "1", Carteira: "1"}).
				SetLastNumber(299_999).SetNumberYear(year)
		})
		issue := func(instalments int, key string) (*ent.Booklet, error) {
			in := renewal(o)
			in.Instalments, in.Key = instalments, key
			return desk(o).IssueBooklet(o.As("comercial"), in)
		}
		issued, err := issue(2, "1")
		if err != nil {
			t.Fatal(err)
		}
		short := o.Here.Today(o.DB.Now()).BR()[8:] // the year's last two digits
		if given, last := numbersOf(o, issued); last != 300_001 || !strings.HasPrefix(given[0], short+"/300000-") || !strings.HasPrefix(given[1], short+"/300001-") {
			t.Errorf("byte 3 follows 2: %v, last %d", given, last)
		}
		agreement(o, func(u *ent.BankAgreementUpdateOne) { u.SetLastNumber(999_999) })
		if _, err := issue(1, "2"); demotest.Fault(err) != "numbers_exhausted" {
			t.Errorf("%v", err)
		}
		o.Pass(60 * 24 * time.Hour) // into the next year
		if issued, err = issue(1, "3"); err != nil {
			t.Fatal(err)
		}
		short = o.Here.Today(o.DB.Now()).BR()[8:]
		if given, last := numbersOf(o, issued); last != 200_001 || !strings.HasPrefix(given[0], short+"/200001-") {
			t.Errorf("the next year: %v, last %d", given, last)
		}
	})
}

// Two clerks at the last five numbers: whoever comes second is refused, and no number is given twice.
func TestTheLastNumbersGoToOneOfTwo(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		agreement(o, func(u *ent.BankAgreementUpdateOne) { u.SetLastNumber(9_999_994) })
		other := o.Service(o.Joao)
		orders := []billing.NewBooklet{renewal(o), {Customer: o.Joao.ID, Subscription: other.ID, Start: other.BilledUntil, FirstDue: other.BilledUntil}}
		answers := make([]error, len(orders))
		var wg sync.WaitGroup
		for i, in := range orders {
			in.Instalments, in.Key = 5, fmt.Sprint(i)
			wg.Add(1)
			go func() {
				defer wg.Done()
				_, answers[i] = desk(o).IssueBooklet(o.As("comercial"), in)
			}()
		}
		wg.Wait()
		if (answers[0] == nil) == (answers[1] == nil) || demotest.Fault(answers[0])+demotest.Fault(answers[1]) != "numbers_exhausted" || lastNumber(o) != 9_999_999 {
			t.Errorf("%v; %v; number %d", answers[0], answers[1], lastNumber(o))
		}
		balanced(t, o)
	})
}
