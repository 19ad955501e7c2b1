package boleto

import (
	"enlace/tenants/calendar"
	"enlace/tenants/money"
)

// LinhaOf returns the 47 digits of the linha digitável of a barcode. It returns ErrLength or ErrNotDigit when barcode is not 44 digits.
func LinhaOf(barcode string) (string, error) {
	if len(barcode) != 44 {
		return "", &Error{Field: "barcode", Err: ErrLength}
	}
	if i := firstNonDigit(barcode); i >= 0 {
		return "", &Error{Field: "barcode", Position: i + 1, Err: ErrNotDigit}
	}
	var l [47]byte
	copy(l[0:4], barcode[:4])
	copy(l[4:9], barcode[19:24])
	l[9] = mod10(l[0:9])
	copy(l[10:20], barcode[24:34])
	l[20] = mod10(l[10:20])
	copy(l[21:31], barcode[34:44])
	l[31] = mod10(l[21:31])
	copy(l[32:47], barcode[4:19])
	return string(l[:]), nil
}

// FormatLinha writes 47 digits as a slip shows them, 00190.00009 01234.567004 00000.001172 4 68890000123278. Any other text comes back as it is.
func FormatLinha(linha string) string {
	if len(linha) != 47 {
		return linha
	}
	return linha[:5] + "." + linha[5:10] + " " +
		linha[10:15] + "." + linha[15:21] + " " +
		linha[21:26] + "." + linha[26:32] + " " +
		linha[32:33] + " " + linha[33:]
}

// Parsed is what a linha digitável says. Unless Valid, only WrongField is set.
type Parsed struct {
	Valid      bool
	WrongField int           // the field, 1 to 4, whose check digit fails first; 4 is the digit over the whole
	Bank       string        // three digits, not only of the banks New knows
	Due        calendar.Date // zero when the slip has no due date
	Amount     money.Cents   // 0 when the slip leaves it open
	Barcode    string        // 44 digits
}

// ParseLinha reads a linha digitável, with dots, hyphens and spaces or without, and checks its four check digits.
// A wrong check digit is an answer, Valid being false, not an error. What could not be a linha at all is an *Error:
// ErrNotDigit with the position in the text, ErrArrecadacao for the 48 digits of a utility or tax slip, ErrLength for any other length.
//
// When the digits hold but the currency is not the real (ErrCurrency) or the factor names no day around today (ErrFactor),
// the error comes with everything that could be read.
func ParseLinha(linha string, today calendar.Date) (Parsed, error) {
	l, err := linhaDigits(linha)
	if err != nil {
		return Parsed{}, err
	}
	if wrong := wrongField(&l); wrong > 0 {
		return Parsed{WrongField: wrong}, nil
	}
	b := barcodeOf(&l)
	barcode := string(b[:])
	parsed := Parsed{Valid: true, Bank: barcode[:3], Amount: money.Cents(value(b[9:19])), Barcode: barcode}
	if b[3] != currencyReal {
		return parsed, &Error{Field: "linha_digitavel", Position: 4, Err: ErrCurrency}
	}
	parsed.Due, err = Due(int(value(b[5:9])), today)
	return parsed, err
}

// linhaDigits takes the punctuation out.
func linhaDigits(linha string) (l [47]byte, err error) {
	n, first := 0, byte(0)
	for i := range len(linha) {
		switch c := linha[i]; {
		case c >= '0' && c <= '9':
			if n == 0 {
				first = c
			}
			if n < len(l) {
				l[n] = c
			}
			n++
		case c != '.' && c != '-' && c != ' ' && c != '\t' && c != '\r' && c != '\n':
			return l, &Error{Field: "linha_digitavel", Position: i + 1, Err: ErrNotDigit}
		}
	}
	if n == 48 && first == '8' {
		return l, &Error{Field: "linha_digitavel", Err: ErrArrecadacao}
	}
	if n != len(l) {
		return l, &Error{Field: "linha_digitavel", Err: ErrLength}
	}
	return l, nil
}

func wrongField(l *[47]byte) int {
	if mod10(l[0:9]) != l[9] {
		return 1
	}
	if mod10(l[10:20]) != l[20] {
		return 2
	}
	if mod10(l[21:31]) != l[31] {
		return 3
	}
	if b := barcodeOf(l); generalDigit(&b) != b[4] {
		return 4
	}
	return 0
}

func barcodeOf(l *[47]byte) (b [44]byte) {
	copy(b[0:4], l[0:4])
	copy(b[4:19], l[32:47])
	copy(b[19:24], l[4:9])
	copy(b[24:34], l[10:20])
	copy(b[34:44], l[21:31])
	return b
}

func value(digits []byte) (n uint64) {
	for _, d := range digits {
		n = n*10 + uint64(d-'0')
	}
	return n
}
