package money

import (
	"time"

	"enlace/tenants/calendar"
)

// OutageDays is what of a line that was down from one day to another, for as long as it was, is given back. The day on which it broke down is unserved
// and the day of its return is served, as in any gap (money.md M7). The law asks for the share of the price that the time is of the month (Res. Anatel
// 614/2013, art. 46), and an ISP may only be gentler: so an hour gives back its whole day, and whatever the clocks say the days are never less than the
// time, as between a morning and the next evening.
func OutageDays(broke, back calendar.Date, lasted time.Duration) calendar.Period {
	days := calendar.Period{From: broke, To: back}
	for days.Empty() || time.Duration(days.Days())*24*time.Hour < lasted {
		days.To = days.To.AddDays(1)
	}
	return days
}

// After is what a gap gives back, negative, of days of which earlier gaps are given back already: the line that Credits adds for it. It is empty
// where the gap has no day here that they do not have, and returns the errors of Credits.
func (b Billed) After(earlier []Gap, gap Gap, base Base) (Line, error) {
	before, err := b.Credits(earlier, base)
	if err != nil {
		return Line{}, err
	}
	all, err := b.Credits(append(earlier[:len(earlier):len(earlier)], gap), base)
	if err != nil || len(all) == len(before) {
		return Line{}, err
	}
	return all[len(before)], nil
}
