package money

import "enlace/tenants/calendar"

// Change is what replacing a price within a billed period does to money: a credit for the rest of the old price and a charge for the
// same rest of the new one (money.md M5). Both rests are split alike, so that a change to the same price nets zero.
type Change struct {
	Credit     Cents // given back of the old price
	Charge     Cents // owed of the new price
	CreditMemo string
	ChargeMemo string
}

// Net is what the customer owes more, or less when negative.
func (c Change) Net() Cents { return c.Charge - c.Credit }

// ChangePrice reckons a plan change on a day of an already billed period. It returns the errors of Split.
func ChangePrice(from, to Cents, period calendar.Period, day calendar.Date, base Base) (Change, error) {
	_, old, err := SplitLines(from, period, day, base)
	if err != nil {
		return Change{}, err
	}
	_, fresh, err := SplitLines(to, period, day, base)
	return Change{Credit: old.Amount, Charge: fresh.Amount, CreditMemo: old.Memo, ChargeMemo: fresh.Memo}, err
}

// LoyaltyPenalty reckons what leaving before the end of a loyalty term costs: the benefit in proportion to the days left, cut (money.md M12).
// The day of leaving counts as left. It is zero once the term is over and never above the benefit. Whether it is owed at all the caller knows:
// not when the ISP is at fault, nor while the week of regret runs.
func LoyaltyPenalty(benefit Cents, term calendar.Period, leaving calendar.Date) Cents {
	left := term.To.DaysSince(leaving)
	if left <= 0 || term.Empty() || benefit <= 0 {
		return 0
	}
	return cut(benefit, min(left, term.Days()), term.Days())
}
