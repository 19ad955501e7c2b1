package money

import (
	"fmt"

	"enlace/tenants/calendar"
)

// Late is what a late payment adds to a principal: a fine of 2 % once (CDC art. 52 §1) and simple interest of 1 % a month, a thirtieth of it a day.
type Late struct {
	Fine, Interest Cents
	Days           int // calendar days from the due date; 0 when paid by the effective last day
}

// LateOn reckons the late charges of a principal paid whole on a day. A payment by the effective last day (calendar.EffectiveLastDay)
// carries none; after it the days count from the due date itself. It returns ErrNegative or ErrTooLarge for an impossible principal.
func LateOn(principal Cents, due, paid calendar.Date) (Late, error) {
	if err := checkAmount(principal); err != nil {
		return Late{}, err
	}
	if !paid.After(calendar.EffectiveLastDay(due)) {
		return Late{}, nil
	}
	days := paid.DaysSince(due)
	return Late{Fine: fineOn(principal), Interest: interestOn(principal, days), Days: days}, nil
}

func fineOn(principal Cents) Cents               { return principal * 2 / 100 }
func interestOn(principal Cents, days int) Cents { return principal * Cents(days) / 3000 }

// Payment is money that came in for an invoice on a day.
type Payment struct {
	On     calendar.Date
	Amount Cents
}

// Debt is where an invoice stands on a day, after the payments up to it.
type Debt struct {
	Principal Cents  // still open
	Fine      Cents  // all the fine there was
	Interest  []Line // one line a stretch of days between payments, each cut
	Paid      Cents
	Credit    Cents // paid beyond everything owed
	charged   Cents // late charges already paid
}

// Charges is the late charges still open.
func (d Debt) Charges() Cents {
	sum := d.Fine - d.charged
	for _, l := range d.Interest {
		sum += l.Amount
	}
	return sum
}

// ChargesMemo explains the late charges still open: "multa R$ 3,00 + juros R$ 0,45 + juros R$ 0,63 − pago R$ 1,00".
func (d Debt) ChargesMemo() string {
	memo := "multa R$ " + d.Fine.String()
	for _, l := range d.Interest {
		memo += " + juros R$ " + l.Amount.String()
	}
	if d.charged > 0 {
		memo += " \u2212 pago R$ " + d.charged.String()
	}
	return memo
}

// Owed is what settles the debt on the day it was reckoned for.
func (d Debt) Owed() Cents { return d.Principal + d.Charges() }

// Reckon says where an invoice of a principal due on a day stands on another, after payments in order of date (money.md M10).
// A payment reduces the principal first, then late charges; what is left over is credit. The fine is taken once, on the principal open at
// the first payment or reckoning after the effective last day; interest runs on the open principal by stretches between payments.
func Reckon(principal Cents, due calendar.Date, payments []Payment, on calendar.Date) Debt {
	debt := Debt{Principal: principal}
	from, fined := due, false
	accrue := func(to calendar.Date) {
		if debt.Principal <= 0 || !to.After(calendar.EffectiveLastDay(due)) {
			return
		}
		if !fined {
			debt.Fine, fined = fineOn(debt.Principal), true
		}
		if days := to.DaysSince(from); days > 0 {
			debt.Interest = append(debt.Interest, Line{
				Period: calendar.Period{From: from, To: to},
				Amount: interestOn(debt.Principal, days),
				Memo:   fmt.Sprintf("%d dias × R$ %s ÷ 3000", days, debt.Principal),
			})
			from = to
		}
	}
	for _, p := range payments {
		if p.On.After(on) {
			break
		}
		accrue(p.On)
		debt.pay(p.Amount)
	}
	accrue(on)
	return debt
}

func (d *Debt) pay(amount Cents) {
	d.Paid += amount
	toPrincipal := min(amount, d.Principal)
	d.Principal -= toPrincipal
	toCharges := min(amount-toPrincipal, d.Charges())
	d.charged += toCharges
	d.Credit += amount - toPrincipal - toCharges
}
