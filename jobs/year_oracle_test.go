package jobs

import (
	"slices"

	"enlace/tenants/calendar"
)

// A life is what happened to one service as its customer tells it: which days it ran, at which price, and when it was away. What it costs is
// reckoned from money.md alone, by arithmetic of its own: nothing of the house is asked but which day follows which.
type life struct {
	start  calendar.Date // first day of use
	begun  calendar.Date // of a service that another held before: the day from which the period that ran then was billed
	ends   calendar.Date // first day not paid for, of one that was cancelled
	dues   []turn        // the due days it had, each from the end of what was billed by the one before it
	real   bool          // the base of proration is the cycle, not 30 days
	prices []since
	away   []*absence
	trust  []stretch // days on which access was given back on trust
}

// since is a price in force from a day on.
type since struct {
	day   calendar.Date
	price int64
}

// turn is a due day that counts from a day on. 31 is the last of the month.
type turn struct {
	from calendar.Date
	day  int
}

// fallsOn says whether something is due on a day.
func (t turn) fallsOn(day calendar.Date) bool {
	return day.Day() == t.day || t.day == 31 && day.AddDays(1).Day() == 1
}

// absence is a stretch without service: the day of the cut is its first, the day of the return is served again (M7, M8).
type absence struct {
	from, to calendar.Date // to is zero while nobody knows it
	debt     bool          // for which trust may give access back
	down     bool          // the line was
	planned  calendar.Date // of a pause, its end as it was asked for
}

// stretch is days, the last one with them.
type stretch struct{ first, last calendar.Date }

// lost is the absence that took a day, nil when it was served.
func (l *life) lost(day calendar.Date) *absence {
	granted := slices.ContainsFunc(l.trust, func(s stretch) bool { return !day.Before(s.first) && !day.After(s.last) })
	for _, a := range l.away {
		if !a.to.IsZero() && !day.Before(a.from) && day.Before(a.to) && !(a.debt && granted) {
			return a
		}
	}
	return nil
}

// planned says whether a day lies in a pause as it was asked for: what of it was served after all is made up for when the pause ends.
func (l *life) planned(day calendar.Date) bool {
	return slices.ContainsFunc(l.away, func(a *absence) bool { return !day.Before(a.from) && day.Before(a.planned) })
}

// costs puts a price in force; one that was to come later does not come.
func (l *life) costs(from calendar.Date, price int64) {
	l.prices = append(slices.DeleteFunc(l.prices, func(s since) bool { return !s.day.Before(from) }), since{from, price})
}

// owes is what all days before an end cost, cycle by cycle.
func (l *life) owes(end calendar.Date) (sum int64) {
	if !l.ends.IsZero() && l.ends.Before(end) {
		end = l.ends
	}
	for from := l.start; from.Before(end); {
		due := l.due(from)
		sum += l.cycle(from, due, end)
		from = due
	}
	return sum
}

// ahead is what was given back already of days without line that nobody has billed yet.
func (l *life) ahead(until calendar.Date) (sum int64) {
	for _, a := range l.away {
		days := map[calendar.Date]int64{} // by the end of their cycle
		for day := later(a.from, until); a.down && day.Before(a.to); day = day.AddDays(1) {
			if l.lost(day) == a {
				days[l.due(day)]++
			}
		}
		for due, n := range days {
			sum += (l.prices[len(l.prices)-1].price*n + l.base(due) - 1) / l.base(due)
		}
	}
	return sum
}

// endsDown says whether the line was down on the day on which the service ended: its days were given back already, and what ends with that day neither
// gives them back again nor takes them back.
func (l *life) endsDown() bool {
	return slices.ContainsFunc(l.away, func(a *absence) bool { return a.down && !l.ends.IsZero() && a.to.After(l.ends) })
}

