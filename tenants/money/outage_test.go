package money_test

import (
	"testing"

	"pgregory.net/rapid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

func TestTheDaysOfAnOutageAreThoseOfAGapAndNeverLessThanOne(t *testing.T) {
	day := calendar.MustParse("2026-11-23")
	for back, want := range map[int]int{0: 1, 1: 1, 2: 2, 9: 9} {
		if days := money.OutageDays(day, day.AddDays(back)); days.From != day || days.Days() != want {
			t.Errorf("back after %d days, %d are given back from %s", back, days.Days(), days.From)
		}
	}
}

// F 89,90, a period of 30 days: one day is 3,00 (2,996…), a day that another gap has is given once, and the whole period is never more than F.
func TestAnOutageGivesBackWhatNoOtherGapHas(t *testing.T) {
	period := calendar.Period{From: calendar.MustParse("2026-11-10"), To: calendar.MustParse("2026-12-10")}
	gap := func(from, to int) money.Gap {
		return money.Gap{Days: calendar.Period{From: period.From.AddDays(from), To: period.From.AddDays(to)}}
	}
	b := money.WholePeriod(89_90, period)
	for _, one := range []struct {
		earlier []money.Gap
		outage  money.Gap
		want    money.Cents
		memo    string
	}{
		{nil, gap(13, 14), -3_00, "1 de 30 dias sem serviço × R$ 89,90"},
		{nil, gap(13, 20), -20_98, "7 de 30 dias sem serviço × R$ 89,90"},
		{[]money.Gap{gap(13, 20)}, gap(15, 18), 0, ""},
		{[]money.Gap{gap(13, 20)}, gap(19, 21), -3_00, "1 de 30 dias sem serviço × R$ 89,90"},
		{[]money.Gap{gap(1, 30)}, gap(0, 1), -2_99, ""}, // 89,90 in all, after 86,91
		{nil, gap(-5, 0), 0, ""},
	} {
		line, err := b.After(one.earlier, one.outage, money.Base30)
		if err != nil || line.Amount != one.want || one.memo != "" && line.Memo != one.memo {
			t.Errorf("%v after %v gives %v, %v", one.outage.Days, one.earlier, line, err)
		}
	}
}

// Whatever gaps there were, what outages add one by one is what all of them give together.
func TestOutagesOneByOneGiveWhatTheyGiveTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := calendar.MustParse("2026-01-01").AddDays(rapid.IntRange(0, 700).Draw(t, "from"))
		period := calendar.Period{From: from, To: from.AddDays(rapid.IntRange(1, 31).Draw(t, "days"))}
		b := money.WholePeriod(money.Cents(rapid.IntRange(0, 500_00).Draw(t, "price")), period)
		base := rapid.SampledFrom([]money.Base{money.Base30, money.BaseReal}).Draw(t, "base")
		var gaps []money.Gap
		sum := money.Cents(0)
		for range rapid.IntRange(0, 6).Draw(t, "gaps") {
			begin := from.AddDays(rapid.IntRange(-10, 35).Draw(t, "begin"))
			gap := money.Gap{Days: money.OutageDays(begin, begin.AddDays(rapid.IntRange(0, 12).Draw(t, "length")))}
			line, err := b.After(gaps, gap, base)
			if err != nil || line.Amount > 0 {
				t.Fatal(line, err)
			}
			sum, gaps = sum-line.Amount, append(gaps, gap)
		}
		all, err := b.Credits(gaps, base)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range all {
			sum += line.Amount
		}
		if sum != 0 {
			t.Fatalf("one by one they give %s more than together", sum)
		}
	})
}
