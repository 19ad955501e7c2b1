package money

import (
	"errors"
	"fmt"

	"enlace/tenants/calendar"
)

// Base says how many days a month has when a part of it is reckoned. It is a policy of the ISP.
type Base string

const (
	Base30   Base = "30"   // every month has 30 days; the default
	BaseReal Base = "real" // the days the cycle really has
)

// Valid says whether b is one of the two bases.
func (b Base) Valid() bool { return b == Base30 || b == BaseReal }

func (b Base) days(cycle calendar.Period) int {
	if b == BaseReal {
		return cycle.Days()
	}
	return 30
}

var (
	ErrBase          = errors.New("the base is neither 30 nor real")
	ErrNegative      = errors.New("the amount is negative")
	ErrTooLarge      = errors.New("the amount is too large")
	ErrEmptyPeriod   = errors.New("the period has no days")
	ErrOutside       = errors.New("the day lies outside the period")
	ErrBeforeStart   = errors.New("the first due date lies before the first use")
	ErrDueDay        = errors.New("a due day is 1 to 31")
	ErrMoreThanCycle = errors.New("the first use lies more than one cycle before the first due date")
)

// Stub reckons the broken period from the first use to the first due date of a monthly price: cut(monthly × days ÷ base), never above
// the whole price; a start on the previous due date is a whole period and costs the whole price. Base real counts the days of the cycle
// that ends on firstDue. dueDay (1 to 31, 31 is the month's end) finds the previous due date, which a clamped February alone does not tell.
// It returns ErrDueDay; ErrBeforeStart and ErrMoreThanCycle when start does not lie in that cycle (a carnê takes two: Schedule).
func Stub(monthly Cents, start, firstDue calendar.Date, dueDay int, base Base) (Line, error) {
	cycle := calendar.Period{From: calendar.AddMonths(firstDue, -1, dueDay), To: firstDue}
	if err := checkPrice(monthly, base); err != nil {
		return Line{}, err
	}
	switch {
	case dueDay < 1 || dueDay > calendar.LastDay:
		return Line{}, ErrDueDay
	case start.After(firstDue):
		return Line{}, ErrBeforeStart
	case start.Before(cycle.From):
		return Line{}, ErrMoreThanCycle
	case start == cycle.From:
		return wholeLine(monthly, cycle), nil
	}
	return partLine(monthly, calendar.Period{From: start, To: firstDue}, base.days(cycle)), nil
}

// Split divides the price of one period at a day: first is what the days before it cost, rest is the price less first, so that both
// always add up to the price. It serves migration, transfer, cancellation and change of price; the day itself belongs to the rest.
// It returns ErrOutside when the day is neither in the period nor its end.
func Split(monthly Cents, period calendar.Period, day calendar.Date, base Base) (first, rest Cents, err error) {
	if err := checkPrice(monthly, base); err != nil {
		return 0, 0, err
	}
	if period.Empty() {
		return 0, 0, ErrEmptyPeriod
	}
	if day.Before(period.From) || day.After(period.To) {
		return 0, 0, ErrOutside
	}
	if day == period.To {
		return monthly, 0, nil
	}
	first = min(monthly, cut(monthly, day.DaysSince(period.From), base.days(period)))
	return first, monthly - first, nil
}

// SplitLines is Split with the days and the memo of each side; a side without days has neither.
func SplitLines(monthly Cents, period calendar.Period, day calendar.Date, base Base) (before, after Line, err error) {
	first, rest, err := Split(monthly, period, day, base)
	switch {
	case err != nil:
		return Line{}, Line{}, err
	case day == period.From:
		return Line{}, wholeLine(monthly, period), nil
	case day == period.To:
		return wholeLine(monthly, period), Line{}, nil
	}
	before = partLine(monthly, calendar.Period{From: period.From, To: day}, base.days(period))
	after = Line{Period: calendar.Period{From: day, To: period.To}, Amount: rest, Memo: "R$ " + monthly.String() + " \u2212 " + before.Memo}
	before.Amount = first
	return before, after, nil
}

// Hole reckons the credit for days of a period that were not served: up(monthly × days ÷ base), never above the price; a hole as long as
// the period gives the whole price back. The hole is clipped to the period; one that lies outside it is worth nothing.
// It serves suspension, pause and outage; Gap has the rest of their rules. It returns ErrEmptyPeriod when either runs backwards or has no days.
func Hole(monthly Cents, period, hole calendar.Period, base Base) (Cents, error) {
	if err := checkPrice(monthly, base); err != nil {
		return 0, err
	}
	if period.Empty() || hole.Empty() {
		return 0, ErrEmptyPeriod
	}
	days := period.Intersect(hole).Days()
	if days == period.Days() {
		return monthly, nil
	}
	return min(monthly, up(monthly, days, base.days(period))), nil
}

func checkPrice(monthly Cents, base Base) error {
	if !base.Valid() {
		return ErrBase
	}
	return checkAmount(monthly)
}

func checkAmount(amount Cents) error {
	switch {
	case amount < 0:
		return ErrNegative
	case amount > mostTyped:
		return ErrTooLarge
	}
	return nil
}

// cut is amount × days ÷ base with the fraction of a cent dropped, as RGC art. 49 asks of what is charged.
func cut(amount Cents, days, base int) Cents { return amount * Cents(days) / Cents(base) }

// up is amount × days ÷ base with the fraction of a cent given to the customer.
func up(amount Cents, days, base int) Cents {
	return (amount*Cents(days) + Cents(base) - 1) / Cents(base)
}

// Line is one amount of an invoice, the period it covers and the sentence that explains it.
type Line struct {
	Period calendar.Period
	Amount Cents
	Memo   string // "13 de 30 dias × R$ 89,90"; stored with the charge and shown under it
	Whole  bool   // the line covers a whole period
}

func wholeLine(monthly Cents, period calendar.Period) Line {
	return Line{Period: period, Amount: monthly, Memo: "período inteiro, R$ " + monthly.String(), Whole: true}
}

func partLine(monthly Cents, period calendar.Period, base int) Line {
	return Line{
		Period: period,
		Amount: min(monthly, cut(monthly, period.Days(), base)),
		Memo:   fmt.Sprintf("%d de %d dias × R$ %s", period.Days(), base, monthly),
	}
}
