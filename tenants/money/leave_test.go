package money_test

import (
	"math/rand/v2"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// rest is what remained of a run of days after a split.
func rest(since string, days calendar.Period) money.Billed {
	cycle := calendar.Period{From: calendar.AddMonths(days.To, -1, days.To.Day()), To: days.To}
	return money.Billed{Period: days, Cycle: cycle, Since: calendar.MustParse(since)}.At(8990, money.Base30)
}

// The examples of money.md M6 to M8 and M12, each of a service that ends.
func TestWhoLeavesPaysTheDaysBefore(t *testing.T) {
	december := money.WholePeriod(8990, period("2026-12-10", "2027-01-10"))
	for _, c := range []struct {
		says   string
		b      money.Billed
		day    string
		billed money.Cents
		gaps   []money.Gap
		want   money.Cents
		memo   string
	}{
		{"M6: the rest of the month", december, "2026-12-22", 8990, nil, 5394, "R$ 89,90 − R$ 35,96 (12 de 30 dias × R$ 89,90)"},
		{"on the first day, all of it", december, "2026-12-10", 8990, nil, 8990, "nenhum dia depois do fim do serviço, R$ 89,90"},
		{"after the last day, nothing", december, "2027-01-10", 8990, nil, 0, ""},
		{"M7: cut on 26/11 and never restored", money.WholePeriod(8990, period("2026-11-10", "2026-12-10")), "2027-01-25", 8990,
			[]money.Gap{{Days: calendar.Period{From: calendar.MustParse("2026-11-26")}}}, 4196, "R$ 89,90 − R$ 47,94 (R$ 89,90 − 14 de 30 dias sem serviço × R$ 89,90)"},
		{"M5, M6: the rest of a stub of 22 days that was split on its 11th, as the whole stub is", rest("2026-11-23", period("2026-12-04", "2026-12-15")), "2026-12-08", 3296, nil, 2097,
			"R$ 32,96 − R$ 11,99 (15 de 30 dias × R$ 89,90 − R$ 32,96)"},
		{"M8: paused, and the hole that was given back has become shorter", money.WholePeriod(8990, period("2027-01-10", "2027-02-10")), "2027-01-25", 2697,
			[]money.Gap{{Days: period("2027-01-20", "2027-02-20")}}, -299, "R$ 29,96 (15 de 30 dias × R$ 89,90 − 5 de 30 dias sem serviço × R$ 89,90) − R$ 26,97"},
		{"M8: the next month, billed with its hole", money.WholePeriod(8990, period("2027-02-10", "2027-03-10")), "2027-02-25", 5993,
			[]money.Gap{{Days: period("2027-01-20", "2027-02-20")}}, 4495, "R$ 59,93 − R$ 14,98 (15 de 30 dias × R$ 89,90 − 10 de 30 dias sem serviço × R$ 89,90)"},
		{"an outage gave the day back on which it ends", december, "2026-12-22", 8990, []money.Gap{{Days: period("2026-12-20", "2026-12-23"), Apart: true}}, 5394 - (899 - 600),
			"R$ 89,90 − R$ 35,96 (12 de 30 dias × R$ 89,90) − R$ 2,99 já devolvidos de uma falha"},
		{"an outage gave back days before", december, "2026-12-22", 8990, []money.Gap{{Days: period("2026-12-18", "2026-12-20"), Apart: true}}, 5394, "R$ 89,90 − R$ 35,96 (12 de 30 dias × R$ 89,90)"},
	} {
		line, err := c.b.Leave(calendar.MustParse(c.day), c.billed, c.gaps, money.Base30)
		if err != nil || line.Amount != c.want || line.Memo != c.memo {
			t.Errorf("%s: %s %q (%v), want %s %q", c.says, line.Amount, line.Memo, err, c.want, c.memo)
		}
	}
	if memo := money.LoyaltyMemo(30000, period("2026-06-15", "2027-06-15"), calendar.MustParse("2026-11-23")); memo != "204 de 365 dias × R$ 300,00" {
		t.Error(memo)
	}
}

func TestDaysNotBilledYetCostWhatTheirCyclesSay(t *testing.T) {
	lines, err := money.Unbilled(money.Price{Contracted: 9990}, 0, period("2026-12-10", "2027-01-22"), 10, nil, money.Base30)
	if err != nil || len(lines) != 2 || lines[0].Amount != 9990 || !lines[0].Whole || lines[1].Amount != 3996 || lines[1].Memo != "12 de 30 dias × R$ 99,90" {
		t.Errorf("%+v, %v", lines, err)
	}
	lines, err = money.Unbilled(money.Price{Contracted: 8990}, 0, period("2026-11-27", "2026-12-22"), 10, []money.Gap{{Days: period("2026-12-15", "2027-01-15")}}, money.Base30)
	// 13 of 30 days; then 12 days less a hole of 7: 35,96 − 20,98.
	if err != nil || len(lines) != 2 || lines[0].Amount != 3895 || lines[1].Amount != 1498 {
		t.Errorf("%+v, %v", lines, err)
	}
}

// Whatever the day, who leaves pays by Leave what Close, the end of a carnê, asks of the same page without gaps.
func TestLeavingIsClosingWhereNothingWasMissed(t *testing.T) {
	dice := rand.New(rand.NewPCG(7, 7))
	for range 2000 {
		from := calendar.MustParse("2026-01-10").AddDays(dice.IntN(700))
		from = calendar.AddMonths(from, 0, 10)
		cycle := calendar.Period{From: from, To: calendar.AddMonths(from, 1, 10)}
		base := []money.Base{money.Base30, money.BaseReal}[dice.IntN(2)]
		days := calendar.Period{From: cycle.From.AddDays(dice.IntN(3) * 5), To: cycle.To}
		b := money.PartPeriod(money.Cents(1+dice.IntN(30000)), days, cycle, base)
		day := days.From.AddDays(dice.IntN(days.Days() + 3))
		closed, err := money.Close([]money.Page{{Due: from, Billed: []money.Billed{b}, Paid: b.Charged}}, day, base)
		line, other := b.Leave(day, b.Charged, nil, base)
		if err != nil || other != nil {
			t.Fatal(err, other)
		}
		want := money.Cents(0)
		for _, credit := range closed.Credits {
			want -= credit.Line.Amount
		}
		if line.Amount != want {
			t.Fatalf("%v of %v left on %s: %s, Close says %s", days, cycle, day, line.Amount, want)
		}
	}
}
