package money_test

import (
	"math/big"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"

	"pgregory.net/rapid"
)

// A timeline is the life of a service as it happened: first use, price changes, absences, and days that trust gave back within them.
// What it costs is reckoned twice: by the room, posting as an office would, and by an oracle that knows money.md and no code of the room.
type timeline struct {
	start   date
	dues    []date // of every invoice, and the end of the last period
	base    money.Base
	prices  []cents // of each period
	changes []date  // day of each period on which the next price begins; its end when it does not change
	gaps    []money.Gap
	planned []money.Gap // as they were known when the invoices were made: a pause that was to last longer
}

func someTimeline(t *rapid.T) timeline {
	dueDay := rapid.IntRange(1, 31).Draw(t, "due day")
	first := calendar.AddMonths(someDay.Draw(t, "month"), 0, dueDay)
	life := timeline{start: first.AddDays(-rapid.IntRange(0, first.DaysSince(calendar.AddMonths(first, -1, dueDay))).Draw(t, "stub")),
		dues: []date{first}, base: someBase.Draw(t, "base"), prices: []cents{somePrice.Draw(t, "price")}}
	for k := range rapid.IntRange(1, 8).Draw(t, "periods") {
		due, next := calendar.AddMonths(first, k+1, dueDay), life.prices[k]
		change := due
		if rapid.Bool().Draw(t, "changes") {
			change = life.dues[k].AddDays(rapid.IntRange(0, due.DaysSince(life.dues[k])-1).Draw(t, "on"))
			next = somePrice.Draw(t, "to")
		}
		life.dues, life.changes, life.prices = append(life.dues, due), append(life.changes, change), append(life.prices, next)
	}
	whole := life.dues[len(life.dues)-1].DaysSince(life.start)
	for range rapid.IntRange(0, 5).Draw(t, "gaps") {
		gap := money.Gap{Days: calendar.Period{From: life.start.AddDays(rapid.IntRange(-10, whole).Draw(t, "cut"))}}
		gap.Days.To = gap.Days.From.AddDays(rapid.IntRange(0, 70).Draw(t, "days"))
		for range rapid.IntRange(0, 2).Draw(t, "grants") {
			from := gap.Days.From.AddDays(rapid.IntRange(-3, 70).Draw(t, "granted"))
			gap.Served = append(gap.Served, calendar.Period{From: from, To: from.AddDays(rapid.IntRange(1, 5).Draw(t, "for"))})
		}
		planned := gap
		if rapid.Bool().Draw(t, "early") {
			planned.Days.To = planned.Days.To.AddDays(rapid.IntRange(0, 40).Draw(t, "days early"))
		}
		life.gaps, life.planned = append(life.gaps, gap), append(life.planned, planned)
	}
	return life
}

// posted is what an office posts: the schedule, each change of price as credit and charge of the billed period, and for every run of days at one
// price what its gaps give back. Some are known when it is billed, others are credited later, and some turn out shorter than they were planned.
func (life timeline) posted(t *rapid.T) (sum cents) {
	post := func(lines []money.Line, err error) {
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range lines {
			if sum += line.Amount; line.Memo == "" {
				t.Fatalf("%+v has no memo", line)
			}
		}
	}
	run := func(b money.Billed) {
		if b.Period.Empty() {
			return
		}
		switch rapid.IntRange(0, 2).Draw(t, "how") {
		case 0: // the gaps are known
			line, err := b.Less(life.gaps, life.base)
			post([]money.Line{line, {Amount: -b.Charged, Memo: "billed already, by the schedule or the change"}}, err)
		case 1:
			post(b.Credits(life.gaps, life.base))
		case 2: // the gaps are planned, and then they end early
			post(b.Credits(life.planned, life.base))
			line, err := b.Reverse(life.planned, life.gaps, life.base)
			post([]money.Line{line}, err)
		}
	}
	if life.start != life.dues[0] {
		cycle := calendar.Period{From: calendar.AddMonths(life.dues[0], -1, life.dueDay()), To: life.dues[0]}
		stub, err := money.Stub(life.prices[0], life.start, life.dues[0], life.dueDay(), life.base)
		post([]money.Line{stub}, err)
		run(money.Billed{Period: stub.Period, Cycle: cycle, Monthly: life.prices[0], Charged: stub.Amount})
	}
	for k, change := range life.changes {
		cycle := calendar.Period{From: life.dues[k], To: life.dues[k+1]}
		post([]money.Line{{Amount: life.prices[k], Memo: "billed whole on its due date"}}, nil)
		before, _, err := money.SplitLines(life.prices[k], cycle, change, life.base)
		post(nil, err)
		_, fresh, err := money.SplitLines(life.prices[k+1], cycle, change, life.base)
		post(nil, err)
		if change != cycle.To {
			swap, err := money.ChangePrice(life.prices[k], life.prices[k+1], cycle, change, life.base)
			post([]money.Line{{Amount: -swap.Credit, Memo: swap.CreditMemo}, {Amount: swap.Charge, Memo: swap.ChargeMemo}}, err)
		}
		run(money.Billed{Period: before.Period, Cycle: cycle, Monthly: life.prices[k], Charged: before.Amount})
		run(money.Billed{Period: fresh.Period, Cycle: cycle, Monthly: life.prices[k+1], Charged: fresh.Amount})
	}
	return sum
}

