package money_test

import (
	"errors"
	"slices"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// The figures of money.md that are not in its data, and those it names to refuse them: each must differ from what the room reckons.

func on(iso string) date { return calendar.MustParse(iso) }

func period(from, to string) calendar.Period { return calendar.Period{From: on(from), To: on(to)} }

// refused is a figure another rule would give: it shows that the example tells the two apart.
func refused(t *testing.T, what string, chosen, other, printed cents) {
	t.Helper()
	equal(t, what+", by the rule refused", other, printed)
	if chosen == other {
		t.Errorf("%s: both rules give %v", what, chosen)
	}
}

func amounts(lines []money.Line) (all []cents) {
	for _, line := range lines {
		all = append(all, line.Amount)
	}
	return all
}

func TestM1TheFirstInstalment(t *testing.T) {
	terms := money.Terms{Price: money.Price{Contracted: 8990}, Start: on("2026-11-27"), FirstDue: on("2026-12-10"), DueDay: 10, Instalments: 12, Mode: money.Antecipado, Base: money.Base30}
	schedule := must(money.Schedule(terms))
	equal(t, "the first covers", schedule[0].Covers(), period("2026-11-27", "2027-01-10"))
	refused(t, "the stub alone", sums(schedule), sums(schedule)-8990, 1_027_85)
	refused(t, "half up", 3895, (8990*13*2+30)/60, 3896)
	terms.Mode = money.Postecipado
	schedule = must(money.Schedule(terms))
	equal(t, "the last covers", schedule[11].Covers(), period("2027-10-10", "2027-11-10"))
	terms.Mode, terms.Start = money.Antecipado, terms.FirstDue
	equal(t, "a renewal has no stub", len(must(money.Schedule(terms))[0].Lines), 1)
}

func TestM2MoreThanACycleBeforeTheFirstDue(t *testing.T) {
	terms := money.Terms{Price: money.Price{Contracted: 8990}, Start: on("2026-11-25"), FirstDue: on("2027-01-10"), DueDay: 10, Instalments: 1, Mode: money.Antecipado, Base: money.Base30}
	first := must(money.Schedule(terms))[0]
	if got := amounts(first.Lines); !slices.Equal(got, []cents{44_95, 89_90, 89_90}) {
		t.Errorf("%v", got)
	}
	refused(t, "46 days in one", first.Lines[0].Amount+first.Lines[1].Amount, floor(8990, 46, 30), 137_84)
	terms.Start = on("2026-11-09")
	if _, err := money.Schedule(terms); !errors.Is(err, money.ErrMoreThan2Cycles) {
		t.Errorf("more than two cycles: %v", err)
	}
}

func TestM2TheFirstInvoiceOfAMonthlyService(t *testing.T) {
	terms := money.Terms{Price: money.Price{Contracted: 9990}, Start: on("2026-12-08"), DueDay: 10, Base: money.Base30}
	for _, c := range []struct {
		mode       money.Mode
		start, due string
		lines      []cents
	}{
		{money.Postecipado, "2026-12-08", "2027-01-10", []cents{6_66, 99_90}},
		{money.Antecipado, "2026-12-08", "2026-12-13", []cents{6_66, 99_90}},
		{money.Postecipado, "2026-12-05", "2026-12-10", []cents{16_65}}, // five days are enough
		{money.Antecipado, "2026-12-05", "2026-12-10", []cents{16_65, 99_90}},
		{money.Postecipado, "2026-12-10", "2027-01-10", []cents{99_90}}, // from the due day itself on there is no stub
		{money.Antecipado, "2026-12-10", "2026-12-15", []cents{99_90}},
		{money.Postecipado, "2026-12-11", "2027-01-10", []cents{99_90}}, // 30 of 31 days, never above the price
		{money.Antecipado, "2026-12-11", "2027-01-10", []cents{99_90, 99_90}},
	} {
		terms.Mode, terms.Start = c.mode, on(c.start)
		first := must(money.FirstInvoice(terms, terms.Start))
		if got := amounts(first.Lines); first.Due != on(c.due) || !slices.Equal(got, c.lines) {
			t.Errorf("%s from %s: due %s, %v", c.mode, c.start, first.Due, got)
		}
	}
	terms.Mode, terms.Start = money.Antecipado, on("2026-12-08")
	first := must(money.FirstInvoice(terms, terms.Start))
	equal(t, "total", first.Total(), 106_56)
	equal(t, "the periods stay", first.Covers(), period("2026-12-08", "2027-01-10"))
	equal(t, "a Sunday, payable on", calendar.EffectiveLastDay(first.Due), on("2026-12-14"))
	for wrong, want := range map[int]error{0: money.ErrDueDay, 32: money.ErrDueDay} {
		terms.DueDay = wrong
		if _, err := money.FirstInvoice(terms, terms.Start); !errors.Is(err, want) {
			t.Errorf("due day %d: %v", wrong, err)
		}
	}
}

func TestM3EachItemCutAloneLosesACent(t *testing.T) {
	alone := floor(62_93, 13, 30) + floor(26_97, 13, 30)
	refused(t, "item by item", sumOf(money.Compose(38_95, []cents{62_93, 26_97})), alone, 38_94)
}

func sumOf(all []cents) (sum cents) {
	for _, one := range all {
		sum += one
	}
	return sum
}

func TestM4TheRestInTheLastPartIsUneven(t *testing.T) {
	last := 199_90 - 5*cents(199_90/6)
	refused(t, "the last part", must(money.Parts(199_90, 6))[5], last, 33_35)
}

func TestM5MidCycle(t *testing.T) {
	december := period("2026-12-10", "2027-01-10")
	change := must(money.ChangePrice(99_90, 129_90, december, on("2026-12-22"), money.Base30))
	refused(t, "the remaining days counted", change.Net(), floor(129_90, 19, 30)-floor(99_90, 19, 30), 82_27-63_27)
	real := must(money.ChangePrice(99_90, 129_90, december, on("2026-12-22"), money.BaseReal))
	equal(t, "credit, real base", real.Credit, 61_23)
	equal(t, "charge, real base", real.Charge, 79_62)
	equal(t, "net, real base", real.Net(), 18_39)
	february := period("2027-02-10", "2027-03-10")
	same := must(money.ChangePrice(99_90, 99_90, february, on("2027-02-24"), money.Base30))
	equal(t, "credit in February", same.Credit, 53_28)
	refused(t, "the same price, mixed", same.Net(), floor(99_90, 14, 30)-same.Credit, 46_62-53_28)
	before, _, err := money.SplitLines(99_90, december, on("2026-12-22"), money.Base30)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "postecipado, the invoice of 10/01", before.Amount+change.Charge, 117_90)
	equal(t, "is the price and the net", before.Amount+change.Charge, 99_90+change.Net())
	bridge := must(money.Schedule(money.Terms{Price: money.Price{Contracted: 99_90}, Start: on("2027-01-10"), FirstDue: on("2027-01-20"), DueDay: 20, Instalments: 1,
		Mode: money.Antecipado, Base: money.Base30}))[0]
	equal(t, "the bridge and its period", bridge.Total(), 133_20)
	bill := money.CloseBill([]money.Line{{Amount: 50_00}, {Amount: -71_94}, {Amount: 53_94}}, nil, 0)
	equal(t, "a downgrade lowers the next invoice", bill.Owed, 32_00)
	bill = money.CloseBill([]money.Line{{Amount: 10_00}, {Amount: -71_94}, {Amount: 53_94}}, nil, 0)
	equal(t, "never below 0", bill.Owed, 0)
	equal(t, "and the remainder is carried", bill.Carried, 8_00)
}

