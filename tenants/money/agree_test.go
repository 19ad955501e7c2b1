package money_test

import (
	"testing"
	"time"

	"enlace/tenants/calendar"
	"enlace/tenants/money"

	"pgregory.net/rapid"
)

func TestAnAgreementIsTheEntryAndThenEqualParts(t *testing.T) {
	parts, err := money.Agree(money.Agreeing{Owed: 320_00, Discount: 20_00, Entry: 100_00, EntryDue: calendar.On(2026, 11, 27), Parts: 3, FirstDue: calendar.On(2027, 1, 31)})
	want := []money.AgreedPart{
		{Due: calendar.On(2026, 11, 27), Amount: 100_00, Memo: "entrada de R$ 300,00"}, {Due: calendar.On(2027, 1, 31), Amount: 66_67, Memo: "parte 1 de 3 de R$ 200,00"},
		{Due: calendar.On(2027, 2, 28), Amount: 66_67, Memo: "parte 2 de 3 de R$ 200,00"}, {Due: calendar.On(2027, 3, 31), Amount: 66_66, Memo: "parte 3 de 3 de R$ 200,00"},
	}
	if err != nil || len(parts) != len(want) {
		t.Fatalf("%+v, %v", parts, err)
	}
	for k := range want {
		if parts[k] != want[k] {
			t.Errorf("%+v, want %+v", parts[k], want[k])
		}
	}
}

func TestAnAgreementThatCannotBeIsRefused(t *testing.T) {
	good := money.Agreeing{Owed: 300_00, Parts: 3, EntryDue: calendar.On(2026, 12, 1), FirstDue: calendar.On(2027, 1, 1)}
	for want, change := range map[error]func(*money.Agreeing){
		money.ErrOverDebt:  func(a *money.Agreeing) { a.Discount = 300_00 },
		money.ErrNegative:  func(a *money.Agreeing) { a.Entry = -1 },
		money.ErrNoEntry:   func(a *money.Agreeing) { a.Entry, a.FirstDue = 1, a.EntryDue },
		money.ErrPartEmpty: func(a *money.Agreeing) { a.Owed = 2 },
		money.ErrParts:     func(a *money.Agreeing) { a.Parts = 0 },
	} {
		a := good
		change(&a)
		if _, err := money.Agree(a); err != want {
			t.Errorf("%v, want %v", err, want)
		}
	}
	whole := good
	whole.Entry = 300_00
	if parts, err := money.Agree(whole); err != nil || len(parts) != 1 || parts[0].Amount != 300_00 {
		t.Errorf("all of it as the entry: %v, %v", parts, err)
	}
}

// The oracle reckons from money.md: M4 for the parts, and due dates that clamp to a month's end and return.
func TestAnAgreementsPartsAddUpToTheDebtLessTheDiscount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		owed := cents(rapid.Int64Range(100, 100_000_00).Draw(t, "owed"))
		discount := cents(rapid.Int64Range(0, int64(owed)/2).Draw(t, "discount"))
		n := rapid.IntRange(1, 24).Draw(t, "parts")
		entry := cents(rapid.Int64Range(0, int64(owed-discount)-int64(n)).Draw(t, "entry"))
		due := someDay.Draw(t, "first due")
		parts, err := money.Agree(money.Agreeing{Owed: owed, Discount: discount, Entry: entry, EntryDue: due.AddDays(-1), Parts: n, FirstDue: due})
		if err != nil {
			t.Fatal(err)
		}
		if entry > 0 {
			if parts[0].Amount != entry || parts[0].Due != due.AddDays(-1) {
				t.Fatalf("the entry is %+v", parts[0])
			}
			parts = parts[1:]
		}
		for k, want := range partsOracle(owed-discount-entry, n) {
			month := time.Date(due.Year(), due.Month()+time.Month(k), 1, 0, 0, 0, 0, time.UTC)
			last := month.AddDate(0, 1, -1).Day()
			if parts[k].Amount != want || parts[k].Due != calendar.On(month.Year(), month.Month(), min(due.Day(), last)) {
				t.Fatalf("part %d is %+v, want %s", k, parts[k], want)
			}
		}
	})
}

func TestAShareOfACreditIsRoundedUp(t *testing.T) {
	for _, one := range [][4]cents{{100, 1, 3, 34}, {100, 3, 3, 100}, {299, 89_90, 179_80, 150}, {0, 5, 7, 0}} {
		if got := money.ShareUp(one[0], one[1], one[2]); got != one[3] {
			t.Errorf("%v came to %d", one, got)
		}
	}
}
