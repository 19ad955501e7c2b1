package money

import "enlace/tenants/calendar"

// Rest is what of billed days passes to who takes the service over on a day: what all of them cost less what those before the day do, as in any
// split, so that both sides add up to it (money.md M6). Days that all lie before the day leave nothing. It returns the errors of Billed.Credits.
func (b Billed) Rest(day calendar.Date, base Base) (Line, error) {
	if err := b.check(base); err != nil || !day.Before(b.Period.To) {
		return Line{}, err
	}
	return b.from(day, base), nil
}

// Running is the period that a day falls in, of days since from that nobody has billed yet, and how many whole ones then lie behind it: whole
// counts those before from. It returns ErrDueDay and ErrOutside for a day before from.
func Running(price Price, whole int, from, day calendar.Date, dueDay int, base Base) (b Billed, before int, err error) {
	switch {
	case dueDay < 1 || dueDay > calendar.LastDay:
		return b, whole, ErrDueDay
	case day.Before(from):
		return b, whole, ErrOutside
	}
	for {
		end := calendar.NextDue(from, dueDay)
		cycle := calendar.Period{From: calendar.AddMonths(end, -1, dueDay), To: end}
		b = PartPeriod(price.Of(whole), calendar.Period{From: from, To: end}, cycle, base)
		if end.After(day) {
			return b, whole, nil
		}
		if b.Period == cycle {
			whole++
		}
		from = end
	}
}

// FirstAfter is the first invoice of who took a service over within a period: the rest of that period, and by the new terms the days up to the
// first due date they bring (M6, and the bridge of M5). Start of the terms is the end of the period. Where the period ends on a due date of
// postecipado terms its rest is the whole invoice, unless that date is under LeastNotice days from the making, or the rest under the ISP's
// minimum. FirstDue and Instalments are not read. It returns the errors of Schedule.
func FirstAfter(rest Line, t Terms, made calendar.Date, minimum Cents) (Instalment, error) {
	ends := t.DueDay >= 1 && t.DueDay <= calendar.LastDay && calendar.NextDue(t.Start.AddDays(-1), t.DueDay) == t.Start
	if ends && t.Mode == Postecipado && !t.Start.Before(made.AddDays(LeastNotice)) && rest.Amount >= minimum {
		return Instalment{Due: t.Start, Lines: []Line{rest}}, nil
	}
	first, err := FirstInvoice(t, made)
	first.Lines = append([]Line{rest}, first.Lines...)
	return first, err
}

// Left is the discount that goes on after some whole periods had it (product.md §2.9): over when they were all it was for.
func (p Price) Left(whole int) Price {
	switch {
	case p.Months == 0:
	case whole >= p.Months:
		p.Fixed, p.Percent, p.Months = 0, 0, 0
	default:
		p.Months -= whole
	}
	return p
}
