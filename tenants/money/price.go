package money

import (
	"fmt"

	"enlace/tenants/calendar"
)

// Price is what a subscription costs a month and the discount agreed at the sale.
type Price struct {
	Contracted Cents
	Fixed      Cents // discount in cents a month
	Percent    int   // discount in hundredths of a percent: 1500 is 15 %
	Months     int   // the discount holds for so many whole periods; 0 is for ever
}

// Of returns the price of a whole period when so many whole periods were billed before it. The order is that of money.md M9:
// contracted price, fixed discount, percent discount with the price cut; never below zero. A stub takes the price of the whole period
// that follows it: it is discounted but not counted.
func (p Price) Of(wholeBilled int) Cents {
	if p.Months > 0 && wholeBilled >= p.Months {
		return p.Contracted
	}
	discounted := max(0, p.Contracted-p.Fixed)
	return discounted * Cents(max(0, 100_00-p.Percent)) / 100_00
}

// Punctual is what the until-due-date discount takes off an invoice that is paid on a day: once, not prorated, up to the effective last day
// (calendar.EffectiveLastDay), and never more than is open (money.md M9). After it there is none.
func Punctual(discount, open Cents, due, paid calendar.Date) Cents {
	if paid.After(calendar.EffectiveLastDay(due)) {
		return 0
	}
	return max(0, min(discount, open))
}

// Memo says how Of came about, "79,90 − 15 %"; it is "" where the contracted price is paid.
func (p Price) Memo(wholeBilled int) string {
	if p.Of(wholeBilled) == p.Contracted {
		return ""
	}
	memo := p.Contracted.String()
	if p.Fixed > 0 {
		memo += " \u2212 " + p.Fixed.String()
	}
	switch {
	case p.Percent%100 != 0:
		memo += fmt.Sprintf(" \u2212 %d,%02d %%", p.Percent/100, p.Percent%100)
	case p.Percent > 0:
		memo += fmt.Sprintf(" \u2212 %d %%", p.Percent/100)
	}
	switch {
	case p.Months == 1:
		memo += ", no 1º mês"
	case p.Months > 1:
		memo += fmt.Sprintf(", nos %d primeiros meses", p.Months)
	}
	return memo
}
