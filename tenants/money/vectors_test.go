package money_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

type (
	cents = money.Cents
	date  = calendar.Date
	pair  [2]date
)

func (p pair) period() calendar.Period { return calendar.Period{From: p[0], To: p[1]} }

// vectors are the worked examples of the pricing rules, as published to us.
type vectors struct {
	Stub []struct {
		Monthly   cents
		Start     date
		First_due date
		Base      money.Base
		Days      int
		Amount    cents
	}
	Carne []struct {
		Monthly              cents
		Start                date
		First_due            date
		Instalments          int
		Mode                 money.Mode
		First, Others, Total cents
	}
	Composition []struct {
		Items, Parts map[string]cents
		Amount       cents
	}
	Parts []struct {
		Total cents
		N     int
		Parts []cents
	}
	Plan_change []struct {
		Period              pair
		Day                 date
		From, To            cents
		Base                money.Base
		Credit, Charge, Net *cents
	}
	Due_day_change []struct {
		Monthly cents
		To_day  int
		Bridge  pair
		Amount  cents
	}
	Transfer []struct {
		Monthly  cents
		Period   pair
		Day      date
		Base     money.Base
		Old, New cents
	}
	Suspension []struct {
		Monthly             cents
		Suspended, Restored date
		Period              *pair
		Base                money.Base
		Credit, Charge      cents
	}
	Pause []struct {
		Monthly        cents
		From, To       date
		Credit_current cents
		Charge_next    cents
	}
	Discount []struct {
		Price, Fixed, Stub, Result cents
		Percent, Days              int
	}
	Late []struct {
		Amount      cents
		Due         date
		Payments    []money.Payment
		Paid        date
		Settle_on   date
		Fine        cents
		Interest    []cents
		Owed, Total cents
		Days_late   int
	}
	Loyalty []struct {
		Benefit      cents
		From, To, On date
		Penalty      cents
	}
}

func read[T any](t *testing.T, name string) (v T) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestPublishedExamples(t *testing.T) {
	v := read[vectors](t, "money.json")
	for _, c := range v.Stub {
		line := must(money.Stub(c.Monthly, c.Start, c.First_due, c.First_due.Day(), c.Base))
		equal(t, "stub from "+c.Start.String(), line.Amount, c.Amount)
		equal(t, "days", line.Period.Days(), c.Days)
	}
	for _, c := range v.Carne {
		schedule := must(money.Schedule(money.Terms{Price: money.Price{Contracted: c.Monthly}, Start: c.Start, FirstDue: c.First_due,
			DueDay: c.First_due.Day(), Instalments: c.Instalments, Mode: c.Mode, Base: money.Base30}))
		equal(t, "first instalment", schedule[0].Total(), c.First)
		var total cents
		for k, instalment := range schedule {
			if total += instalment.Total(); k > 0 && c.Others > 0 {
				equal(t, "instalment", instalment.Total(), c.Others)
			}
		}
		if c.Total > 0 {
			equal(t, "carnê", total, c.Total)
		}
	}
	for _, c := range v.Composition {
		shares := money.Compose(c.Amount, []cents{c.Items["SCM"], c.Items["SVA"]})
		equal(t, "SCM", shares[0], c.Parts["SCM"])
		equal(t, "SVA", shares[1], c.Parts["SVA"])
	}
	for _, c := range v.Parts {
		if parts := must(money.Parts(c.Total, c.N)); !slices.Equal(parts, c.Parts) {
			t.Errorf("parts: got %v, want %v", parts, c.Parts)
		}
	}
}

