package calendar_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"enlace/tenants/calendar"
)

type bankCalendar struct {
	Holidays map[string]map[string]string `json:"bank_holidays"`
	Shifts   []struct {
		Due  calendar.Date `json:"due"`
		Last calendar.Date `json:"effective_last_day_without_charges"`
	} `json:"due_date_shift"`
}

func published(t *testing.T) (c bankCalendar) {
	t.Helper()
	data, err := os.ReadFile("testdata/bank_calendar.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestHolidaysAreThePublishedOnesAndNoOthers(t *testing.T) {
	for year, holidays := range published(t).Holidays {
		days := 0
		for d := calendar.MustParse(year + "-01-01"); d.String() <= year+"-12-31"; d = d.AddDays(1) {
			_, want := holidays[d.String()]
			if got := calendar.Holiday(d) != ""; got != want {
				t.Errorf("%s: holiday = %v, published %v", d, got, want)
			}
			days++
		}
		if days < 365 {
			t.Fatalf("only %d days of %s were looked at", days, year)
		}
	}
}

func TestDueDateMovesToTheNextBusinessDay(t *testing.T) {
	for _, shift := range published(t).Shifts {
		if got := calendar.EffectiveLastDay(shift.Due); got != shift.Last {
			t.Errorf("due %s: payable until %s, published %s", shift.Due, got, shift.Last)
		}
	}
}

// moons are the paschal full moons of the Gregorian calendar by golden number, as days of March; they hold from 1900 to 2199.
var moons = [19]int{45, 34, 23, 42, 31, 49, 39, 28, 47, 36, 25, 44, 33, 22, 41, 30, 48, 38, 27}

// sundayAfterTheMoon is Easter by the table of the church: the Sunday after the paschal full moon.
func sundayAfterTheMoon(year int) time.Time {
	day := time.Date(year, 3, moons[year%19]+1, 12, 0, 0, 0, time.UTC)
	for day.Weekday() != time.Sunday {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// The list of Resolução CMN 4.880/2020 for every year, made from the table and package time alone.
func TestTheBankCalendarOf2020To2060(t *testing.T) {
	for year := 2020; year <= 2060; year++ {
		easter := sundayAfterTheMoon(year)
		if got := calendar.Easter(year); got != calendar.Of(easter) {
			t.Errorf("Easter of %d is %s, the table says %s", year, got, easter.Format(time.DateOnly))
		}
		closed := map[string]bool{}
		for _, day := range []string{"01-01", "04-21", "05-01", "09-07", "10-12", "11-02", "11-15", "12-25"} {
			closed[day] = true
		}
		closed["11-20"] = year >= 2024
		for _, days := range []int{-48, -47, -2, 60} { // Carnival, Good Friday, Corpus Christi
			closed[easter.AddDate(0, 0, days).Format("01-02")] = true
		}
		isOpen := func(day time.Time) bool { // January opens as every year's does: its first day alone is closed
			return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday && !closed[day.Format("01-02")]
		}
		for day := time.Date(year, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
			d := calendar.Of(day)
			if got, want := calendar.Holiday(d) != "", closed[day.Format("01-02")]; got != want {
				t.Errorf("%s: holiday = %v, want %v", d, got, want)
			}
			last := day
			for !isOpen(last) {
				last = last.AddDate(0, 0, 1)
			}
			if got := calendar.EffectiveLastDay(d); got != calendar.Of(last) {
				t.Errorf("due %s: payable until %s, want %s", d, got, last.Format(time.DateOnly))
			}
		}
	}
}

func TestConscienciaNegraIsNationalOnlySince2024(t *testing.T) {
	if calendar.Holiday(calendar.On(2023, 11, 20)) != "" || calendar.Holiday(calendar.On(2024, 11, 20)) == "" {
		t.Error("20 November is a bank holiday from 2024 on, not before")
	}
}

func TestEveryDateOfTwoCenturiesAgreesWithPackageTime(t *testing.T) {
	at := time.Date(1900, 1, 1, 12, 0, 0, 0, time.UTC)
	d := calendar.On(1900, 1, 1)
	for range 73_050 {
		y, m, day := at.Date()
		if d.Year() != y || d.Month() != m || d.Day() != day || d.Weekday() != at.Weekday() || d != calendar.On(y, m, day) {
			t.Fatalf("%s differs from %s", d, at)
		}
		if back, err := calendar.Parse(d.String()); err != nil || back != d {
			t.Fatalf("%s does not read back: %v", d, err)
		}
		at, d = at.AddDate(0, 0, 1), d.AddDays(1)
	}
}

func TestDueDaysClampAndReturn(t *testing.T) {
	for _, c := range []struct {
		from   string
		n, day int
		want   string
	}{
		{"2027-01-30", 1, 30, "2027-02-28"},
		{"2027-02-28", 1, 30, "2027-03-30"},
		{"2028-01-29", 1, 29, "2028-02-29"},
		{"2027-01-31", 1, 31, "2027-02-28"},
		{"2027-02-28", 2, 31, "2027-04-30"},
		{"2026-12-10", 1, 10, "2027-01-10"},
		{"2027-01-10", -1, 10, "2026-12-10"},
		{"2027-03-30", -13, 30, "2026-02-28"},
	} {
		if got := calendar.AddMonths(calendar.MustParse(c.from), c.n, c.day).String(); got != c.want {
			t.Errorf("%s %+d months on day %d: %s, want %s", c.from, c.n, c.day, got, c.want)
		}
	}
	if got := calendar.NextDue(calendar.On(2026, 12, 10), 10).String(); got != "2027-01-10" {
		t.Errorf("the next due date after a due date is a month on, got %s", got)
	}
	if got := calendar.NextDue(calendar.On(2026, 12, 9), 10).String(); got != "2026-12-10" {
		t.Errorf("got %s", got)
	}
}

func TestNoCutOnFridayWeekendHolidayOrEve(t *testing.T) {
	city := calendar.Local{calendar.On(2026, 12, 8): "Imaculada Conceição"}
	for day, may := range map[string]bool{
		"2026-11-26": true,  // Thursday
		"2026-11-27": false, // Friday
		"2026-11-28": false, // Saturday
		"2026-12-24": false, // eve of Christmas
		"2026-12-25": false,
		"2026-12-07": false, // eve of the city's holiday
		"2026-12-08": false, // the city's holiday
		"2026-12-09": true,
	} {
		if got := city.MayCut(calendar.MustParse(day)); got != may {
			t.Errorf("%s: may cut = %v, want %v", day, got, may)
		}
	}
	if got := calendar.EffectiveLastDay(calendar.On(2026, 12, 8)).String(); got != "2026-12-08" {
		t.Errorf("a local holiday never moves a due date, got %s", got)
	}
}

func TestDatesAreReadAsTypedAndNothingElse(t *testing.T) {
	for _, typed := range []string{"10/12/2026", "10122026", "2026-12-10", "10.12.2026", "10-12-2026"} {
		if d, err := calendar.ParseTyped(typed); err != nil || d.String() != "2026-12-10" {
			t.Errorf("%s: %s, %v", typed, d, err)
		}
	}
	for _, typed := range []string{"", "31/02/2026", "2026-02-29", "10/12/26", "amanhã", "0000-01-01", "01/01/0026", "10/12/1206", "10/12/9999", "2026-12-10T00:00:00Z"} {
		if d, err := calendar.ParseTyped(typed); err == nil {
			t.Errorf("%q was read as %s", typed, d)
		}
	}
}

func TestTheStoreGivesBackWhatItTook(t *testing.T) {
	d := calendar.On(2026, 12, 10)
	for _, held := range []any{"2026-12-10", []byte("2026-12-10"), time.Date(2026, 12, 10, 0, 0, 0, 0, time.UTC)} {
		var got calendar.Date
		if err := got.Scan(held); err != nil || got != d {
			t.Errorf("%T: %s, %v", held, got, err)
		}
	}
	none := d
	if err := none.Scan(nil); err != nil || !none.IsZero() {
		t.Errorf("NULL is no date, got %s, %v", none, err)
	}
	if v, _ := (calendar.Date{}).Value(); v != nil {
		t.Errorf("no date is stored as NULL, not %v", v)
	}
	if err := none.Scan(7); err == nil {
		t.Error("a number is no date")
	}
}

func TestDaysTouchedBetweenTwoInstants(t *testing.T) {
	zone := time.FixedZone("-03", -3*60*60)
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, zone) }
	for _, c := range []struct {
		from, until time.Time
		want        string
	}{
		{at(28, 10), at(29, 8), "de 28/11 a 30/11"},
		{at(28, 10), at(28, 11), "de 28/11 a 29/11"},
		{at(28, 23), at(29, 0), "de 28/11 a 29/11"}, // midnight does not touch the day that begins
		{at(28, 10), at(28, 10), "de 28/11 a 28/11"},
		{at(29, 10), at(28, 10), "de 29/11 a 29/11"},
	} {
		if got := calendar.Touched(c.from, c.until); got.String() != c.want {
			t.Errorf("from %s to %s: %s, want %s", c.from, c.until, got, c.want)
		}
	}
}

func BenchmarkEffectiveLastDay(b *testing.B) {
	b.ReportAllocs()
	carnival := calendar.On(2027, 2, 6) // a Saturday before four more days without banks
	for b.Loop() {
		if calendar.EffectiveLastDay(carnival) != calendar.On(2027, 2, 10) {
			b.Fatal("wrong")
		}
	}
}

func BenchmarkAddMonths(b *testing.B) {
	b.ReportAllocs()
	day := calendar.On(2027, 1, 31)
	for b.Loop() {
		if calendar.AddMonths(day, 1, 31) != calendar.On(2027, 2, 28) {
			b.Fatal("wrong")
		}
	}
}

func BenchmarkDateString(b *testing.B) {
	b.ReportAllocs()
	day := calendar.On(2026, 12, 10)
	for b.Loop() {
		if day.BR() != "10/12/2026" {
			b.Fatal("wrong")
		}
	}
}

func BenchmarkParseDate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := calendar.Parse("2026-12-10"); err != nil {
			b.Fatal(err)
		}
	}
}

func TestBirthdaysAreCounted(t *testing.T) {
	for _, c := range []struct {
		born, on string
		years    int
	}{{"1988-03-14", "2026-03-13", 37}, {"1988-03-14", "2026-03-14", 38}, {"2000-02-29", "2025-02-28", 24}, {"2000-02-29", "2025-03-01", 25}, {"2026-11-27", "2026-11-27", 0}} {
		if years := calendar.MustParse(c.born).YearsTo(calendar.MustParse(c.on)); years != c.years {
			t.Errorf("born on %s, %d on %s", c.born, years, c.on)
		}
	}
}
