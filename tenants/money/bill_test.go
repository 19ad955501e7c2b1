package money_test

import (
	"slices"
	"testing"

	"enlace/tenants/money"

	"pgregory.net/rapid"
)

const minimum = 5_00

func TestAnInvoiceIsClosedByItsSumItsCreditsAndTheMinimum(t *testing.T) {
	lines := func(amounts ...cents) (all []money.Line) {
		for _, amount := range amounts {
			all = append(all, money.Line{Amount: amount})
		}
		return all
	}
	for name, c := range map[string]struct {
		lines   []money.Line
		credits []cents
		want    money.Bill
	}{
		"plain":                    {lines(89_90), nil, money.Bill{Fate: money.Issued, Owed: 89_90}},
		"oldest credit first":      {lines(89_90), []cents{50_00, 30_00, 20_00}, money.Bill{Fate: money.BornPaid, Used: []cents{50_00, 30_00, 9_90}}},
		"credit does not cover":    {lines(89_90), []cents{20_98}, money.Bill{Fate: money.Issued, Owed: 68_92, Used: []cents{20_98}}},
		"discounted to zero":       {lines(99_90, -99_90), []cents{1_00}, money.Bill{Fate: money.BornPaid, Used: []cents{0}}},
		"credit line over all":     {lines(5_00, -18_00), []cents{1_00}, money.Bill{Fate: money.BornPaid, Used: []cents{0}, Carried: 13_00}},
		"under the minimum":        {lines(4_99), nil, money.Bill{Fate: money.Waits, Owed: 4_99}},
		"the minimum itself":       {lines(5_00), nil, money.Bill{Fate: money.Issued, Owed: 5_00}},
		"credit leaves too little": {lines(89_90), []cents{87_00}, money.Bill{Fate: money.Waits, Owed: 2_90, Used: []cents{0}}},
	} {
		got := money.CloseBill(c.lines, c.credits, minimum)
		if got.Fate != c.want.Fate || got.Owed != c.want.Owed || got.Carried != c.want.Carried || !slices.Equal(got.Used, c.want.Used) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestACreditLowersTheOpenInstalmentsOfACarneInTurn(t *testing.T) {
	off, carried := money.Abate(100_00, []cents{60_00, 89_90, 89_90})
	if !slices.Equal(off, []cents{60_00, 40_00, 0}) || carried != 0 {
		t.Errorf("%v, %v", off, carried)
	}
	if off, carried = money.Abate(20_98, nil); len(off) != 0 || carried != 20_98 {
		t.Errorf("with no instalment open: %v, %v", off, carried)
	}
}

func TestAnInvoiceAndItsCreditsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []money.Line
		var sum cents
		for range rapid.IntRange(1, 5).Draw(t, "lines") {
			amount := cents(rapid.Int64Range(-100_00, 200_00).Draw(t, "amount"))
			lines, sum = append(lines, money.Line{Amount: amount}), sum+amount
		}
		credits := rapid.SliceOfN(rapid.Map(rapid.Int64Range(1, 100_00), func(n int64) cents { return cents(n) }), 0, 4).Draw(t, "credits")
		bill := money.CloseBill(lines, credits, minimum)
		var used cents
		for i, part := range bill.Used {
			if used += part; part < 0 || part > credits[i] || i > 0 && part > 0 && bill.Used[i-1] < credits[i-1] {
				t.Fatalf("%v of %v: a newer credit before an older one", bill.Used, credits)
			}
		}
		switch bill.Fate {
		case money.Issued:
			if bill.Owed < minimum || bill.Owed+used != sum {
				t.Fatalf("%+v of %v", bill, sum)
			}
		case money.BornPaid:
			if bill.Owed != 0 || used-bill.Carried != sum {
				t.Fatalf("%+v of %v", bill, sum)
			}
		case money.Waits:
			if bill.Owed <= 0 || bill.Owed >= minimum || used != 0 {
				t.Fatalf("%+v of %v", bill, sum)
			}
		}
	})
}
