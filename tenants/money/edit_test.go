package money_test

import (
	"errors"
	"slices"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

func carneOf3() []money.Instalment {
	return must(money.Schedule(money.Terms{Price: money.Price{Contracted: 89_90}, Start: calendar.On(2026, 11, 27), FirstDue: calendar.On(2026, 12, 10),
		DueDay: 10, Instalments: 3, Mode: money.Antecipado, Base: money.Base30}))
}

func TestADueDateMovesBetweenItsNeighboursAndThePeriodStays(t *testing.T) {
	schedule := carneOf3()
	for day, want := range map[string]error{
		"2027-01-15": nil,
		"2026-12-11": nil,
		"2027-02-09": nil,
		"2027-01-10": money.ErrUnchanged,
		"2026-12-10": money.ErrOrder,
		"2027-02-10": money.ErrOrder,
		"2028-01-01": money.ErrOrder,
	} {
		edited, err := money.EditDue(schedule, 1, 0, calendar.MustParse(day))
		if !errors.Is(err, want) || err == nil && (edited.Due.String() != day || edited.Covers() != schedule[1].Covers()) {
			t.Errorf("to %s: %v, %v", day, edited, err)
		}
	}
	if _, err := money.EditDue(schedule, 0, 0, calendar.On(2026, 11, 1)); err != nil {
		t.Errorf("the first has nothing before it: %v", err)
	}
	if _, err := money.EditDue(schedule, 2, 0, calendar.On(2028, 1, 1)); err != nil {
		t.Errorf("the last has nothing behind it: %v", err)
	}
	if _, err := money.EditDue(schedule, 1, 1, calendar.On(2027, 1, 15)); !errors.Is(err, money.ErrPaid) {
		t.Errorf("paid in part: %v", err)
	}
	equal(t, "the schedule given", schedule[1].Due, calendar.On(2027, 1, 10))
}

func TestAValueChangesByALineThatSaysWhy(t *testing.T) {
	first := carneOf3()[0]
	more := must(money.EditAmount(first, 0, 138_85, " mudança de endereço "))
	equal(t, "total", more.Total(), 138_85)
	equal(t, "line", more.Lines[2], money.Line{Period: first.Covers(), Amount: 10_00, Memo: "Acréscimo: mudança de endereço"})
	less := must(money.EditAmount(more, 0, 0, "cortesia"))
	equal(t, "total", less.Total(), 0)
	equal(t, "memo", less.Lines[3].Memo, "Desconto: cortesia")
	equal(t, "the days it covers", less.Covers(), first.Covers())
	if len(first.Lines) != 2 || !slices.Equal(more.Lines[:2], first.Lines) {
		t.Error("what stood there before has changed")
	}
	for want, c := range map[error]struct {
		paid, amount cents
		reason       string
	}{
		money.ErrPaid:      {1, 50_00, "cortesia"},
		money.ErrReason:    {0, 50_00, "  "},
		money.ErrUnchanged: {0, 128_85, "cortesia"},
		money.ErrNegative:  {0, -1, "cortesia"},
		money.ErrTooLarge:  {0, 1 << 60, "cortesia"},
	} {
		if _, err := money.EditAmount(first, c.paid, c.amount, c.reason); !errors.Is(err, want) {
			t.Errorf("%v: %v, want %v", c, err, want)
		}
	}
}
