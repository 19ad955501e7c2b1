package money

import "enlace/tenants/calendar"

// TakenOver is what a service that no invoice carries yet costs until another takes its place, and what the other costs from there to the end
// of the cycle that runs (money.md M5, postecipado).
type TakenOver struct {
	Before []Line        // of the old price, the oldest first
	After  Line          // of the new one; without days where a cycle begins on the day
	Until  calendar.Date // up to which all is charged by them
}

// TakeOver reckons the days from the start of the old terms to a day, cycle by cycle, less its gaps, and splits the cycle the day falls in: the
// rest of it costs the same rest of the new monthly price. Terms whose start is not before the day leave nothing to charge. FirstDue,
// Instalments and Mode are not read. It returns ErrDueDay, and the errors of Billed.Credits.
func TakeOver(old Terms, to Cents, day calendar.Date, gaps []Gap) (t TakenOver, err error) {
	if old.DueDay < 1 || old.DueDay > calendar.LastDay {
		return t, ErrDueDay
	}
	t.Until = old.Start
	for whole := old.WholeBilled; t.Until.Before(day); {
		end := calendar.NextDue(t.Until, old.DueDay)
		cycle := calendar.Period{From: calendar.AddMonths(end, -1, old.DueDay), To: end}
		days := Billed{Period: calendar.Period{From: t.Until, To: end}, Cycle: cycle}.at(old.Price.Of(whole), old.Base)
		if end.After(day) {
			t.After = days.at(to, old.Base).from(day, old.Base)
			days.Charged, days.Period.To = days.Charged-days.from(day, old.Base).Amount, day
		}
		line, err := days.served(gaps, old.Base)
		if err != nil {
			return t, err
		}
		if line.Whole {
			whole++
		}
		t.Before, t.Until = append(t.Before, line), end
	}
	return t, nil
}

// served is what days cost less their gaps; without any it says how they came about.
func (b Billed) served(gaps []Gap, base Base) (Line, error) {
	credits, err := b.Credits(gaps, base)
	if err != nil || len(credits) == 0 {
		return b.line(base), err
	}
	return b.Less(gaps, base)
}

// At is the same days at another monthly price: a whole period costs the whole of it, any other run is a stub.
func (b Billed) At(monthly Cents, base Base) Billed { return b.at(monthly, base) }