// cycle is what the days of a cycle cost, of which it has those from a day on: pieces at one price each, the first cut, the next ones by
// subtraction (M1, M5, M6), each less what its absences give back, rounded up, and nothing where no day was served (M7, M8).
func (l *life) cycle(from, due, end calendar.Date) (sum int64) {
	for i, one := range l.prices {
		first, last := later(one.day, from), due
		if i+1 < len(l.prices) {
			last = earlier(last, l.prices[i+1].day)
		}
		if last = earlier(last, end); !first.Before(last) {
			continue
		}
		price := func(to calendar.Date) int64 { return l.held(one.price, from, to, due) }
		sum += l.served(one.price, price(last)-price(first), first, last, due)
	}
	return sum
}

// held is upTo, but of the period in which the service changed hands: what was left of it by subtraction (M6), and of that, when it ends before, what a
// run of as many days costs.
func (l *life) held(price int64, from, to, due calendar.Date) int64 {
	if from != l.start || l.begun.IsZero() {
		return l.upTo(price, from, to, due)
	}
	rest := l.upTo(price, l.begun, due, due) - l.upTo(price, l.begun, from, due)
	if to == due {
		return rest
	}
	return min(rest, l.upTo(price, from, to, due))
}

// upTo is what the days of a cycle up to a day cost at a price: never more than the price, and the price for all of them.
func (l *life) upTo(price int64, from, to, due calendar.Date) int64 {
	if to == due && from == l.before(due) {
		return price
	}
	return min(price, price*int64(to.DaysSince(from))/l.base(due))
}

func (l *life) served(price, amount int64, first, last, due calendar.Date) int64 {
	days := map[*absence]int64{}
	for day := first; day.Before(last); day = day.AddDays(1) {
		if a := l.lost(day); a != nil {
			days[a]++
		}
	}
	lost, back := int64(0), int64(0)
	for _, n := range days {
		lost, back = lost+n, back+(price*n+l.base(due)-1)/l.base(due)
	}
	if lost == int64(last.DaysSince(first)) {
		return 0
	}
	return max(0, amount-back)
}

func (l *life) base(due calendar.Date) int64 {
	if l.real {
		return int64(due.DaysSince(l.before(due)))
	}
	return 30
}

// due is the next due date after a day. Where the due day changes, the cycle before it ends: what follows is a bridge to the new one (M5).
func (l *life) due(day calendar.Date) calendar.Date {
	now, until := l.turned(day)
	for day = day.AddDays(1); !now.fallsOn(day) && day != until; day = day.AddDays(1) {
	}
	return day
}

// before is the due date before one, as the due day has it that the days before it are billed by.
func (l *life) before(due calendar.Date) calendar.Date {
	now, _ := l.turned(due.AddDays(-1))
	for due = due.AddDays(-1); !now.fallsOn(due); due = due.AddDays(-1) {
	}
	return due
}

// turned is the due day that counts on a day, and from when another does.
func (l *life) turned(day calendar.Date) (now turn, until calendar.Date) {
	now = l.dues[0]
	for _, one := range l.dues[1:] {
		if one.from.After(day) {
			return now, one.from
		}
		now = one
	}
	return now, until
}

// turns has another due day count from a day on.
func (l *life) turns(from calendar.Date, day int) {
	first := l.dues[0]
	l.dues = append([]turn{first}, slices.DeleteFunc(slices.Clone(l.dues[1:]), func(t turn) bool { return !t.from.Before(from) })...)
	if l.dues[len(l.dues)-1].day != day {
		l.dues = append(l.dues, turn{from, day})
	}
}

// penalty is what leaving on a day before the end of a loyalty costs: by days, cut (M12).
func penalty(benefit int64, from, to, on calendar.Date) int64 {
	return max(0, benefit*int64(to.DaysSince(on))/int64(to.DaysSince(from)))
}

func later(a, b calendar.Date) calendar.Date {
	if a.Before(b) {
		return b
	}
	return a
}

func earlier(a, b calendar.Date) calendar.Date {
	if b.Before(a) {
		return b
	}
	return a
}

// back ends an absence: a day on which the service is there again is served, and trust is over with it.
func (l *life) back(on calendar.Date) {
	for _, a := range slices.Backward(l.away) {
		if !a.down {
			a.to = on
			break
		}
	}
	for i := range l.trust {
		l.trust[i].last = earlier(l.trust[i].last, on)
	}
}
