package cnab

import (
	"strings"
	"time"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// count is a number that the file itself makes: a sequence, how many records.
func count[T any](start, length int, p part[T, int64]) field[T] {
	return field[T]{start, length, p.name,
		func(cell string, into *T) (bad Code) {
			*p.of(into), bad = number(cell)
			return bad
		},
		func(from *T, cell []byte) Code {
			if !putNumber(cell, *p.of(from)) {
				return FileFull
			}
			return ""
		}}
}

// cents is an amount with two decimals and no mark, zero padded. Blanks are refused: there a truncated line would read as nothing paid.
func cents[T any](start, length int, p part[T, money.Cents]) field[T] {
	return field[T]{start, length, p.name,
		func(cell string, into *T) Code {
			n, bad := number(cell)
			*p.of(into) = money.Cents(n)
			return bad
		},
		func(from *T, cell []byte) Code {
			if !putNumber(cell, int64(*p.of(from))) {
				return TooLarge
			}
			return ""
		}}
}

// centsOrBlank is an amount that some banks leave blank for zero.
func centsOrBlank[T any](start, length int, p part[T, money.Cents]) field[T] {
	f := cents(start, length, p)
	strict := f.read
	f.read = func(cell string, into *T) Code {
		if strings.TrimSpace(cell) == "" {
			*p.of(into) = 0
			return ""
		}
		return strict(cell, into)
	}
	return f
}

// ddmmyyyy and ddmmyy are dates; zeros or blanks are no date, which is written as zeros. Years of two digits are of this century.
func ddmmyyyy[T any](start int, p part[T, calendar.Date]) field[T] { return date(start, 8, p) }

func ddmmyy[T any](start int, p part[T, calendar.Date]) field[T] { return date(start, 6, p) }

func date[T any](start, length int, p part[T, calendar.Date]) field[T] {
	return field[T]{start, length, p.name,
		func(cell string, into *T) (bad Code) {
			*p.of(into), bad = readDate(cell)
			return bad
		},
		func(from *T, cell []byte) Code { return putDate(cell, *p.of(from)) }}
}

// mostCents is the first amount taken for damage: ten billion reais, where a boleto ends at a hundred million.
const mostCents = 1_000_000_000_000

func number(cell string) (int64, Code) {
	if strings.TrimSpace(cell) == "" {
		return 0, Missing
	}
	n := int64(0)
	for i := range len(cell) {
		if cell[i] < '0' || cell[i] > '9' {
			return 0, NotANumber
		}
		if n = 10*n + int64(cell[i]-'0'); n >= mostCents {
			return 0, Implausible
		}
	}
	return n, ""
}

// putNumber writes n over the whole cell, and returns false when it does not fit.
func putNumber(cell []byte, n int64) bool {
	if n < 0 {
		return false
	}
	for i := len(cell) - 1; i >= 0; i-- {
		cell[i] = byte('0' + n%10)
		n /= 10
	}
	return n == 0
}

// readDate reads DDMMAAAA or DDMMAA, by the width of the cell.
func readDate(cell string) (calendar.Date, Code) {
	if strings.Trim(cell, "0 ") == "" {
		return calendar.Date{}, ""
	}
	layout := "02012006"
	if len(cell) == 6 {
		layout = "020106"
	}
	if !onlyDigits(cell) {
		return calendar.Date{}, NotADate
	}
	day, err := time.Parse(layout, cell)
	if err != nil || day.Year() < 1 {
		return calendar.Date{}, NotADate
	}
	if day.Year() < 2000 && len(cell) == 6 {
		day = day.AddDate(100, 0, 0)
	}
	return calendar.Of(day), ""
}

// putDate writes DDMMAAAA or DDMMAA, by the width of the cell; no date is zeros.
func putDate(cell []byte, day calendar.Date) Code {
	if day.IsZero() {
		fillZeros(cell)
		return ""
	}
	year, month, d := day.Time().Date()
	if year > 9999 || len(cell) == 6 && year/100 != 20 {
		return NotADate
	}
	putNumber(cell[:2], int64(d))
	putNumber(cell[2:4], int64(month))
	if len(cell) == 6 {
		year %= 100
	}
	putNumber(cell[4:], int64(year))
	return ""
}

func fillZeros(cell []byte) {
	for i := range cell {
		cell[i] = '0'
	}
}
