package cnab

import (
	"strings"

	"enlace/tenants/brazil"
	"enlace/tenants/money"
)

var (
	monthlyRate   = part[record, int]{"interest", func(r *record) *int { return &r.Interest }}
	fineRate      = part[record, int]{"fine", func(r *record) *int { return &r.Fine }}
	discounted    = part[record, money.Cents]{"discount", func(r *record) *money.Cents { return &r.Discount }}
	hasInterest   = func(r *record) bool { return r.Interest > 0 }
	hasFine       = func(r *record) bool { return r.Fine > 0 }
	hasDiscount   = func(r *record) bool { return r.Discount > 0 }
	registersFine = func(r *record) bool { return hasFine(r) && (r.Command == Register || r.Command == ChangeOther) }
)

// inscription is a CPF (1) or a CNPJ (2, letters allowed since July 2026) behind its kind, which takes one column in CNAB 240 and two in 400.
func inscription(start, kind, width int, p part[record, string]) field[record] {
	return field[record]{start, kind + width, p.name,
		func(cell string, into *record) Code {
			length := map[string]int{"1": 11, "2": 14}[strings.TrimLeft(cell[:kind], "0")]
			if length == 0 {
				return Unexpected
			}
			*p.of(into) = cell[len(cell)-length:]
			return ""
		},
		func(from *record, cell []byte) Code {
			number := *p.of(from)
			fillZeros(cell)
			switch len(number) {
			case 11:
				cell[kind-1] = '1'
			case 14:
				cell[kind-1] = '2'
			default:
				return NotADocument
			}
			copy(cell[len(cell)-len(number):], number)
			return ""
		}}
}

// wholeAddress is street, district, city and state one after the other, for banks with columns for no more. It is cut where they end: the CEP,
// which has its own, says the city.
func wholeAddress(start, length int) field[record] {
	f := text(start, length, payerStreet)
	f.write = func(from *record, cell []byte) Code {
		to := &from.Payer
		end := 0
		for _, s := range []string{to.Street, to.District, to.City, to.UF} {
			start := end
			if start > 0 {
				start = min(start+1, len(cell)) // behind a blank
			}
			if n := brazil.PutBankText(cell[start:], s); n > 0 {
				end = start + n
			}
		}
		return ""
	}
	return f
}

// choice is a code that follows from the order.
func choice(start int, yes, no string, holds func(*record) bool) field[record] {
	return field[record]{start, len(yes), "",
		func(cell string, _ *record) Code {
			if cell != yes && cell != no {
				return Unexpected
			}
			return ""
		},
		func(from *record, cell []byte) Code {
			value := no
			if holds(from) {
				value = yes
			}
			copy(cell, value)
			return ""
		}}
}

// dayAfterDue is the first day of a late charge, or zeros without one. Some banks refuse the due date itself.
func dayAfterDue(start, length int, holds func(*record) bool) field[record] {
	return field[record]{start, length, dueOn.name,
		func(cell string, _ *record) Code {
			_, bad := readDate(cell)
			return bad
		},
		func(from *record, cell []byte) Code {
			if !holds(from) {
				fillZeros(cell)
				return ""
			}
			return putDate(cell, from.Due.AddDays(1))
		}}
}

// percent is a rate; ours has two decimals, and the bank's may have more.
func percent(start, length, decimals int, p part[record, int]) field[record] {
	scale := int64(1)
	for range decimals - 2 {
		scale *= 10
	}
	return field[record]{start, length, p.name,
		func(cell string, into *record) Code {
			n, bad := number(cell)
			if n%scale != 0 {
				return Unexpected
			}
			*p.of(into) = int(n / scale)
			return bad
		},
		func(from *record, cell []byte) Code {
			if !putNumber(cell, int64(*p.of(from))*scale) {
				return TooLarge
			}
			return ""
		}}
}

// daily is the interest of one day in cents, cut: what banks take that know no monthly rate. It comes to less than the month's (money.md M10).
func daily(start, length int) field[record] {
	return field[record]{start, length, monthlyRate.name,
		func(cell string, into *record) (bad Code) {
			_, bad = number(cell)
			return bad
		},
		func(from *record, cell []byte) Code {
			if !putNumber(cell, int64(dailyInterest(from.Amount, from.Interest))) {
				return TooLarge
			}
			return ""
		}}
}

func dailyInterest(amount money.Cents, rate int) money.Cents {
	return amount * money.Cents(rate) / (30 * 100 * 100)
}
