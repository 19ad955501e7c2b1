package money

import (
	"fmt"

	"enlace/tenants/calendar"
)

// Gap is a run of days on which a service was not there: a suspension, a pause, an outage (money.md M7, M8). The day of the cut is unserved,
// the day of the return is served. A service that is only slower (suspenso_parcial) has no gap: it costs the full price.
type Gap struct {
	Days   calendar.Period   // To is zero while it lasts
	Served []calendar.Period // days inside it that count as served all the same: those a trust grant touched (calendar.Touched)
	Apart  bool              // what it gives back is posted by itself, as of an outage: other gaps give nothing of its days, and it has no line among theirs
}

// Unserved says whether the service was away on a day. On such a due day no invoice is made: what was served of its period is charged
// after the return (Billed.Less).
func (g Gap) Unserved(day calendar.Date) bool {
	if day.Before(g.Days.From) || !g.Days.To.IsZero() && !day.Before(g.Days.To) {
		return false
	}
	for _, served := range g.Served {
		if served.Contains(day) {
			return false
		}
	}
	return true
}

// Billed is a run of days with what they cost without gaps: a whole period, or the piece of one that a stub or a split made.
type Billed struct {
	Period  calendar.Period
	Cycle   calendar.Period // from due date to due date, in which Period lies; base real counts its days
	Monthly Cents           // the price of the cycle
	Charged Cents           // the price of Period
	Since   calendar.Date   // the first day of the run that Period is the rest of, after a split (M5, M6); zero: it is no rest
}

// WholePeriod is a period billed at its monthly price.
func WholePeriod(monthly Cents, period calendar.Period) Billed {
	return Billed{Period: period, Cycle: period, Monthly: monthly, Charged: monthly}
}

// Credits gives back what gaps left unserved of days already billed, one line a gap in the order given, with a negative amount:
// up(monthly × days ÷ base), in all never more than was charged, and the whole of it when no day was served. A day counts once,
// in the first gap that has it; a gap without days here has no line, nor has one that is given back apart. So a later gap changes no line that was
// posted before it.
// It returns ErrBase, ErrNegative, ErrTooLarge, ErrEmptyPeriod, or ErrOutside when the period does not lie in its cycle.
func (b Billed) Credits(gaps []Gap, base Base) ([]Line, error) {
	lines, _, err := b.credits(gaps, base)
	return lines, err
}

// credits is Credits, with what was given back apart.
func (b Billed) credits(gaps []Gap, base Base) (lines []Line, apart Cents, err error) {
	if err := b.check(base); err != nil {
		return nil, 0, err
	}
	var given Cents
	served := b.Period.Days()
	for i, gap := range gaps {
		days, run := b.lost(gap, gaps[:i])
		if days == 0 {
			continue
		}
		served -= days
		exact := up(b.Monthly, days, base.days(b.Cycle))
		line := Line{Period: run, Amount: -exact, Memo: fmt.Sprintf("%d de %d dias sem serviço × R$ %s", days, base.days(b.Cycle), b.Monthly)}
		switch {
		case served == 0:
			line.Amount, line.Memo = given-b.Charged, fmt.Sprintf("nenhum dia com serviço em %d, R$ %s", b.Period.Days(), b.Charged)
			if given > 0 {
				line.Memo += " \u2212 R$ " + given.String()
			}
		case given+exact > b.Charged:
			line.Amount, line.Memo = given-b.Charged, line.Memo+", no máximo R$ "+(b.Charged-given).String()
		}
		switch given -= line.Amount; {
		case gap.Apart:
			apart -= line.Amount
		case line.Amount != 0:
			lines = append(lines, line)
		}
	}
	return lines, apart, nil
}

// lost counts the days of b that a gap took and no earlier one had taken, and says from which to which they run.
func (b Billed) lost(gap Gap, earlier []Gap) (days int, run calendar.Period) {
	for day := b.Period.From; day.Before(b.Period.To); day = day.AddDays(1) {
		if !gap.Unserved(day) || taken(day, earlier) {
			continue
		}
		if days++; days == 1 {
			run.From = day
		}
		run.To = day.AddDays(1)
	}
	return days, run
}

func taken(day calendar.Date, gaps []Gap) bool {
	for _, gap := range gaps {
		if gap.Unserved(day) {
			return true
		}
	}
	return false
}

// Less is the charge of days billed when their gaps are known: a pause with its end, a period that began suspended (M7, M8). It is what they
// cost less what the gaps give back, and 0 when no day was served: then there is nothing to bill. It returns the errors of Credits.
func (b Billed) Less(gaps []Gap, base Base) (Line, error) {
	line := wholeLine(b.Charged, b.Period)
	credits, err := b.Credits(gaps, base)
	if len(credits) == 0 {
		line.Whole = b.Period == b.Cycle
		return line, err
	}
	line.Whole, line.Memo = false, "R$ "+b.Charged.String()
	for _, credit := range credits {
		line.Amount += credit.Amount
		line.Memo += " \u2212 (" + credit.Memo + ")"
	}
	return line, err
}

// Reverse is what changes when gaps turn out to be others than those credited. A pause that ends early re-bills the difference of the
// two holes, positive, and never a stub of its own (M8); one that lasts longer gives back more, negative. It returns the errors of Credits.
func (b Billed) Reverse(credited, real []Gap, base Base) (Line, error) {
	before, err := b.Credits(credited, base)
	if err != nil {
		return Line{}, err
	}
	after, err := b.Credits(real, base)
	was, is := -total(before), -total(after)
	memo := fmt.Sprintf("%d dias sem serviço em vez de %d: R$ %s \u2212 R$ %s", b.Unserved(real), b.Unserved(credited), was, is)
	return Line{Period: b.Period, Amount: was - is, Memo: memo}, err
}

// Unserved counts the days of b that gaps took, but for those given back apart.
func (b Billed) Unserved(gaps []Gap) (days int) {
	for i, gap := range gaps {
		if more, _ := b.lost(gap, gaps[:i]); !gap.Apart {
			days += more
		}
	}
	return days
}

func total(lines []Line) (sum Cents) {
	for _, line := range lines {
		sum += line.Amount
	}
	return sum
}

func (b Billed) check(base Base) error {
	if err := checkPrice(b.Monthly, base); err != nil {
		return err
	}
	switch {
	case b.Period.Empty() || b.Cycle.Empty():
		return ErrEmptyPeriod
	case b.Period.From.Before(b.Cycle.From) || b.Period.To.After(b.Cycle.To):
		return ErrOutside
	}
	return checkAmount(b.Charged)
}