func TestPublishedChanges(t *testing.T) {
	v := read[vectors](t, "money.json")
	for _, c := range v.Plan_change {
		change := must(money.ChangePrice(c.From, c.To, c.Period.period(), c.Day, c.Base))
		equal(t, "net", change.Net(), *c.Net)
		if c.Credit != nil {
			equal(t, "credit", change.Credit, *c.Credit)
			equal(t, "charge", change.Charge, *c.Charge)
		}
	}
	for _, c := range v.Due_day_change {
		line := must(money.Stub(c.Monthly, c.Bridge[0], c.Bridge[1], c.To_day, money.Base30))
		equal(t, "bridge", line.Amount, c.Amount)
	}
	for _, c := range v.Transfer {
		first, rest, err := money.Split(c.Monthly, c.Period.period(), c.Day, c.Base)
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "old holder", first, c.Old)
		equal(t, "new holder", rest, c.New)
	}
	for _, c := range v.Suspension {
		if c.Period == nil { // the gap lies in the period billed on 10/11
			billed := money.WholePeriod(c.Monthly, calendar.Period{From: calendar.On(2026, 11, 10), To: calendar.On(2026, 12, 10)})
			credits := must(billed.Credits([]money.Gap{{Days: calendar.Period{From: c.Suspended, To: c.Restored}}}, c.Base))
			equal(t, "credit of a suspension", credits[0].Amount, -c.Credit)
			continue
		}
		gap := money.Gap{Days: calendar.Period{From: c.Period[0].AddDays(-14), To: c.Restored}}
		equal(t, "unserved on the due day", gap.Unserved(c.Period[0]), true)
		line := must(money.WholePeriod(c.Monthly, c.Period.period()).Less([]money.Gap{gap}, money.Base30))
		equal(t, "charge of the period restored in", line.Amount, c.Charge)
	}
	for _, c := range v.Pause {
		day := func(m int) date { return calendar.AddMonths(calendar.On(2027, 1, 10), m, 10) }
		pause := []money.Gap{{Days: calendar.Period{From: c.From, To: c.To}}}
		credits := must(money.WholePeriod(c.Monthly, calendar.Period{From: day(0), To: day(1)}).Credits(pause, money.Base30))
		equal(t, "credit of the billed period", credits[0].Amount, -c.Credit_current)
		line := must(money.WholePeriod(c.Monthly, calendar.Period{From: day(1), To: day(2)}).Less(pause, money.Base30))
		equal(t, "charge of the next period", line.Amount, c.Charge_next)
	}
	for _, c := range v.Discount {
		price := money.Price{Contracted: c.Price, Fixed: c.Fixed, Percent: c.Percent * 100}.Of(0)
		if c.Days == 0 {
			equal(t, "percent discount", price, c.Result)
			continue
		}
		due := calendar.On(2026, 12, 10)
		line := must(money.Stub(price, due.AddDays(-c.Days), due, 10, money.Base30))
		equal(t, "discount before proration", line.Amount, c.Stub)
	}
	for _, c := range v.Loyalty {
		equal(t, "loyalty", money.LoyaltyPenalty(c.Benefit, calendar.Period{From: c.From, To: c.To}, c.On), c.Penalty)
	}
}

func TestPublishedLateCharges(t *testing.T) {
	for _, c := range read[vectors](t, "money.json").Late {
		if c.Settle_on.IsZero() {
			late := must(money.LateOn(c.Amount, c.Due, c.Paid))
			equal(t, "days late", late.Days, c.Days_late)
			equal(t, "total", c.Amount+late.Fine+late.Interest, c.Total)
			continue
		}
		debt := money.Reckon(c.Amount, c.Due, c.Payments, c.Settle_on)
		equal(t, "fine", debt.Fine, c.Fine)
		equal(t, "owed", debt.Owed(), c.Owed)
		for i, line := range debt.Interest {
			equal(t, "interest", line.Amount, c.Interest[i])
		}
	}
	fees := read[struct {
		Fees []struct {
			Amount_cents, Multa_cents, Juros_cents, Total_cents cents
			Days_late                                           int
		}
	}](t, "fees.json").Fees
	for _, c := range fees {
		due := calendar.On(2026, 11, 10)
		late := must(money.LateOn(c.Amount_cents, due, due.AddDays(c.Days_late)))
		equal(t, "multa", late.Fine, c.Multa_cents)
		equal(t, "juros", late.Interest, c.Juros_cents)
		equal(t, "total", c.Amount_cents+late.Fine+late.Interest, c.Total_cents)
	}
	if len(fees) < 6 {
		t.Fatalf("only %d published fees were read", len(fees))
	}
}
