package money_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"

	"pgregory.net/rapid"
)

// The oracle: the three functions as money.md states them, in exact fractions, without calling the code.

func floor(amount cents, days, base int) cents {
	n := new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(int64(days)))
	return cents(n.Div(n, big.NewInt(int64(base))).Int64())
}

func ceil(amount cents, days, base int) cents {
	n := new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(int64(days)))
	q, r := new(big.Int).DivMod(n, big.NewInt(int64(base)), new(big.Int))
	if r.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return cents(q.Int64())
}

func baseDays(base money.Base, p calendar.Period) int {
	if base == money.BaseReal {
		return p.Days()
	}
	return 30
}

var (
	someDay   = rapid.Custom(func(t *rapid.T) date { return calendar.On(2024, 1, 1).AddDays(rapid.IntRange(0, 3000).Draw(t, "day")) })
	someBase  = rapid.SampledFrom([]money.Base{money.Base30, money.BaseReal})
	somePrice = rapid.Map(rapid.Int64Range(0, 100_000_00), func(n int64) cents { return cents(n) })
)

// someCycle is a period between two due dates a month apart, with its due day.
func someCycle(t *rapid.T) (calendar.Period, int) {
	dueDay := rapid.IntRange(1, 31).Draw(t, "due day")
	to := calendar.AddMonths(someDay.Draw(t, "month"), 0, dueDay)
	return calendar.Period{From: calendar.AddMonths(to, -1, dueDay), To: to}, dueDay
}

func TestStubIsTheDaysCutAndNeverAboveThePrice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cycle, dueDay := someCycle(t)
		price, base := somePrice.Draw(t, "price"), someBase.Draw(t, "base")
		start := cycle.From.AddDays(rapid.IntRange(0, cycle.Days()).Draw(t, "start"))
		want := min(price, floor(price, cycle.To.DaysSince(start), baseDays(base, cycle)))
		if start == cycle.From {
			want = price
		}
		line, err := money.Stub(price, start, cycle.To, dueDay, base)
		if err != nil || line.Amount != want {
			t.Fatalf("stub is %v, %v; the oracle says %v", line.Amount, err, want)
		}
	})
}

func TestSplitAddsUpToThePrice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cycle, _ := someCycle(t)
		price, base := somePrice.Draw(t, "price"), someBase.Draw(t, "base")
		before := rapid.IntRange(0, cycle.Days()).Draw(t, "days before")
		first, rest, err := money.Split(price, cycle, cycle.From.AddDays(before), base)
		want := min(price, floor(price, before, baseDays(base, cycle)))
		if before == cycle.Days() {
			want = price
		}
		if err != nil || first != want || first+rest != price {
			t.Fatalf("split is %v + %v of %v, %v; the oracle says %v", first, rest, price, err, want)
		}
	})
}

func TestHolesAreRoundedUpAndNeverAboveThePrice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cycle, _ := someCycle(t)
		price, base := somePrice.Draw(t, "price"), someBase.Draw(t, "base")
		hole := calendar.Period{From: cycle.From.AddDays(rapid.IntRange(-40, 40).Draw(t, "from"))}
		hole.To = hole.From.AddDays(rapid.IntRange(1, 80).Draw(t, "long"))
		unserved := 0
		for d := cycle.From; d.Before(cycle.To); d = d.AddDays(1) {
			if hole.Contains(d) {
				unserved++
			}
		}
		want := min(price, ceil(price, unserved, baseDays(base, cycle)))
		if unserved == cycle.Days() {
			want = price
		}
		if got, err := money.Hole(price, cycle, hole, base); err != nil || got != want {
			t.Fatalf("hole is %v, %v; the oracle says %v", got, err, want)
		}
	})
}

func TestScheduleCoversEveryDayOnceAndCostsThePrice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		dueDay := rapid.IntRange(1, 31).Draw(t, "due day")
		terms := money.Terms{
			Price:       money.Price{Contracted: somePrice.Draw(t, "price")},
			FirstDue:    calendar.AddMonths(someDay.Draw(t, "month"), 0, dueDay),
			DueDay:      dueDay,
			Instalments: rapid.IntRange(1, 60).Draw(t, "n"),
			Mode:        rapid.SampledFrom([]money.Mode{money.Antecipado, money.Postecipado}).Draw(t, "mode"),
			Base:        someBase.Draw(t, "base"),
		}
		terms.Start = terms.FirstDue.AddDays(-rapid.IntRange(1, 59).Draw(t, "days before"))
		schedule, err := money.Schedule(terms)
		if err != nil {
			t.Fatal(err)
		}
		next := terms.Start
		for k, instalment := range schedule {
			if want := calendar.AddMonths(terms.FirstDue, k, dueDay); instalment.Due != want {
				t.Fatalf("instalment %d is due %s, want %s", k+1, instalment.Due, want)
			}
			for _, line := range instalment.Lines {
				if line.Period.From != next || line.Memo == "" {
					t.Fatalf("the period %v does not follow %s, or has no memo", line.Period, next)
				}
				if line.Whole && line.Amount != terms.Price.Contracted || line.Amount > terms.Price.Contracted {
					t.Fatalf("%v costs %v", line.Period, line.Amount)
				}
				next = line.Period.To
			}
		}
		last := schedule[len(schedule)-1]
		end := last.Due
		if terms.Mode == money.Antecipado {
			end = calendar.AddMonths(terms.FirstDue, terms.Instalments, dueDay)
		}
		if next != end {
			t.Fatalf("the schedule covers up to %s, want %s", next, end)
		}
	})
}