func TestM6BothHoldersByDaysPayTooMuch(t *testing.T) {
	first, rest, err := money.Split(89_90, period("2026-12-10", "2027-01-10"), on("2026-12-22"), money.Base30)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, "direct both ways", first+rest, floor(89_90, 12, 30)+floor(89_90, 19, 30), 92_89)
}

func TestM7ASuspensionIsAHole(t *testing.T) {
	refused(t, "the credit cut", must(money.Hole(89_90, period("2026-11-10", "2026-12-10"), period("2026-11-26", "2026-12-03"), money.Base30)), floor(89_90, 7, 30), 20_97)
	december := money.WholePeriod(89_90, period("2026-12-10", "2027-01-10"))
	line := must(december.Less([]money.Gap{{Days: period("2026-11-26", "2026-12-15")}}, money.Base30))
	refused(t, "the served days counted", line.Amount, floor(89_90, 26, 30), 77_91)
}

func TestM8APauseIsAHole(t *testing.T) {
	pause := []money.Gap{{Days: period("2027-01-20", "2027-02-20")}}
	january, february := money.WholePeriod(89_90, period("2027-01-10", "2027-02-10")), money.WholePeriod(89_90, period("2027-02-10", "2027-03-10"))
	owed := must(january.Less(pause, money.Base30)).Amount
	equal(t, "owed of January", owed, 26_97)
	refused(t, "ten served days counted", owed, floor(89_90, 10, 30), 29_96)
	equal(t, "credit, real base", must(january.Credits(pause, money.BaseReal))[0].Amount, -60_90)
	equal(t, "hole of February", must(february.Credits(pause, money.Base30))[0].Amount, -29_97)
	refused(t, "18 served days counted", must(february.Less(pause, money.Base30)).Amount, floor(89_90, 18, 30), 53_94)
	equal(t, "February, real base", must(february.Less(pause, money.BaseReal)).Amount, 57_79)
}

