package calendar

import "time"

// Holiday returns the name of the national bank holiday that falls on d, or "".
//
// The list is that of Resolução CMN 4.880/2020: the national holidays (20 November since Lei 14.759/2023, so from 2024),
// Carnival Monday and Tuesday, Good Friday and Corpus Christi. State and city holidays are not on it: banks close then, but a due date does not move.
func Holiday(d Date) string {
	if name := fixedHoliday(d); name != "" {
		return name
	}
	switch d.DaysSince(Easter(d.Year())) {
	case -48, -47:
		return "Carnaval"
	case -2:
		return "Sexta-feira da Paixão"
	case 60:
		return "Corpus Christi"
	}
	return ""
}

func fixedHoliday(d Date) string {
	type fixed struct {
		month time.Month
		day   int
	}
	switch (fixed{d.Month(), d.Day()}) {
	case fixed{time.January, 1}:
		return "Confraternização Universal"
	case fixed{time.April, 21}:
		return "Tiradentes"
	case fixed{time.May, 1}:
		return "Dia do Trabalho"
	case fixed{time.September, 7}:
		return "Independência do Brasil"
	case fixed{time.October, 12}:
		return "Nossa Senhora Aparecida"
	case fixed{time.November, 2}:
		return "Finados"
	case fixed{time.November, 15}:
		return "Proclamação da República"
	case fixed{time.November, 20}:
		if d.Year() >= 2024 {
			return "Dia da Consciência Negra"
		}
	case fixed{time.December, 25}:
		return "Natal"
	}
	return ""
}

// Easter returns Easter Sunday of a year, by the Gregorian computus (Meeus, Jones, Butcher).
func Easter(year int) Date {
	golden := year % 19
	century, ofCentury := year/100, year%100
	moonShift := (century - (century+8)/25 + 1) / 3
	epact := (19*golden + century - century/4 - moonShift + 15) % 30
	toSunday := (32 + 2*(century%4) + 2*(ofCentury/4) - epact - ofCentury%4) % 7
	late := (golden + 11*epact + 22*toSunday) / 451
	n := epact + toSunday - 7*late + 114
	return On(year, time.Month(n/31), n%31+1)
}

// IsBusinessDay says whether banks work on d: neither weekend nor national bank holiday.
func IsBusinessDay(d Date) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && Holiday(d) == ""
}

// NextBusinessDay returns d itself or the first business day after it.
func NextBusinessDay(d Date) Date {
	for !IsBusinessDay(d) {
		d = d.AddDays(1)
	}
	return d
}

// LastBusinessDayBefore returns the last business day before d: on a Monday it is the Friday, or an earlier day where that is a holiday.
func LastBusinessDayBefore(d Date) Date {
	for d = d.AddDays(-1); !IsBusinessDay(d); d = d.AddDays(-1) {
	}
	return d
}

// EffectiveLastDay returns the last day on which a slip due on d is paid without late charges:
// a due date on a non-business day is payable on the next business day (Lei 7.089/1983). Local holidays never move it.
func EffectiveLastDay(due Date) Date { return NextBusinessDay(due) }

// Local holds the holidays of a state or city that an ISP observes. They count for cuts, visits and SLA, never for due dates.
type Local map[Date]string

// Works says whether the ISP works on d: a business day that is not a local holiday.
func (l Local) Works(d Date) bool { return IsBusinessDay(d) && l[d] == "" }

// MayCut says whether access may be cut on d: not on a Friday, a weekend, a holiday or the eve of one (Lei 14.015/2020, taken as the default).
func (l Local) MayCut(d Date) bool {
	return d.Weekday() != time.Friday && l.Works(d) && !l.isHoliday(d.AddDays(1))
}

func (l Local) isHoliday(d Date) bool { return Holiday(d) != "" || l[d] != "" }

// OverdueBefore is the day before which every due date is overdue: after weekends and holidays it is earlier than it seems.
func OverdueBefore(today Date) Date {
	day := today
	for !EffectiveLastDay(day.AddDays(-1)).Before(today) {
		day = day.AddDays(-1)
	}
	return day
}
