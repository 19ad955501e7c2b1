package money

import (
	"fmt"

	"enlace/tenants/calendar"
)

// PartPeriod is days of a cycle billed at its monthly price: the whole of it costs the price, any other run is a stub.
func PartPeriod(monthly Cents, days, cycle calendar.Period, base Base) Billed {
	return Billed{Period: days, Cycle: cycle}.at(monthly, base)
}

// Leave is what is given back of billed days when the service ends on a day, the first that is not paid for. Owed of them is what the days
// before it cost, by the same split as in any change (M5, M6), less their gaps (M7, M8). billed is what they stand at now, after all that was
// given back of them before. It is negative where more was given back than the end leaves owed, as of a pause that was to last longer: zero when
// nothing changes. What was given back apart of days that are not paid for, as of an outage on the day, is not given back again. It returns the errors
// of Credits.
func (b Billed) Leave(day calendar.Date, billed Cents, gaps []Gap, base Base) (Line, error) {
	if err := b.check(base); err != nil {
		return Line{}, err
	}
	_, apart, err := b.credits(gaps, base)
	if err != nil {
		return Line{}, err
	}
	if !day.After(b.Period.From) {
		return Line{Period: b.Period, Amount: max(0, billed-apart), Memo: "nenhum dia depois do fim do serviço, R$ " + billed.String() + lessApart(apart)}, nil
	}
	kept, rest := b.Until(day, base), calendar.Period{From: day, To: b.Period.To}
	if rest.Empty() {
		rest = b.Period
	}
	owed, err := kept.Less(gaps, base)
	if err != nil {
		return Line{}, err
	}
	credits, before, err := kept.credits(gaps, base)
	if apart -= before; err != nil || owed.Amount == billed-apart {
		return Line{}, err
	}
	how := b.before(kept.Period.To, base).Memo
	if kept.Period == b.Cycle {
		how = "R$ " + kept.Charged.String()
	}
	for _, credit := range credits {
		how += " \u2212 " + credit.Memo
	}
	line := Line{Period: rest, Amount: billed - apart - owed.Amount, Memo: fmt.Sprintf("R$ %s \u2212 R$ %s (%s)%s", billed, owed.Amount, how, lessApart(apart))}
	if line.Amount < 0 {
		line.Period, line.Memo = kept.Period, fmt.Sprintf("R$ %s (%s) \u2212 R$ %s", owed.Amount, how, billed)
	}
	return line, err
}

// lessApart says what was given back of the same days already.
func lessApart(apart Cents) string {
	if apart == 0 {
		return ""
	}
	return " \u2212 R$ " + apart.String() + " já devolvidos de uma falha"
}

// Until is the days before a day, by the same split as in any change: what remains of their price is the rest's. It has no days where all are
// from the day on.
func (b Billed) Until(day calendar.Date, base Base) Billed {
	switch {
	case !day.After(b.Period.From):
		b.Period.To, b.Charged = b.Period.From, 0
	case day.Before(b.Period.To):
		b.Charged, b.Period.To = b.Charged-b.from(day, base).Amount, day
	}
	return b
}

// Unbilled is what days served and not billed yet cost when a service ends, a line a cycle, less their gaps: a whole cycle costs the price,
// any other run of days is a stub. whole is how many whole periods were billed before. It returns the errors of Credits.
func Unbilled(price Price, whole int, days calendar.Period, dueDay int, gaps []Gap, base Base) (lines []Line, err error) {
	for from := days.From; from.Before(days.To); {
		end := calendar.NextDue(from, dueDay)
		cycle := calendar.Period{From: calendar.AddMonths(end, -1, dueDay), To: end}
		b := PartPeriod(price.Of(whole), days.Intersect(calendar.Period{From: from, To: end}), cycle, base)
		line, err := b.Net(gaps, base)
		if err != nil {
			return nil, err
		}
		if b.Period == cycle {
			whole++
		}
		if line.Amount > 0 {
			lines = append(lines, line)
		}
		from = end
	}
	return lines, nil
}

// Net is Less with the memo of a stub where no gap lies in it.
func (b Billed) Net(gaps []Gap, base Base) (Line, error) {
	line, err := b.Less(gaps, base)
	if err == nil && line.Amount == b.Charged {
		line = b.line(base)
	}
	return line, err
}

// LoyaltyMemo says how LoyaltyPenalty came about: "204 de 365 dias × R$ 300,00".
func LoyaltyMemo(benefit Cents, term calendar.Period, leaving calendar.Date) string {
	return fmt.Sprintf("%d de %d dias × R$ %s", min(term.To.DaysSince(leaving), term.Days()), term.Days(), benefit)
}
