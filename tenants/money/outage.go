package money

import "enlace/tenants/calendar"

// OutageDays is what of a line that was down from one day to another is given back. The day on which it broke down is unserved and the day of
// its return is served, as in any gap (money.md M7); one that came back on the very day is given that day, for a credit is never less than a day.
func OutageDays(broke, back calendar.Date) calendar.Period {
	if !back.After(broke) {
		back = broke.AddDays(1)
	}
	return calendar.Period{From: broke, To: back}
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
