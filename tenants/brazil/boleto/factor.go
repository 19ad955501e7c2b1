package boleto

import "enlace/tenants/calendar"

// The due-date factor counts days from 1997-10-07 and has four digits. It ran out on 2025-02-21, and the next day FEBRABAN set it back to 1000;
// it does so every 9000 days. A factor thus names one day in every 9000, and a reader needs to know today.
var factorBase = calendar.MustParse("1997-10-07")

// FirstDue is the first due date that has a factor, 1000.
var FirstDue = calendar.MustParse("2000-07-03")

const (
	firstFactor = 1000
	factorCycle = 9000

	// FEBRABAN's window of reading around today, in days. It is 499 days short of the cycle, so no factor fits twice.
	windowBack  = 3000
	windowAhead = 5500
)

// Factor returns the factor of a due date, 1000 to 9999, or 0 for no date. It returns ErrFactor before FirstDue.
func Factor(due calendar.Date) (int, error) {
	if due.IsZero() {
		return 0, nil
	}
	if due.Before(FirstDue) {
		return 0, &Error{Field: "due_date", Err: ErrFactor}
	}
	return due.DaysSince(FirstDue)%factorCycle + firstFactor, nil
}

// Due returns the one date from 3000 days before today to 5500 after that a factor means; factor 0 is no date.
// It returns ErrFactor when there is none.
func Due(factor int, today calendar.Date) (calendar.Date, error) {
	if factor == 0 {
		return calendar.Date{}, nil
	}
	if factor >= firstFactor && factor < firstFactor+factorCycle {
		earliest, latest := today.AddDays(-windowBack), today.AddDays(windowAhead)
		for due := factorBase.AddDays(factor); !due.After(latest); due = due.AddDays(factorCycle) {
			if !due.Before(earliest) {
				return due, nil
			}
		}
	}
	return calendar.Date{}, &Error{Field: "factor", Err: ErrFactor}
}
