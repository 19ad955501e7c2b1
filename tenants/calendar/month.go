package calendar

import "time"

// LastDay is the due day that always means the last day of the month, "último dia".
const LastDay = 31

// InMonth returns the given day of a month; a day the month does not have is its last one.
// Due days 29 and 30 so clamp in February and return in March; 31 is always the last day.
func InMonth(year int, month time.Month, day int) Date {
	first := On(year, month, 1)
	last := On(first.Year(), first.Month()+1, 0)
	return first.AddDays(min(day, last.Day()) - 1)
}

// AddMonths returns the due day of the month n months after d's. The day is given apart from d,
// so that a clamped February does not pull March down with it.
func AddMonths(d Date, n, dueDay int) Date {
	return InMonth(d.Year(), d.Month()+time.Month(n), dueDay)
}

// NextDue returns the first date with the due day that lies strictly after d.
func NextDue(d Date, dueDay int) Date {
	if due := AddMonths(d, 0, dueDay); due.After(d) {
		return due
	}
	return AddMonths(d, 1, dueDay)
}

// Period is a run of days, half open: From belongs to it, To is the first day after it.
type Period struct{ From, To Date }

// Touched returns the days that lie, whole or in part, between two instants of the same zone: a grant of trust from the 28th at 10:00 to the
// 29th at 08:00 touches both days. An end at midnight does not touch the day that begins there.
func Touched(from, until time.Time) Period {
	if !until.After(from) {
		return Period{From: Of(from), To: Of(from)}
	}
	return Period{From: Of(from), To: Of(until.Add(-time.Nanosecond)).AddDays(1)}
}

// Days returns the number of days in the period.
func (p Period) Days() int { return p.To.DaysSince(p.From) }

// Empty says that no day belongs to the period.
func (p Period) Empty() bool { return p.Days() <= 0 }

// Contains says whether the day belongs to the period.
func (p Period) Contains(d Date) bool { return !d.Before(p.From) && d.Before(p.To) }

// Intersect returns the days that belong to both periods; it is empty when there are none.
func (p Period) Intersect(q Period) Period {
	if q.From.After(p.From) {
		p.From = q.From
	}
	if q.To.Before(p.To) {
		p.To = q.To
	}
	if p.Empty() {
		return Period{p.From, p.From}
	}
	return p
}

// String writes the period for people: "de 10/12 a 10/01", the second day being the first one not in it.
func (p Period) String() string { return "de " + p.From.DayMonth() + " a " + p.To.DayMonth() }
