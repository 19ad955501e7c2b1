package cnab

import (
	"strings"
	"time"

	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// table says where a kind of record holds what a T wants to know. A new bank is a new table.
type table[T any] []field[T]

// field is a run of columns, from 1 as the manuals count, and how its text becomes a part of T.
type field[T any] struct {
	start, length int
	read          func(cell string, into *T) Code
}

// read fills into from a line and stops at the first field that is not what it should be.
func (tab table[T]) read(l line, into *T) *Problem {
	for _, f := range tab {
		if code := f.read(l.cell(f.start, f.length), into); code != "" {
			return &Problem{l.number, f.start, code}
		}
	}
	return nil
}

// text is a field of letters and figures, blanks at its ends taken away.
func text[T any](start, length int, of func(*T) *string) field[T] {
	return field[T]{start, length, func(cell string, into *T) Code {
		if strings.ContainsFunc(cell, func(c rune) bool { return c < ' ' || c == 0x7f }) {
			return NotText
		}
		*of(into) = strings.TrimSpace(fromLatin1(cell))
		return ""
	}}
}

// code is a text that may not be blank.
func code[T any](start, length int, of func(*T) *string) field[T] {
	plain := text(start, length, of)
	return field[T]{start, length, func(cell string, into *T) Code {
		if strings.TrimSpace(cell) == "" {
			return Missing
		}
		return plain.read(cell, into)
	}}
}

// cents is an amount with two decimals and no mark, zero padded. Blanks are refused: there a truncated line would read as nothing paid.
func cents[T any](start, length int, of func(*T) *money.Cents) field[T] {
	return field[T]{start, length, func(cell string, into *T) Code {
		n, bad := number(cell)
		*of(into) = money.Cents(n)
		return bad
	}}
}

// centsOrBlank is an amount that some banks leave blank for zero.
func centsOrBlank[T any](start, length int, of func(*T) *money.Cents) field[T] {
	strict := cents(start, length, of)
	return field[T]{start, length, func(cell string, into *T) Code {
		if strings.TrimSpace(cell) == "" {
			*of(into) = 0
			return ""
		}
		return strict.read(cell, into)
	}}
}

// ddmmyyyy and ddmmyy are dates; zeros or blanks are no date. Years of two digits are of this century.
func ddmmyyyy[T any](start int, of func(*T) *calendar.Date) field[T] {
	return date(start, "02012006", of)
}

func ddmmyy[T any](start int, of func(*T) *calendar.Date) field[T] {
	return date(start, "020106", of)
}

func date[T any](start int, layout string, of func(*T) *calendar.Date) field[T] {
	return field[T]{start, len(layout), func(cell string, into *T) Code {
		if strings.Trim(cell, "0 ") == "" {
			*of(into) = calendar.Date{}
			return ""
		}
		if strings.Trim(cell, "0123456789") != "" {
			return NotADate
		}
		day, err := time.Parse(layout, cell)
		if err != nil || day.Year() < 1 {
			return NotADate
		}
		if day.Year() < 2000 && layout == "020106" {
			day = day.AddDate(100, 0, 0)
		}
		*of(into) = calendar.Of(day)
		return ""
	}}
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

// Where the columns of every layout lead to.
func agreementCode(r *Return) *string    { return &r.Agreement.Code }
func agreementBranch(r *Return) *string  { return &r.Agreement.Branch }
func agreementAccount(r *Return) *string { return &r.Agreement.Account }
func fileSequence(r *Return) *string     { return &r.FileSequence }
func writtenOn(r *Return) *calendar.Date { return &r.WrittenOn }
func nossoNumero(t *Title) *string       { return &t.NossoNumero }
func document(t *Title) *string          { return &t.Document }
func control(t *Title) *string           { return &t.Control }
func movement(t *Title) *string          { return &t.Movement }
func reasons(t *Title) *string           { return &t.Reasons }
func channel(t *Title) *string           { return &t.Channel }
func pixPayload(t *Title) *string        { return &t.PixPayload }
func due(t *Title) *calendar.Date        { return &t.Due }
func occurredOn(t *Title) *calendar.Date { return &t.OccurredOn }
func creditedOn(t *Title) *calendar.Date { return &t.CreditedOn }
func nominal(t *Title) *money.Cents      { return &t.Nominal }
func paid(t *Title) *money.Cents         { return &t.Paid }
func net(t *Title) *money.Cents          { return &t.Net }
func fee(t *Title) *money.Cents          { return &t.Fee }
func interest(t *Title) *money.Cents     { return &t.Interest }
func discount(t *Title) *money.Cents     { return &t.Discount }
func rebate(t *Title) *money.Cents       { return &t.Rebate }
