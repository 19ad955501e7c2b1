package money_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

func TestTheDaysOfAnOutageAreThoseOfAGapAndNeverLessThanOne(t *testing.T) {
	day := calendar.MustParse("2026-11-23")
	for _, one := range []struct {
		broke, back time.Duration // since the midnight of that day
		want        int
	}{
		{12 * time.Hour, 13 * time.Hour, 1}, {0, 24*time.Hour - 1, 1}, {0, 24 * time.Hour, 1}, {23 * time.Hour, 25 * time.Hour, 1}, {12 * time.Hour, 36 * time.Hour, 1},
		{12 * time.Hour, 36*time.Hour + 1, 2}, {time.Minute, 48*time.Hour - time.Minute, 2}, {23 * time.Hour, 49 * time.Hour, 2}, {12 * time.Hour, 9*24*time.Hour + 11*time.Hour, 9},
	} {
		back := day.AddDays(int(one.back / (24 * time.Hour)))
		if days := money.OutageDays(day, back, one.back-one.broke); days.From != day || days.Days() != one.want {
			t.Errorf("from %s to %s %d are given back from %s, want %d", one.broke, one.back, days.Days(), days.From, one.want)
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
			gap := money.Gap{Days: money.OutageDays(begin, begin.AddDays(rapid.IntRange(0, 12).Draw(t, "length")), 0)}
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

// What is billed less pauses beside what outages gave back apart is what it is less all of them together; a pause that ends early, and days that are
// left when the service ends, come to the same.
func TestWhatIsGivenBackApartIsGivenBackOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := calendar.MustParse("2026-01-01").AddDays(rapid.IntRange(0, 700).Draw(t, "from"))
		period := calendar.Period{From: from, To: from.AddDays(rapid.IntRange(28, 31).Draw(t, "days"))}
		b := money.WholePeriod(money.Cents(rapid.IntRange(0, 500_00).Draw(t, "price")), period)
		base := rapid.SampledFrom([]money.Base{money.Base30, money.BaseReal}).Draw(t, "base")
		draw := func(what string) (gaps []money.Gap) {
			for range rapid.IntRange(0, 3).Draw(t, what) {
				begin := from.AddDays(rapid.IntRange(-3, 31).Draw(t, "begin"))
				gaps = append(gaps, money.Gap{Days: calendar.Period{From: begin, To: begin.AddDays(rapid.IntRange(1, 20).Draw(t, "length"))}})
			}
			return gaps
		}
		outages, pauses := draw("outages"), draw("pauses")
		sum := func(gaps []money.Gap) (total money.Cents) {
			lines, err := b.Credits(gaps, base)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range lines {
				total += line.Amount
			}
			return total
		}
		together, given := append(outages[:len(outages):len(outages)], pauses...), sum(outages)
		apart := append([]money.Gap(nil), together...)
		for i := range outages {
			apart[i].Apart = true
		}
		less, err := b.Less(apart, base)
		if err != nil || less.Amount+given != b.Charged+sum(together) || sum(apart)+given != sum(together) {
			t.Fatalf("apart it is %s and %s, together %s, %v", less.Amount, given, sum(together), err)
		}
		back, err := b.Reverse(apart, apart[:len(outages)], base)
		if err != nil || back.Amount != -sum(apart) {
			t.Fatalf("reversed %s, of %s, %v", back.Amount, sum(apart), err)
		}
		left, err := b.Leave(period.To, b.Charged+sum(apart), apart, base)
		if err != nil || left.Amount != 0 {
			t.Fatalf("at the end %s is given back once more, %v", left.Amount, err)
		}
	})
}
