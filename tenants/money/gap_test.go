package money_test

import (
	"errors"
	"testing"
	"time"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

func days(from, to string) calendar.Period {
	return calendar.Period{From: calendar.MustParse(from), To: calendar.MustParse(to)}
}

var (
	november = days("2026-11-10", "2026-12-10")
	december = days("2026-12-10", "2027-01-10")
)

func TestASuspensionAcrossPeriodsIsAHoleInEach(t *testing.T) {
	gap := []money.Gap{{Days: days("2026-11-26", "2026-12-15")}}
	billed := must(money.WholePeriod(89_90, november).Credits(gap, money.Base30))
	equal(t, "of November", billed[0].Amount, -41_96) // 14 days: 41.953
	equal(t, "its memo", billed[0].Memo, "14 de 30 dias sem serviço × R$ 89,90")
	equal(t, "its days", billed[0].Period, days("2026-11-26", "2026-12-10"))
	after := must(money.WholePeriod(89_90, december).Less(gap, money.Base30))
	equal(t, "of December", after.Amount, 74_91)
	equal(t, "its memo", after.Memo, "R$ 89,90 \u2212 (5 de 30 dias sem serviço × R$ 89,90)")
	if none := must(money.WholePeriod(89_90, days("2027-01-10", "2027-02-10")).Credits(gap, money.Base30)); none != nil {
		t.Errorf("a period without a day of it has %v", none)
	}
}

func TestDaysTouchedByATrustGrantAreServed(t *testing.T) {
	manaus := time.FixedZone("-04", -4*60*60)
	trust := calendar.Touched(calendar.On(2026, 11, 28).At(10, 0, manaus), calendar.On(2026, 11, 29).At(8, 0, manaus))
	gap := money.Gap{Days: days("2026-11-26", "2026-12-03"), Served: []calendar.Period{trust}}
	credits := must(money.WholePeriod(89_90, november).Credits([]money.Gap{gap}, money.Base30))
	equal(t, "credit", credits[0].Amount, -14_99) // 5 of 7 days, one suspension, rounded once
	equal(t, "unserved on the 28th", gap.Unserved(calendar.On(2026, 11, 28)), false)
	equal(t, "unserved on the 30th", gap.Unserved(calendar.On(2026, 11, 30)), true)
	equal(t, "unserved on the day of return", gap.Unserved(calendar.On(2026, 12, 3)), false)
}

func TestASuspensionThatLastsHasNoEnd(t *testing.T) {
	gap := money.Gap{Days: calendar.Period{From: calendar.On(2026, 11, 26)}}
	equal(t, "unserved on the due day", gap.Unserved(december.From), true)
	line := must(money.WholePeriod(89_90, december).Less([]money.Gap{gap}, money.Base30))
	equal(t, "a period nobody was served in", line.Amount, 0)
	equal(t, "its memo", line.Memo, "R$ 89,90 \u2212 (nenhum dia com serviço em 31, R$ 89,90)")
}

func TestSeveralGapsOfAPeriodGiveBackNoMoreThanItCost(t *testing.T) {
	// Two gaps of 15 and 16 days take the whole of December; by 30 days they would be worth 31/30 of it.
	gaps := []money.Gap{{Days: days("2026-12-10", "2026-12-25")}, {Days: days("2026-12-20", "2027-01-10")}}
	credits := must(money.WholePeriod(89_90, december).Credits(gaps, money.Base30))
	equal(t, "first", credits[0].Amount, -44_95)
	equal(t, "second, its common days counted once", credits[1].Amount, -44_95)
	equal(t, "memo", credits[1].Memo, "nenhum dia com serviço em 31, R$ 89,90 \u2212 R$ 44,95")

	// In February of 28 days two gaps that leave nothing give all of it back, not 28/30.
	february := days("2027-02-10", "2027-03-10")
	gaps = []money.Gap{{Days: days("2027-02-01", "2027-02-20")}, {Days: days("2027-02-20", "2027-03-20")}}
	credits = must(money.WholePeriod(89_90, february).Credits(gaps, money.Base30))
	equal(t, "together", credits[0].Amount+credits[1].Amount, -89_90)

	// A stub that cost 38.95 gives back 38.95 at most.
	stub := money.Billed{Period: days("2026-11-27", "2026-12-10"), Cycle: november, Monthly: 89_90, Charged: 38_95}
	credits = must(stub.Credits([]money.Gap{{Days: days("2026-11-20", "2026-12-20")}}, money.Base30))
	equal(t, "stub", credits[0].Amount, -38_95)
	credits = must(stub.Credits([]money.Gap{{Days: days("2026-11-27", "2026-11-28")}, {Days: days("2026-11-28", "2026-12-09")}}, money.Base30))
	equal(t, "stub but a day", credits[0].Amount+credits[1].Amount, -(3_00 + 32_97))
}

func TestAPauseThatEndsEarlyReversesTheHole(t *testing.T) {
	planned, real := []money.Gap{{Days: days("2027-01-20", "2027-02-20")}}, []money.Gap{{Days: days("2027-01-20", "2027-02-05")}}
	january, february := days("2027-01-10", "2027-02-10"), days("2027-02-10", "2027-03-10")
	line := must(money.WholePeriod(89_90, january).Reverse(planned, real, money.Base30))
	equal(t, "January", line.Amount, 62_93-47_95)
	equal(t, "memo", line.Memo, "16 dias sem serviço em vez de 21: R$ 62,93 \u2212 R$ 47,95")
	equal(t, "February", must(money.WholePeriod(89_90, february).Reverse(planned, real, money.Base30)).Amount, 29_97)
	equal(t, "a pause that lasts longer", must(money.WholePeriod(89_90, january).Reverse(real, planned, money.Base30)).Amount, -(62_93 - 47_95))
	equal(t, "no difference", must(money.WholePeriod(89_90, january).Reverse(real, real, money.Base30)).Amount, 0)
}

func TestImpossibleGapsAreNamed(t *testing.T) {
	whole := money.WholePeriod(89_90, november)
	for want, billed := range map[error]money.Billed{
		money.ErrEmptyPeriod: money.WholePeriod(89_90, days("2026-12-10", "2026-11-10")),
		money.ErrOutside:     {Period: december, Cycle: november, Monthly: 89_90, Charged: 89_90},
		money.ErrNegative:    {Period: november, Cycle: november, Monthly: 89_90, Charged: -1},
		money.ErrTooLarge:    money.WholePeriod(1<<60, november),
	} {
		if _, err := billed.Less(nil, money.Base30); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
	if _, err := whole.Reverse(nil, nil, "31"); !errors.Is(err, money.ErrBase) {
		t.Errorf("a base of 31: %v", err)
	}
	backwards := []money.Gap{{Days: days("2026-12-03", "2026-11-26")}, {Days: days("2026-11-26", "2026-11-26")}}
	if lines := must(whole.Credits(backwards, money.Base30)); lines != nil { // cut and back on the same day: the day is served
		t.Errorf("gaps without days give %v", lines)
	}
}

func BenchmarkCredits(b *testing.B) {
	b.ReportAllocs()
	whole, gaps := money.WholePeriod(89_90, november), []money.Gap{{Days: days("2026-11-26", "2026-12-03")}}
	for b.Loop() {
		if _, err := whole.Credits(gaps, money.Base30); err != nil {
			b.Fatal(err)
		}
	}
}