func TestDiscountOfTheFirstMonthsCountsWholePeriodsOnly(t *testing.T) {
	price := money.Price{Contracted: 99_90, Fixed: 10_00, Months: 3}
	schedule := must(money.Schedule(money.Terms{Price: price, Start: calendar.On(2026, 11, 27), FirstDue: calendar.On(2026, 12, 10),
		DueDay: 10, Instalments: 5, Mode: money.Postecipado, Base: money.Base30}))
	for k, want := range []cents{38_95, 89_90, 89_90, 89_90, 99_90} {
		equal(t, "instalment", schedule[k].Total(), want)
	}
}

func TestPartsAddUpForEveryTotal(t *testing.T) {
	for total := cents(1); total <= 100_000; total++ {
		for n := 1; n <= 24; n++ {
			parts, err := money.Parts(total, n)
			var sum cents
			for i, part := range parts {
				if sum += part; i > 0 && (part > parts[i-1] || parts[0]-part > 1) {
					t.Fatalf("%d in %d: %v", total, n, parts)
				}
			}
			if err != nil || sum != total || len(parts) != n {
				t.Fatalf("%d in %d: %v, %v", total, n, parts, err)
			}
		}
	}
}

func TestSharesAddUpAndStayWithinACentOfTheirWeight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(somePrice, 1, 6).Draw(t, "weights")
		var sum cents
		for _, w := range weights {
			sum += w
		}
		amount := cents(rapid.Int64Range(-100_000_000_00, 100_000_000_00).Draw(t, "amount"))
		shares := money.Compose(amount, weights)
		if sum == 0 {
			if shares != nil {
				t.Fatal("no weight, no shares")
			}
			return
		}
		var total cents
		for i, share := range shares {
			total += share
			exact := new(big.Rat).Mul(new(big.Rat).SetInt64(int64(amount)), big.NewRat(int64(weights[i]), int64(sum)))
			if off := exact.Sub(exact, new(big.Rat).SetInt64(int64(share))); off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				t.Fatalf("share %v of %v is a cent or more off", share, amount)
			}
		}
		if total != amount {
			t.Fatalf("shares %v add up to %v, not %v", shares, total, amount)
		}
	})
}

func TestDebtIsPaidByPrincipalFirstAndNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		principal, due := somePrice.Draw(t, "principal"), someDay.Draw(t, "due")
		var payments []money.Payment
		var paid cents
		on := due.AddDays(-10)
		for range rapid.IntRange(0, 5).Draw(t, "payments") {
			on = on.AddDays(rapid.IntRange(0, 20).Draw(t, "later"))
			payments = append(payments, money.Payment{On: on, Amount: cents(rapid.Int64Range(1, int64(principal)+1).Draw(t, "amount"))})
			paid += payments[len(payments)-1].Amount
		}
		debt := money.Reckon(principal, due, payments, on.AddDays(rapid.IntRange(0, 90).Draw(t, "until")))

		wantOpen := max(0, principal-paid)
		if debt.Principal != wantOpen {
			t.Fatalf("open principal %v, want %v: payments clear it first", debt.Principal, wantOpen)
		}
		if debt.Fine > floor(principal, 2, 100) {
			t.Fatalf("fine %v is more than 2 %% of %v", debt.Fine, principal)
		}
		charged := debt.Fine
		for _, line := range debt.Interest {
			charged += line.Amount
		}
		if principal+charged-paid != debt.Owed()-debt.Credit {
			t.Fatalf("%v + %v - %v does not equal %v - %v", principal, charged, paid, debt.Owed(), debt.Credit)
		}
	})
}

