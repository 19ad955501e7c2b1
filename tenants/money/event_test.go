package money_test

import (
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"

	"pgregory.net/rapid"
)

// partsOracle is money.md M4 by itself: every part the total cut by n, and the cents left over one each to the first.
func partsOracle(total cents, n int) (parts []cents) {
	for k := range n {
		part := floor(total, 1, n)
		if left := total - cents(n)*part; cents(k) < left {
			part++
		}
		parts = append(parts, part)
	}
	return parts
}

func TestTheExamplesOfPartsHoldForEvents(t *testing.T) {
	parts, err := money.EventParts(-100_00, 3, calendar.On(2026, 11, 27))
	if err != nil || len(parts) != 3 || parts[0].Amount != -33_34 || parts[2].Amount != -33_33 || parts[0].Month != calendar.On(2026, 11, 1) || parts[2].Month != calendar.On(2027, 1, 1) ||
		parts[1].Memo != "parte 2 de 3 de R$ 100,00" {
		t.Errorf("%+v, %v", parts, err)
	}
	if _, err := money.EventParts(1, 0, calendar.On(2026, 11, 27)); err != money.ErrParts {
		t.Error(err)
	}
}

func TestAnEventsPartsAddUpToIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, n, from := somePrice.Draw(t, "total"), rapid.IntRange(1, 36).Draw(t, "parts"), someDay.Draw(t, "from")
		sign := cents(1)
		if rapid.Bool().Draw(t, "discount") {
			sign = -1
		}
		parts, err := money.EventParts(sign*total, n, from)
		if err != nil {
			t.Fatal(err)
		}
		for k, want := range partsOracle(total, n) {
			month := from.Time().AddDate(0, 0, 1-from.Day()).AddDate(0, k, 0)
			if parts[k].Amount != sign*want || parts[k].Month != calendar.Of(month) {
				t.Fatalf("part %d is %v, want %s in %s", k, parts[k], sign*want, month)
			}
		}
	})
}

// Every part rides at most once, on an invoice of its month or later; no invoice falls below zero; and what waits found none that bears it.
func TestPartsRideOnTheFirstInvoiceThatBearsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := calendar.On(2026, 12, 10)
		invoices := make([]money.Instalment, rapid.IntRange(1, 12).Draw(t, "invoices"))
		for k := range invoices {
			invoices[k] = money.Instalment{Due: calendar.AddMonths(first, k, 10), Lines: []money.Line{{Amount: cents(rapid.Int64Range(0, 200_00).Draw(t, "amount"))}}}
		}
		parts := make([]money.EventPart, rapid.IntRange(0, 20).Draw(t, "parts"))
		for i := range parts {
			parts[i] = money.EventPart{Month: calendar.AddMonths(calendar.On(2026, 10, 1), rapid.IntRange(0, 15).Draw(t, "month"), 1), Amount: cents(rapid.Int64Range(-150_00, 150_00).Draw(t, "part"))}
		}
		on, totals := map[int]int{}, make([]cents, len(invoices))
		for k, riding := range money.Ride(parts, invoices) {
			totals[k] = invoices[k].Total()
			for _, i := range riding {
				if _, twice := on[i]; twice {
					t.Fatalf("part %d rides twice", i)
				}
				if on[i] = k; invoices[k].Due.Before(parts[i].Month) {
					t.Fatalf("part %d of %s rides on %s", i, parts[i].Month, invoices[k].Due)
				}
				totals[k] += parts[i].Amount
			}
			if totals[k] < 0 {
				t.Fatalf("invoice %d comes to %s", k, totals[k])
			}
		}
		for i, part := range parts {
			at, rides := on[i]
			for k, one := range invoices {
				if one.Due.Before(part.Month) || rides && k >= at {
					continue
				}
				if part.Amount >= 0 || totals[k]+part.Amount >= 0 {
					t.Fatalf("part %d of %s passes invoice %d of %s", i, part.Amount, k, totals[k])
				}
			}
		}
	})
}
