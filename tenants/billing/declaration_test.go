package billing_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/contest"
	"enlace/ent/declaration"
	"enlace/ent/email"
	"enlace/ent/invoice"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
)

// declaredTo are the declarations of a customer.
func declaredTo(o *demotest.Office, who *ent.Customer) (rows []*ent.Declaration) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		rows = c.Declaration.Query().Where(declaration.CustomerID(who.ID)).AllX(ctx)
		return nil
	})
	return rows
}

// passTo lets the time pass until noon of a day.
func passTo(o *demotest.Office, day calendar.Date) {
	o.Pass(day.At(12, 0, o.Here.Zone).Sub(o.DB.Now()))
}

// payAll pays what a customer owes but some invoices, one after the other: what the first one restores may lower the others.
func payAll(t *testing.T, o *demotest.Office, who *ent.Customer, but ...uuid.UUID) {
	t.Helper()
	cashier := o.As("financeiro")
	for {
		var open []*billing.Standing
		o.Read(func(ctx context.Context, c *ent.Client) (err error) {
			open, err = billing.InvoicesOf(ctx, c, o.DB.Today(ctx), who.ID, true)
			return err
		})
		open = slices.DeleteFunc(open, func(s *billing.Standing) bool { return slices.Contains(but, s.Invoice.ID) })
		if len(open) == 0 {
			return
		}
		in := billing.Receipt{Invoice: open[0].Invoice.ID, Amount: open[0].Owed(), PaidOn: o.DB.Today(cashier), Key: open[0].Invoice.ID.String()}
		if _, err := desk(o).ReceiveAtCounter(cashier, in); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAYearThatIsPaidIsDeclaredOnce(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		year := o.DB.Today(o.Worker()).Year()
		payAll(t, o, o.Maria)
		passTo(o, calendar.On(year+1, time.April, 30))
		if made, err := desk(o).DeclareSettled(o.Worker()); made != 0 || err != nil {
			t.Fatalf("before May %d were made, %v", made, err)
		}
		passTo(o, calendar.On(year+1, time.May, 3))
		o.AllOrNothing(t, 6, func() error { _, err := desk(o).DeclareSettled(o.Worker()); return err })
		if made, err := desk(o).DeclareSettled(o.Worker()); made != 0 || err != nil {
			t.Errorf("a second run made %d, %v", made, err)
		}
		mine, his := declaredTo(o, o.Maria), declaredTo(o, o.Joao)
		if len(mine) != 1 || len(his) != 0 {
			t.Fatalf("Maria has %d, João, who owes, %d", len(mine), len(his))
		}
		var fell int64
		o.Read(func(ctx context.Context, c *ent.Client) error {
			for _, row := range c.Charge.Query().Where(charge.CustomerID(o.Maria.ID), charge.CancelledAtIsNil()).AllX(ctx) {
				if row.Due.Year() == year {
					fell += int64(row.Amount)
				}
			}
			letter := c.Email.GetX(ctx, *mine[0].EmailID)
			if letter.Text != mine[0].Body || letter.Status != email.StatusWaiting {
				t.Errorf("the letter is %s: %s", letter.Status, letter.Text)
			}
			return nil
		})
		if int64(mine[0].Amount) != fell || mine[0].Year != year {
			t.Errorf("%s of %d, want %d of %d", mine[0].Amount, mine[0].Year, fell, year)
		}
		for _, want := range []string{"Maria Demonstração, CPF 529.982.247-25", "substitui as quitações dos faturamentos mensais de 2026 e dos anos anteriores", "12.007"} {
			if !strings.Contains(mine[0].Body, want) {
				t.Errorf("%q is not said in\n%s", want, mine[0].Body)
			}
		}

		payAll(t, o, o.Joao) // the month after he gets his
		passTo(o, calendar.On(year+1, time.May, 31))
		if _, err := desk(o).DeclareSettled(o.Worker()); err != nil || len(declaredTo(o, o.Joao)) != 1 {
			t.Errorf("João paid in May and has %d, %v", len(declaredTo(o, o.Joao)), err)
		}
		passTo(o, calendar.On(year+1, time.June, 20))
		if made, err := desk(o).DeclareSettled(o.Worker()); made != 0 || err != nil {
			t.Errorf("in the midst of June %d were made, %v", made, err)
		}
		if _, err := desk(o).Declaration(o.As("financeiro"), o.Maria.ID, year); err != nil {
			t.Error(err)
		}
		if _, err := desk(o).Declaration(o.As("financeiro"), o.Maria.ID, year-1); demotest.Fault(err) != "not_found" {
			t.Errorf("of another year: %v", err)
		}
		if _, err := desk(o).Declaration(o.Stranger(), o.Maria.ID, year); demotest.Fault(err) != "not_found" {
			t.Errorf("a stranger: %v", err)
		}
	})
}

// Who pays the last of a year long after it has the declaration in the month after: in January too, and of a year that lies further back.
func TestWhoPaysAnOldYearIsDeclaredItInTheMonthAfter(t *testing.T) {
	year := calendar.On(2026, time.November, 23).Year()
	for name, of := range map[string]struct {
		ago  int // years, to which all his debts are moved
		paid calendar.Date
		told calendar.Date
	}{
		"in December":                       {0, calendar.On(year+1, time.December, 15), calendar.On(year+2, time.January, 3)},
		"of two years before":               {1, calendar.On(year+1, time.July, 8), calendar.On(year+1, time.August, 3)},
		"of that, while it was not yet May": {1, calendar.On(year+1, time.February, 8), calendar.On(year+1, time.March, 3)},
	} {
		t.Run(name, func(t *testing.T) {
			demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
				if of.ago > 0 {
					o.Write(func(ctx context.Context, c *ent.Client) error {
						day := calendar.On(year-of.ago, time.June, 10)
						c.Invoice.Update().Where(invoice.CustomerID(o.Joao.ID)).SetDue(day).ExecX(ctx)
						return c.Charge.Update().Where(charge.CustomerID(o.Joao.ID)).SetDue(day).Exec(ctx)
					})
				}
				passTo(o, of.paid)
				payAll(t, o, o.Joao)
				for _, step := range []struct {
					on   calendar.Date
					want int
				}{{of.paid.AddDays(5), 0}, {of.told, 1}, {of.told.AddDays(1), 1}} {
					passTo(o, step.on)
					if _, err := desk(o).DeclareSettled(o.Worker()); err != nil {
						t.Fatal(err)
					}
					his := declaredTo(o, o.Joao)
					if len(his) != step.want || step.want > 0 && his[0].Year != year-of.ago {
						t.Errorf("on %s he has %v", step.on, his)
					}
				}
			})
		})
	}
}

func TestWhatIsContestedIsLeftOutOfADeclaration(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		late := overdue(o)
		for _, row := range late.Charges {
			if _, err := desk(o).Contest(o.As("financeiro"), billing.NewContest{Charge: row.ID, Channel: contest.ChannelCounter, Reason: "não reconhece a cobrança", Key: row.ID.String()}); err != nil {
				t.Fatal(err)
			}
		}
		year := o.DB.Today(o.Worker()).Year()
		payAll(t, o, o.Joao, late.Invoice.ID)
		passTo(o, calendar.On(year+1, time.May, 3))
		if _, err := desk(o).DeclareSettled(o.Worker()); err != nil {
			t.Fatal(err)
		}
		if his := declaredTo(o, o.Joao); len(his) != 1 || !strings.Contains(his[0].Body, "em contestação") {
			t.Errorf("João has %v", his)
		}
	})
}