func TestM9TheOrderOfDiscounts(t *testing.T) {
	stub := must(money.Stub(money.Price{Contracted: 99_90, Fixed: 10_00, Months: 3}.Of(0), on("2026-11-27"), on("2026-12-10"), 10, money.Base30)).Amount
	refused(t, "prorated first", stub, floor(99_90, 13, 30)-10_00, 33_29)
	refused(t, "the discount cut, not the price", money.Price{Contracted: 89_90, Percent: 15_00}.Of(0), 89_90-floor(89_90, 15, 100), 76_42)
	equal(t, "fixed before percent", money.Price{Contracted: 99_90, Fixed: 10_00, Percent: 15_00}.Of(0), 76_41)
	equal(t, "never below 0", money.Price{Contracted: 5_00, Fixed: 10_00}.Of(0), 0)
	for paid, want := range map[string]cents{"2026-11-10": 5_00, "2026-11-20": 5_00, "2026-11-23": 5_00, "2026-11-24": 0} { // due on a holiday, payable on the 23rd
		equal(t, "until the due date, paid "+paid, money.Punctual(5_00, 99_90, on("2026-11-20"), on(paid)), want)
	}
	equal(t, "never below 0", money.Punctual(5_00, 3_00, on("2026-11-20"), on("2026-11-20")), 3_00)
}

func TestM10PaidInPart(t *testing.T) {
	due, part := on("2026-11-10"), []money.Payment{{On: on("2026-11-19"), Amount: 60_00}}
	debt := money.Reckon(150_00, due, part, on("2026-11-19"))
	equal(t, "fine on the 19th", debt.Fine, 3_00)
	equal(t, "interest on the 19th", debt.Charges()-debt.Fine, 45)
	equal(t, "open on the 19th", debt.Principal, 90_00)
	debt = money.Reckon(150_00, due, part, on("2026-12-10"))
	// Interest first (CC 354): 3,45 of the 60,00 go to the charges, the rest to the principal, and interest runs on that.
	open := 150_00 - (60_00 - 3_45)
	equal(t, "open, interest first", cents(open), 93_45)
	refused(t, "interest first", debt.Owed(), cents(open)+floor(cents(open), 21, 3000), 94_10)
	refused(t, "fine on what is left", debt.Owed(), 90_00+1_80+45+63, 92_88)
	whole := must(money.LateOn(3*33_33, due, due.AddDays(9)))
	equal(t, "interest on the invoice", whole.Interest, 29)
	equal(t, "fine on the invoice", whole.Fine, 1_99)
	each := must(money.LateOn(33_33, due, due.AddDays(9)))
	refused(t, "interest on each charge", whole.Interest, 3*each.Interest, 27)
	refused(t, "fine on each charge", whole.Fine, 3*each.Fine, 1_98)
	late := must(money.LateOn(99_90, due, due.AddDays(17)))
	refused(t, "a bank's daily interest", late.Interest, 17*floor(99_90, 1, 3000), 51)
	equal(t, "and the formula", late.Interest, 56)
	// A Pix at face value pays the principal: what is left is late charges alone.
	face := money.Reckon(99_90, due, []money.Payment{{On: due.AddDays(1), Amount: 99_90}}, due.AddDays(30))
	equal(t, "principal after a late Pix at face value", face.Principal, 0)
	equal(t, "charges after it", face.Owed(), 2_02)
	credited := money.Reckon(99_90-20_98, due, nil, due.AddDays(9))
	equal(t, "fine after a credit", credited.Fine, 1_57)
}

func TestM11DueOnAHoliday(t *testing.T) {
	due := on("2026-11-20")
	equal(t, "overdue from the 24th on", due.Before(calendar.OverdueBefore(on("2026-11-23"))), false)
	equal(t, "overdue from the 24th on", due.Before(calendar.OverdueBefore(on("2026-11-24"))), true)
	late := must(money.LateOn(100_00, due, on("2026-11-24")))
	refused(t, "counted from the effective day", late.Interest, floor(100_00, 1, 3000), 3)
}

func TestM12Loyalty(t *testing.T) {
	term := period("2026-06-15", "2027-06-15")
	penalty := money.LoyaltyPenalty(300_00, term, on("2026-11-23"))
	refused(t, "months started", penalty, 300_00*7/12, 175_00)
	refused(t, "whole months", penalty, 300_00*6/12, 150_00)
	equal(t, "on the last day", money.LoyaltyPenalty(300_00, term, on("2027-06-14")), 82)
	equal(t, "after the term", money.LoyaltyPenalty(300_00, term, on("2027-06-15")), 0)
	equal(t, "on the first day", money.LoyaltyPenalty(300_00, term, term.From), 300_00)
}