func TestImpossibleRequestsAreNamed(t *testing.T) {
	due := calendar.On(2026, 12, 10)
	cycle := calendar.Period{From: calendar.On(2026, 11, 10), To: due}
	stub := func(price cents, start date, base money.Base) error {
		_, err := money.Stub(price, start, due, 10, base)
		return err
	}
	schedule := func(start date, n int, mode money.Mode) error {
		_, err := money.Schedule(money.Terms{Price: money.Price{Contracted: 89_90}, Start: start, FirstDue: due, DueDay: 10,
			Instalments: n, Mode: mode, Base: money.Base30})
		return err
	}
	split := func(day date) error { _, _, err := money.Split(89_90, cycle, day, money.Base30); return err }
	hole := func(from, to date) error {
		_, err := money.Hole(89_90, cycle, calendar.Period{From: from, To: to}, money.Base30)
		return err
	}
	parts := func(total cents, n int) error { _, err := money.Parts(total, n); return err }
	for _, c := range []struct{ got, want error }{
		{stub(89_90, due.AddDays(1), money.Base30), money.ErrBeforeStart},
		{stub(89_90, cycle.From.AddDays(-1), money.Base30), money.ErrMoreThanCycle},
		{stub(-1, due, money.Base30), money.ErrNegative},
		{stub(1<<60, due, money.Base30), money.ErrTooLarge},
		{stub(89_90, due, "31"), money.ErrBase},
		{schedule(due.AddDays(1), 12, money.Antecipado), money.ErrBeforeStart},
		{schedule(calendar.On(2026, 10, 9), 12, money.Antecipado), money.ErrMoreThan2Cycles},
		{schedule(due, 12, money.Postecipado), money.ErrNothingToBill},
		{schedule(cycle.From, 0, money.Antecipado), money.ErrInstalments},
		{schedule(cycle.From, 61, money.Antecipado), money.ErrInstalments},
		{schedule(cycle.From, 12, "misto"), money.ErrMode},
		{split(cycle.From.AddDays(-1)), money.ErrOutside},
		{split(due.AddDays(1)), money.ErrOutside},
		{hole(due, due), money.ErrEmptyPeriod},
		{hole(due, cycle.From), money.ErrEmptyPeriod},
		{parts(10_00, 0), money.ErrParts},
		{parts(-1, 3), money.ErrNegative},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("got %v, want %v", c.got, c.want)
		}
	}
}

func TestAmountsAreWrittenAndReadAsInBrazil(t *testing.T) {
	for typed, want := range map[string]cents{
		"R$ 1.234,56": 123456, "1.234,56": 123456, "1234,5": 123450, "1234": 123400, "1234.56": 123456, " 0,01 ": 1,
		"-5,00": -500, "\u2212R$\u00a05,00": -500, "1.234": 123400, "1.234.567,89": 123456789,
	} {
		if got, err := money.Parse(typed); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", typed, got, err, want)
		}
	}
	for _, typed := range []string{"", "R$", "abc", "1,234,56", "12a", "1.23.456,00", "1,", "1,234", "0,001", "99999999999999", "1e3", "--1", "१२", "R$ R$ 1", "+1", "1_000", "0x10",
		"1 234,56", "1.234,5.6", "1,2,3", ",", ".", ".5", "1..000", "1.0000", "NaN", "1,५०", "1,-5", "R$ -5,00", "1\x00", "\u00a0"} {
		if got, err := money.Parse(typed); err == nil {
			t.Errorf("%q was read as %d", typed, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		c := cents(rapid.Int64Range(-999_999_999_999, 999_999_999_999).Draw(t, "cents"))
		if back, err := money.Parse(c.BRL()); err != nil || back != c {
			t.Fatalf("%s reads back as %d, %v", c.BRL(), back, err)
		}
	})
	equal(t, "decimal", cents(-5).Decimal(), "-0.05")
	for c, want := range map[cents]string{
		-123456789: "\u22121.234.567,89", 0: "0,00", 1: "0,01", 99: "0,99", 100: "1,00", 99999: "999,99", 100000: "1.000,00",
		math.MinInt64: "\u221292.233.720.368.547.758,08",
	} {
		equal(t, "figures", c.String(), want)
	}
	equal(t, "the least", cents(math.MinInt64).BRL(), "\u2212R$\u00a092.233.720.368.547.758,08")
}

func BenchmarkBRL(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if cents(123456789).BRL() == "" {
			b.Fatal("nothing was written")
		}
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := money.Parse("R$ 1.234.567,89"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReckon(b *testing.B) {
	b.ReportAllocs()
	due := calendar.On(2026, 11, 10)
	payments := []money.Payment{{On: due.AddDays(9), Amount: 60_00}}
	for b.Loop() {
		if money.Reckon(150_00, due, payments, due.AddDays(30)).Owed() != 94_08 {
			b.Fatal("wrong")
		}
	}
}

func BenchmarkSchedule12(b *testing.B) {
	b.ReportAllocs()
	terms := money.Terms{Price: money.Price{Contracted: 89_90}, Start: calendar.On(2026, 11, 27), FirstDue: calendar.On(2026, 12, 10),
		DueDay: 10, Instalments: 12, Mode: money.Antecipado, Base: money.Base30}
	for b.Loop() {
		if _, err := money.Schedule(terms); err != nil {
			b.Fatal(err)
		}
	}
}
