// Package calendar reckons with civil dates: days without an hour, as printed on a boleto or agreed in a contract.
// It knows the Brazilian bank calendar. It has no clock: "today" always comes from the caller.
package calendar

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"time"
)

// Date is a civil day of the Gregorian calendar. The zero Date is "no date". Dates compare with == and order with Before and After.
type Date struct {
	day int32 // days counted from 0001-01-01, which is 1; 0 is "no date"
}

const (
	secondsADay = 24 * 60 * 60
	iso         = "2006-01-02"
)

var dayOne = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// On returns the date of a year, month and day. An overflowing day moves into the next month, as in package time.
func On(year int, month time.Month, day int) Date {
	return Of(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Of returns the date that t shows in its own zone.
func Of(t time.Time) Date {
	y, m, d := t.Date()
	return Date{int32((time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()-dayOne)/secondsADay) + 1}
}

// Parse reads an ISO date, 2026-12-10.
func Parse(s string) (Date, error) {
	t, err := time.Parse(iso, s)
	if err != nil || t.Year() == 0 {
		return Date{}, fmt.Errorf("%q is not a date", s)
	}
	return Of(t), nil
}

// The years a person means; another one is a slip of the finger.
const firstTyped, lastTyped = 1800, 2199

// ParseTyped reads a date as a person types it: 10/12/2026, with points or hyphens, 10122026 or 2026-12-10.
func ParseTyped(s string) (Date, error) {
	for _, layout := range []string{"02/01/2006", "2/1/2006", "2.1.2006", "2-1-2006", "02012006", iso} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= firstTyped && t.Year() <= lastTyped {
			return Of(t), nil
		}
	}
	return Date{}, fmt.Errorf("%q is not a date", s)
}

// MustParse is Parse for dates written in the code.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Time returns the first instant of d in UTC.
func (d Date) Time() time.Time {
	return time.Unix(int64(d.day-1)*secondsADay+dayOne, 0).UTC()
}

// At returns the instant of d at hour:minute of zone.
func (d Date) At(hour, minute int, zone *time.Location) time.Time {
	y, m, day := d.Time().Date()
	return time.Date(y, m, day, hour, minute, 0, 0, zone)
}

func (d Date) IsZero() bool          { return d.day == 0 }
func (d Date) Year() int             { return d.Time().Year() }
func (d Date) Month() time.Month     { return d.Time().Month() }
func (d Date) Day() int              { return d.Time().Day() }
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }
func (d Date) Before(e Date) bool    { return d.day < e.day }
func (d Date) After(e Date) bool     { return d.day > e.day }

// AddDays returns the date n days after d.
func (d Date) AddDays(n int) Date { return Date{d.day + int32(n)} }

// DaysSince returns how many days d lies after e.
func (d Date) DaysSince(e Date) int { return int(d.day - e.day) }

// YearsTo is how many birthdays lie between d, a day of birth, and e. Who was born on 29 February has it on 1 March in other years.
func (d Date) YearsTo(e Date) int {
	years := e.Year() - d.Year()
	if e.Month() < d.Month() || e.Month() == d.Month() && e.Day() < d.Day() {
		years--
	}
	return years
}

// String returns the ISO date, or "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(iso)
}

// BR returns the date as Brazil writes it, 10/12/2026, or "" for no date.
func (d Date) BR() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("02/01/2006")
}

var months = [12]string{"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"}

// InWords writes the day as contracts do: 23 de novembro de 2026, and 1º for the first.
func (d Date) InWords() string {
	day := strconv.Itoa(d.Day())
	if d.Day() == 1 {
		day = "1º"
	}
	return day + " de " + months[d.Month()-1] + " de " + strconv.Itoa(d.Year())
}

// DayMonth returns the date as it stands in running text, 10/12.
func (d Date) DayMonth() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("02/01")
}

// MarshalText writes the ISO date; it serves JSON and forms.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads an ISO date; empty text is no date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Value stores the date as ISO text, which both SQLite (text) and Postgres (date) take; no date is NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads what SQLite (text) or Postgres (a time at midnight) holds.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		*d = Of(v)
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("a date cannot be read from %T", src)
}
