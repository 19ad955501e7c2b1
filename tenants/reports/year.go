package reports

import (
	"context"

	"enlace/ent"
	"enlace/ent/charge"
	"enlace/ent/ledgerentry"
	"enlace/tenants"
	"enlace/tenants/billing"
	"enlace/tenants/calendar"
	"enlace/tenants/money"
	"enlace/tenants/staff"
)

// yearMonths is how many months the year of a report has: the one that runs and those before it.
const yearMonths = 12

// Year is how money went in the last twelve months, the oldest first. The one that runs is whole: what falls due until its end is billed.
type Year struct {
	Today  calendar.Date
	Months []YearMonth
}

// YearMonth is what fell due in a month, what came in during it, and what of the first is still overdue.
type YearMonth struct {
	From     calendar.Date
	Billed   money.Cents // charges due in the month, those cancelled apart
	Received money.Cents // as Receipts has it of the same days
	Overdue  money.Cents // of the charges due in the month, without late charges; what is contested is not among it
}

// Year reads the months. It returns Denied without the permission. It is one statement: everything is added up in the database, by day.
func (d Desk) Year(ctx context.Context) (y Year, err error) {
	y.Today = d.DB.Today(ctx)
	first := calendar.AddMonths(calendar.On(y.Today.Year(), y.Today.Month(), 1), 1-yearMonths, 1)
	last := calendar.AddMonths(first, yearMonths, 1).AddDays(-1)
	return y, d.DB.Read(ctx, func(ctx context.Context, c *ent.Client) error {
		if err := staff.Require(ctx, c, staff.ReportFinance); err != nil {
			return err
		}
		sums, err := tenants.SumUp[calendar.Date](ctx,
			tenants.RowsOf(charge.Table, charge.CancelledAtIsNil(), charge.DueGTE(first), charge.DueLTE(last)).By(charge.FieldDue, charge.FieldAmount),
			tenants.RowsOf(ledgerentry.Table, billing.CameIn(first, last)...).By(ledgerentry.FieldDay, ledgerentry.FieldAmount),
			tenants.RowsOf(charge.Table, append(billing.OverdueCharges(y.Today), charge.DueGTE(first), charge.InvoiceIDNotNil())...).By(charge.FieldDue, charge.FieldAmount, charge.FieldSettled),
			tenants.RowsOf(charge.Table, append(billing.OverdueCharges(y.Today), charge.DueGTE(first), charge.InvoiceIDIsNil())...).By(charge.FieldDue, charge.FieldAmount, charge.FieldSettled))
		for n := range yearMonths {
			y.Months = append(y.Months, YearMonth{From: calendar.AddMonths(first, n, 1)})
		}
		for _, s := range sums {
			m, sum := &y.Months[(s.Key.Year()-first.Year())*12+int(s.Key.Month()-first.Month())], money.Cents(s.Sums[0]-s.Sums[1])
			switch s.Set {
			case 0:
				m.Billed += sum
			case 1:
				m.Received += sum
			default:
				m.Overdue += sum
			}
		}
		return err
	})
}