// dueDay is the largest day of the due dates: a day that a short month clamps comes back in a longer one.
func (life timeline) dueDay() (day int) {
	for _, due := range life.dues {
		day = max(day, due.Day())
	}
	return day
}

// piece is a run of days at one price, as money.md divides the time.
type piece struct {
	from, to      date
	cycle         int // days of its cycle
	price, amount cents
}

// pieces divides the timeline: a stub, and each period at its change.
func (life timeline) pieces() (all []piece) {
	if life.start != life.dues[0] {
		cycle := life.dues[0].DaysSince(calendar.AddMonths(life.dues[0], -1, life.dueDay()))
		p := piece{life.start, life.dues[0], cycle, life.prices[0], life.prices[0]}
		if days := p.to.DaysSince(p.from); days != cycle { // from the previous due date on it is a whole period
			p.amount = min(p.price, floor(p.price, days, life.days(cycle)))
		}
		all = append(all, p)
	}
	for k, change := range life.changes {
		cycle := life.dues[k+1].DaysSince(life.dues[k])
		first := func(price cents) cents {
			if change == life.dues[k+1] {
				return price
			}
			return min(price, floor(price, change.DaysSince(life.dues[k]), life.days(cycle)))
		}
		all = append(all, piece{life.dues[k], change, cycle, life.prices[k], first(life.prices[k])},
			piece{change, life.dues[k+1], cycle, life.prices[k+1], life.prices[k+1] - first(life.prices[k+1])})
	}
	return all
}

func (life timeline) days(cycle int) int {
	if life.base == money.BaseReal {
		return cycle
	}
	return 30
}

// away says in which gap, counted from 1, a day is unserved; the first one that has it counts.
func (life timeline) away(day date) int {
	for i, gap := range life.gaps {
		in := !day.Before(gap.Days.From) && day.Before(gap.Days.To)
		for _, trust := range gap.Served {
			in = in && (day.Before(trust.From) || !day.Before(trust.To))
		}
		if in {
			return i + 1
		}
	}
	return 0
}

// owed is the oracle: the pieces less their holes. A piece nobody was served in costs nothing; holes are rounded up and give back no more than the piece.
// It says besides what the served days are worth in exact fractions of their cycle, and how many roundings there were.
func (life timeline) owed() (sum cents, exact *big.Rat, roundings int64) {
	exact = new(big.Rat)
	for _, p := range life.pieces() {
		lost, served := map[int]int{}, 0
		for day := p.from; day.Before(p.to); day = day.AddDays(1) {
			if gap := life.away(day); gap > 0 {
				lost[gap]++
			} else {
				served++
			}
		}
		var back cents
		for _, days := range lost {
			back += ceil(p.price, days, life.days(p.cycle))
		}
		if served > 0 {
			sum += p.amount - min(p.amount, back)
		}
		exact.Add(exact, new(big.Rat).Mul(big.NewRat(int64(p.price), 1), big.NewRat(int64(served), int64(p.cycle))))
		roundings += int64(1 + len(lost))
	}
	return sum, exact, roundings
}

func TestATimelineCostsWhatMoneyMDSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		life := someTimeline(t)
		want, exact, roundings := life.owed()
		got := life.posted(t)
		if got != want {
			t.Fatalf("posted %v, the oracle says %v: %+v", got, want, life)
		}
		if got < 0 {
			t.Fatalf("%v is owed for %+v", got, life)
		}
		// With the real days of each cycle nothing but rounding parts the money from the days served: less than a cent for each piece and each hole.
		if off := exact.Sub(exact, big.NewRat(int64(got), 1)); life.base == money.BaseReal && off.Abs(off).Cmp(big.NewRat(roundings, 1)) >= 0 {
			t.Fatalf("%v is %s cents off the days served: %+v", got, off.FloatString(2), life)
		}
	})
}

func TestAServiceNeverInterruptedCostsItsPrice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		life := someTimeline(t)
		life.gaps, life.planned, life.start = nil, nil, life.dues[0]
		for k := range life.prices {
			life.prices[k] = life.prices[0] // a change to the same price nets zero
		}
		if got := life.posted(t); got != life.prices[0]*cents(len(life.changes)) {
			t.Fatalf("%d periods at %v cost %v", len(life.changes), life.prices[0], got)
		}
	})
}
