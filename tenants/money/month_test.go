package money_test

import (
	"math/rand/v2"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

func monthly(mode money.Mode, start string, made string) money.Month {
	return money.Month{Terms: money.Terms{Price: money.Price{Contracted: 89_90}, Start: calendar.MustParse(start), DueDay: 10, Mode: mode, Base: money.Base30},
		Made: calendar.MustParse(made), Ahead: 10}
}

// dues is each invoice as "day total", and to which day it bills.
func dues(t *testing.T, m money.Month) (said []string) {
	t.Helper()
	for _, due := range must(m.Dues()) {
		said = append(said, due.Instalment.Due.String()+" "+due.Total().String()+" until "+due.BilledUntil.String())
	}
	return said
}

func TestTheMonthlyRunOfAServiceThatRuns(t *testing.T) {
	same(t, "antecipado, 11 days before", dues(t, monthly(money.Antecipado, "2026-12-10", "2026-11-29")))
	same(t, "antecipado, 10 days before", dues(t, monthly(money.Antecipado, "2026-12-10", "2026-11-30")), "2026-12-10 89,90 until 2027-01-10")
	same(t, "postecipado, 10 days before", dues(t, monthly(money.Postecipado, "2026-11-10", "2026-11-30")), "2026-12-10 89,90 until 2026-12-10")
	same(t, "postecipado, billed", dues(t, monthly(money.Postecipado, "2026-12-10", "2026-12-05")))
}

func TestTheFirstInvoiceOfTheMonthlyRun(t *testing.T) {
	of := func(mode money.Mode, made string) []string {
		m := monthly(mode, "2026-12-08", made)
		m.Fresh, m.Price.Contracted = true, 99_90
		return dues(t, m)
	}
	same(t, "postecipado on the day", of(money.Postecipado, "2026-12-08"))
	same(t, "postecipado, its next due date", of(money.Postecipado, "2026-12-31"), "2027-01-10 106,56 until 2027-01-10") // money.md M2
	same(t, "antecipado", of(money.Antecipado, "2026-12-08"), "2026-12-13 106,56 until 2027-01-10")
}

func TestADueDayThatWasChangedIsBridged(t *testing.T) {
	m := monthly(money.Antecipado, "2027-01-10", "2027-01-10")
	m.Price.Contracted, m.DueDay = 99_90, 20
	same(t, "antecipado", dues(t, m), "2027-01-20 133,20 until 2027-02-20") // money.md M5: 33.30 and the period
	m.Mode = money.Postecipado
	same(t, "postecipado", dues(t, m), "2027-01-20 33,30 until 2027-01-20")
}

// Found by the simulation: the period in a pause that was taken for billed was never billed when the pause ended early.
func TestAPeriodThatLiesInAPauseIsBilledYetWhenThePauseEndsEarly(t *testing.T) {
	m := monthly(money.Antecipado, "2026-12-12", "2026-12-31")
	m.Fresh, m.Gaps = true, []money.Gap{{Days: calendar.Period{From: calendar.MustParse("2026-12-20"), To: calendar.MustParse("2027-03-01")}}}
	same(t, "while it lasts", dues(t, m), "2027-01-10 23,97 until 2027-01-10") // 8 days; the next period has none
	m.Fresh, m.Start = false, calendar.MustParse("2027-01-10")
	same(t, "the next night", dues(t, m))
	m.Gaps[0].Days.To, m.Made = calendar.MustParse("2027-01-08"), calendar.MustParse("2027-01-08")
	same(t, "back early", dues(t, m), "2027-01-13 89,90 until 2027-02-10")
}

func TestOfAServiceThatWasAwayOnADueDateTheRestRidesOnTheNextInvoice(t *testing.T) {
	m := monthly(money.Antecipado, "2026-12-10", "2026-12-12")
	m.Gaps = []money.Gap{{Days: calendar.Period{From: calendar.MustParse("2026-11-26")}}}
	same(t, "while it is away", dues(t, m))
	m.Gaps[0].Days.To = calendar.MustParse("2026-12-15")
	m.Made = calendar.MustParse("2026-12-15")
	same(t, "when it is back", dues(t, m))
	m.Made = calendar.MustParse("2026-12-31")
	same(t, "the next", dues(t, m), "2027-01-10 164,81 until 2027-02-10") // 74.91 and 89.90
	m.Gaps[0].Days.To = calendar.MustParse("2027-01-10")
	same(t, "a period nobody was served in", dues(t, m), "2027-01-10 89,90 until 2027-02-10")
}

func TestAPauseWithItsEndIsBilledWithItsHole(t *testing.T) {
	m := monthly(money.Antecipado, "2027-02-10", "2027-01-31")
	m.Gaps = []money.Gap{{Days: days("2027-01-20", "2027-02-20")}}
	same(t, "money.md M8", dues(t, m), "2027-02-10 59,93 until 2027-03-10")
	if memo := must(m.Dues())[0].Lines[0].Memo; memo != "R$ 89,90 \u2212 (10 de 30 dias sem serviço × R$ 89,90)" {
		t.Errorf("its memo is %q", memo)
	}
}

func TestNightsThatDidNotRunAreCaughtUp(t *testing.T) {
	same(t, "three days before", dues(t, monthly(money.Antecipado, "2026-12-10", "2026-12-07")), "2026-12-12 89,90 until 2027-01-10")
	same(t, "two months later", dues(t, monthly(money.Antecipado, "2026-12-10", "2027-02-05")), "2027-02-10 269,70 until 2027-03-10")
	same(t, "two months later, some days on", dues(t, monthly(money.Antecipado, "2026-12-10", "2027-02-02")),
		"2027-02-07 179,80 until 2027-02-10", "2027-02-10 89,90 until 2027-03-10")
}

// However the nights fall, every day is billed once and a discount of the first months is given as often as it was promised.
func TestTheMonthlyRunBillsEveryDayOnce(t *testing.T) {
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 7))
		start := calendar.On(2026, 1, 1).AddDays(random.IntN(365))
		m := money.Month{Terms: money.Terms{Price: money.Price{Contracted: 100_00, Fixed: 10_00, Months: 3}, Start: start, DueDay: 1 + random.IntN(31),
			Mode: []money.Mode{money.Antecipado, money.Postecipado}[random.IntN(2)], Base: money.Base30}, Fresh: true, Ahead: random.IntN(20)}
		end, whole, cheap := start, 0, 0
		for m.Made = start; m.Made.DaysSince(start) < 800; m.Made = m.Made.AddDays(1 + random.IntN(1+random.IntN(40))) {
			for _, due := range must(m.Dues()) {
				if due.Instalment.Due.Before(m.Made.AddDays(money.LeastNotice)) && due.Instalment.Due.DaysSince(m.Made) > m.Ahead {
					t.Fatalf("seed %d: due on %s, made on %s", seed, due.Instalment.Due, m.Made)
				}
				for _, line := range due.Lines {
					if line.Period.From != end {
						t.Fatalf("seed %d: %s follows %s", seed, line.Period, end)
					}
					end = line.Period.To
					if line.Whole {
						whole++
					}
					if line.Whole && line.Amount == 90_00 {
						cheap++
					}
				}
				if due.BilledUntil != end || due.WholeBilled != whole {
					t.Fatalf("seed %d: billed until %s and %d whole, said %s and %d", seed, end, whole, due.BilledUntil, due.WholeBilled)
				}
				m.Start, m.WholeBilled, m.Fresh = due.BilledUntil, due.WholeBilled, false
			}
		}
		if cheap != 3 || end.Before(start.AddDays(690)) {
			t.Errorf("seed %d: %d months are cheap, billed until %s", seed, cheap, end)
		}
	}
}

func same(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
		return
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s: %q, want %q", what, got[i], want[i])
		}
	}
}
