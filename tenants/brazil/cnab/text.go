package cnab

import (
	"strings"

	"enlace/tenants/brazil"
)

// text is a field of letters and figures, blanks at its ends taken away. Written, it is upper case without accents, and cut at the end.
func text[T any](start, length int, p part[T, string]) field[T] {
	return field[T]{start, length, p.name,
		func(cell string, into *T) Code {
			if strings.ContainsFunc(cell, func(c rune) bool { return c < ' ' || c == 0x7f }) {
				return NotText
			}
			*p.of(into) = strings.TrimSpace(fromLatin1(cell))
			return ""
		},
		func(from *T, cell []byte) Code {
			brazil.PutBankText(cell, *p.of(from))
			return ""
		}}
}

// exact is a text that must come back as it went: a mark, a number with letters. Too long, it is refused, not cut.
func exact[T any](start, length int, p part[T, string]) field[T] {
	f := text(start, length, p)
	f.write = func(from *T, cell []byte) Code {
		mark := *p.of(from)
		for i := range len(mark) {
			if c := mark[i]; c < ' ' || c > '~' || c >= 'a' && c <= 'z' {
				return NotText
			}
		}
		if len(mark) > len(cell) {
			return TooLong
		}
		copy(cell, mark)
		return ""
	}
	return f
}

// needed is a field that may not be blank.
func needed[T any](f field[T]) field[T] {
	plain := f
	f.read = func(cell string, into *T) Code {
		if strings.TrimSpace(cell) == "" {
			return Missing
		}
		return plain.read(cell, into)
	}
	f.write = func(from *T, cell []byte) Code {
		code := plain.write(from, cell)
		if code == "" && isBlank(cell) {
			return Missing
		}
		return code
	}
	return f
}

func isBlank(cell []byte) bool {
	for _, c := range cell {
		if c != ' ' {
			return false
		}
	}
	return true
}

// code is a text of the layout's own list.
func code[T any](start, length int, p part[T, string]) field[T] {
	return needed(exact(start, length, p))
}

// digits is a number kept as text, because its zeros count. It is filled with zeros on the left.
func digits[T any](start, length int, p part[T, string]) field[T] {
	return field[T]{start, length, p.name,
		func(cell string, into *T) Code {
			if !onlyDigits(cell) {
				return NotANumber
			}
			*p.of(into) = cell
			return ""
		},
		func(from *T, cell []byte) Code {
			switch number := *p.of(from); {
			case number == "":
				return Missing
			case !onlyDigits(number):
				return NotANumber
			case len(number) > len(cell):
				return TooLong
			default:
				fillZeros(cell[:len(cell)-len(number)])
				copy(cell[len(cell)-len(number):], number)
				return ""
			}
		}}
}

// fixed is what stands in every record of the kind.
func fixed(start int, value string) field[record] {
	return field[record]{start, len(value), "",
		func(cell string, _ *record) Code {
			if cell != value {
				return Unexpected
			}
			return ""
		},
		func(_ *record, cell []byte) Code {
			copy(cell, value)
			return ""
		}}
}

// zeros are columns that the bank wants filled and does not read.
func zeros(start, length int) field[record] { return fixed(start, strings.Repeat("0", length)) }

func onlyDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
