package reports_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"enlace/ent"
	"enlace/ent/invoice"
	"enlace/ent/ledgerentry"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/demo/demotest"
	"enlace/tenants/money"
	"enlace/tenants/reports"
)

// receiveAlong receives money for what Maria and João owe over some weeks: in part, whole, late, and too much.
func receiveAlong(t *testing.T, o *demotest.Office) {
	t.Helper()
	draw, desk := rand.New(rand.NewPCG(5, 7)), billing.Desk{DB: o.DB}
	for n := range 24 {
		o.Pass(time.Duration(1+draw.IntN(4)) * 24 * time.Hour)
		today := o.Here.Today(o.DB.Now())
		var open []*billing.Standing
		o.Read(func(ctx context.Context, c *ent.Client) error {
			rows, err := c.Invoice.Query().Where(invoice.CustomerIDIn(o.Maria.ID, o.Joao.ID), invoice.PaidAtIsNil(), invoice.CancelledAtIsNil()).Order(invoice.ByDue()).All(ctx)
			if err == nil {
				open, err = billing.Standings(ctx, c, today, rows...)
			}
			return err
		})
		if len(open) == 0 {
			return
		}
		amount := open[0].Owed()
		switch draw.IntN(3) {
		case 0:
			amount = max(1, amount/3)
		case 1:
			amount += money.Cents(1 + draw.IntN(2000))
		}
		if _, err := desk.ReceiveAtCounter(o.As("financeiro"), billing.Receipt{Invoice: open[0].Invoice.ID, Amount: amount, PaidOn: today, Key: fmt.Sprint(n)}); err != nil {
			t.Fatal(err)
		}
	}
}

// cameIn adds up the accounts of money in the ledger, entry by entry.
func cameIn(o *demotest.Office, from, to calendar.Date) (sum money.Cents) {
	o.Read(func(ctx context.Context, c *ent.Client) error {
		for _, e := range c.LedgerEntry.Query().AllX(ctx) {
			switch e.Account {
			case ledgerentry.AccountCash, ledgerentry.AccountBank, ledgerentry.AccountPix:
				if !e.Day.Before(from) && !e.Day.After(to) {
					sum += e.Amount
				}
			}
		}
		return nil
	})
	return sum
}

func TestReceiptsAreWhatTheLedgerHas(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		receiveAlong(t, o)
		desk, today := reports.Desk{DB: o.DB}, o.Here.Today(o.DB.Now())
		year, err := desk.Year(o.As("financeiro"))
		if err != nil || len(year.Months) != 12 {
			t.Fatalf("%d months, %v", len(year.Months), err)
		}
		months, late, credit := 0, money.Cents(0), money.Cents(0)
		for _, m := range year.Months {
			last := calendar.AddMonths(m.From, 1, 1).AddDays(-1)
			want := cameIn(o, m.From, last)
			if m.Received != want {
				t.Errorf("in %s %s came in, the ledger has %s", m.From, m.Received, want)
			}
			if want > 0 {
				months++
			}
			for _, by := range reports.ReceiptsBys {
				r, err := desk.Receipts(o.As("gerente"), by, m.From, last)
				if err != nil {
					t.Fatal(err)
				}
				var sum money.Cents
				for _, row := range append(r.Rows, r.All) {
					sum += row.Total()
					if row.Principal+row.Late+row.Credit != row.Total() {
						t.Errorf("by %s %+v does not add up", by, row)
					}
				}
				if r.All.Total() != want || sum != 2*want {
					t.Errorf("by %s of %s: %s, its rows %s; want %s", by, m.From, r.All.Total(), sum-r.All.Total(), want)
				}
				if by == reports.ByDay {
					late, credit = late+r.All.Late, credit+r.All.Credit
				}
			}
		}
		if months < 2 || late == 0 || credit == 0 {
			t.Fatalf("%d months, %s late, %s credit: nothing was tried", months, late, credit)
		}
		r, err := desk.Receipts(o.As("financeiro"), reports.ByUser, today.AddDays(-200), today)
		if err != nil || len(r.Rows) < 1 || r.Rows[len(r.Rows)-1].Name == "" && len(r.Rows) == 1 {
			t.Errorf("by user: %+v, %v", r.Rows, err)
		}
		for _, ctx := range []context.Context{o.As("suporte"), o.As("comercial")} {
			if _, err := desk.Receipts(ctx, reports.ByDay, today, today); demotest.Fault(err) != "denied" {
				t.Errorf("read without permission: %v", err)
			}
			if _, err := desk.Year(ctx); demotest.Fault(err) != "denied" {
				t.Errorf("read without permission: %v", err)
			}
		}
		before := cameIn(o, today.AddDays(-60), today)
		if r, err := desk.Receipts(o.Stranger(), reports.ByDay, today.AddDays(-60), today); err != nil || r.All.Total() == before {
			t.Errorf("a stranger reads %s of %s, %v", r.All.Total(), before, err)
		}
	})
}

func TestTheYearHasWhatFellDueAndWhatOfItIsOverdue(t *testing.T) {
	demotest.OnEachStore(t, func(t *testing.T, o *demotest.Office) {
		receiveAlong(t, o)
		year, err := reports.Desk{DB: o.DB}.Year(o.As("financeiro"))
		if err != nil {
			t.Fatal(err)
		}
		billed, overdue := map[string]money.Cents{}, map[string]money.Cents{}
		o.Read(func(ctx context.Context, c *ent.Client) error {
			earned := map[string]money.Cents{} // of each charge, in the ledger
			for _, e := range c.LedgerEntry.Query().Where(ledgerentry.AccountEQ(ledgerentry.AccountRevenue)).AllX(ctx) {
				earned[e.ChargeID.String()] -= e.Amount
			}
			for _, row := range c.Charge.Query().AllX(ctx) {
				month := row.Due.String()[:7]
				billed[month] += earned[row.ID.String()]
				if row.CancelledAt == nil && row.ClosedAt == nil && year.Today.After(calendar.EffectiveLastDay(row.Due)) {
					overdue[month] += row.Amount - row.Settled
				}
			}
			return nil
		})
		some := false
		for _, m := range year.Months {
			month := m.From.String()[:7]
			if m.Billed != billed[month] || m.Overdue != overdue[month] {
				t.Errorf("%s: billed %s, want %s; overdue %s, want %s", month, m.Billed, billed[month], m.Overdue, overdue[month])
			}
			some = some || m.Billed > 0
		}
		if !some {
			t.Error("nothing was billed")
		}
	})
}

func TestTheDaysOfReceiptsAreReadAsTyped(t *testing.T) {
	today := calendar.On(2026, 11, 23)
	for _, c := range []struct{ from, to, want string }{
		{"", "", "2026-11-01 2026-11-23"}, {"10/11/2026", "2026-11-02", "2026-11-02 2026-11-10"}, {"2020-01-01", "", "2020-01-01 2020-12-31"}, {"x", "31/02/2026", "2026-11-01 2026-11-23"},
	} {
		by, from, to := reports.ReadReceipts(tenants.Typed{"de": c.from, "ate": c.to, "por": "forma"}, today)
		if got := from.String() + " " + to.String(); got != c.want || by != reports.ByMethod {
			t.Errorf("%q to %q: %s by %s", c.from, c.to, got, by)
		}
	}
}
