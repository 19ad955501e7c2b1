package money

import "enlace/tenants/calendar"

// Month is a service as the monthly run finds it on a day.
type Month struct {
	Terms       // Start: the end of the last period billed, or the first day of use; FirstDue and Instalments are not read
	Fresh bool  // nothing of it was billed yet
	Gaps  []Gap // all of them, oldest first
	Made  calendar.Date
	Ahead int // antecedência: how many days before its due date an invoice is made
}

// Due is an invoice that the monthly run makes, with how far the service is billed once it is there.
type Due struct {
	Instalment
	BilledUntil calendar.Date
	WholeBilled int
}

// Dues reckons what the monthly run makes of a service: every invoice whose due date is at most Ahead days away. It is the function of the
// first invoice and of every later one: the days since the last period billed, which are a bridge where the due day was changed, and the
// period of the due date, less what gaps left unserved (money.md M1, M2, M5, M7, M8).
//
// A due date under LeastNotice days away, of a night that did not run, moves to LeastNotice days from now, its period does not; a first one of
// a postecipado service is skipped, and the next carries its days too. On a due date on which the service was away there is no invoice: what
// was served of its period rides on the next. While a gap has no end nothing is made, and of a period without a day served nothing ever is.
// It returns the errors of Schedule and of Billed.Less.
func (m Month) Dues() (dues []Due, err error) {
	for _, gap := range m.Gaps {
		if gap.Days.To.IsZero() {
			return nil, nil
		}
	}
	soonest := m.Made.AddDays(LeastNotice)
	var waiting []Line // of due dates on which the service was away
	t := m.Terms
	t.Instalments = 1
	for fresh := m.Fresh; ; fresh = false {
		if t.FirstDue, err = t.next(fresh, soonest); err != nil || t.FirstDue.After(m.Made.AddDays(m.Ahead)) {
			return dues, err
		}
		schedule, err := Schedule(t)
		if err != nil {
			return nil, err
		}
		lines, err := m.served(t, schedule[0].Lines)
		if err != nil {
			return nil, err
		}
		t.Start = schedule[0].Covers().To
		end := t.Start
		if n := len(lines); n > 0 { // days after the last one served are billed by no line: who returns early has them billed yet
			end = lines[n-1].Period.To
		}
		for _, line := range lines {
			if line.Whole {
				t.WholeBilled++
			}
		}
		waiting = append(waiting, lines...)
		due := t.FirstDue
		if due.Before(m.Made) && m.away(due) {
			continue
		}
		if due.Before(soonest) {
			due = soonest
		}
		switch n := len(dues); {
		case len(waiting) == 0: // nobody was served: there is nothing to bill
			continue
		case n > 0 && dues[n-1].Instalment.Due == due: // of several nights that did not run
			dues[n-1].Lines = append(dues[n-1].Lines, waiting...)
			dues[n-1].BilledUntil, dues[n-1].WholeBilled = end, t.WholeBilled
		default:
			dues = append(dues, Due{Instalment{Due: due, Lines: waiting}, end, t.WholeBilled})
		}
		waiting = nil
	}
}

// next is the due date after what is billed: an antecipado one may be the very day to which it is billed, a postecipado one ends a period.
func (t Terms) next(fresh bool, soonest calendar.Date) (calendar.Date, error) {
	if t.DueDay < 1 || t.DueDay > calendar.LastDay {
		return calendar.Date{}, ErrDueDay
	}
	if t.Mode == Antecipado {
		return calendar.NextDue(t.Start.AddDays(-1), t.DueDay), nil
	}
	due := calendar.NextDue(t.Start, t.DueDay)
	if fresh && due.Before(soonest) {
		due = calendar.AddMonths(due, 1, t.DueDay)
	}
	return due, nil
}

// served is what lines cost less what gaps took of their days; a line without a day served is none.
func (m Month) served(t Terms, lines []Line) (left []Line, err error) {
	whole := t.WholeBilled
	for _, line := range lines {
		billed := Billed{Period: line.Period, Cycle: line.Period, Monthly: t.Price.Of(whole), Charged: line.Amount}
		if line.Whole {
			whole++
		} else {
			billed.Cycle.From = calendar.AddMonths(line.Period.To, -1, t.DueDay)
		}
		less, err := billed.Less(m.Gaps, t.Base)
		if err != nil {
			return nil, err
		}
		switch {
		case less.Amount == line.Amount:
			left = append(left, line) // with its own memo
		case less.Amount > 0:
			left = append(left, less)
		}
	}
	return left, nil
}

func (m Month) away(day calendar.Date) bool {
	for _, gap := range m.Gaps {
		if gap.Unserved(day) && !gap.Apart {
			return true
		}
	}
	return false
}
