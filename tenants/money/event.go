package money

import (
	"fmt"

	"enlace/tenants/calendar"
)

// EventPart is what of a surcharge or a discount rides on the invoice of one month.
type EventPart struct {
	Month  calendar.Date // its first day
	Amount Cents         // negative of a discount
	Memo   string        // "parte 1 de 3 de R$ 100,00"; "" when it is the whole
}

// EventParts divides a surcharge, or a discount when negative, into n parts, one a month from the month of a day on, as equal as cents allow,
// the larger ones first (money.md M4). It returns the errors of Parts.
func EventParts(total Cents, n int, from calendar.Date) ([]EventPart, error) {
	sign := Cents(1)
	if total < 0 {
		sign = -1
	}
	amounts, err := Parts(sign*total, n)
	if err != nil {
		return nil, err
	}
	parts := make([]EventPart, n)
	for k, amount := range amounts {
		parts[k] = EventPart{Month: calendar.AddMonths(calendar.On(from.Year(), from.Month(), 1), k, 1), Amount: sign * amount}
		if n > 1 {
			parts[k].Memo = fmt.Sprintf("parte %d de %d de R$ %s", k+1, n, sign*total)
		}
	}
	return parts, nil
}

// Ride lays parts of events, in order of their months, on the invoices to be of one subscription, in order of due date: each on the first one
// that is due in its month or after. Surcharges ride before discounts, and a discount rides only where it leaves no invoice below zero: else
// on the next one that bears it (money.md M13). It answers the places of the parts on each invoice; a part on none waits for the invoices to
// come. The amounts of the instalments are read, and not touched.
func Ride(parts []EventPart, invoices []Instalment) [][]int {
	riding, totals := make([][]int, len(invoices)), make([]Cents, len(invoices))
	for k, one := range invoices {
		totals[k] = one.Total()
	}
	for _, discounts := range []bool{false, true} {
		for i, part := range parts {
			if (part.Amount < 0) != discounts {
				continue
			}
			for k, one := range invoices {
				if !one.Due.Before(part.Month) && totals[k]+part.Amount >= 0 {
					riding[k], totals[k] = append(riding[k], i), totals[k]+part.Amount
					break
				}
			}
		}
	}
	return riding
}
