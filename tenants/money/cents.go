// Package money reckons in whole cents of the real. What is charged is cut to the cent, what is credited is rounded up,
// and the last piece of a split comes by subtraction, so that nothing is ever lost or won by rounding.
package money

import (
	"errors"
	"strconv"
	"strings"
)

// Cents is an amount in centavos. Negative amounts are credits.
type Cents int64

// ErrAmount means that a text is not an amount of reais and centavos.
var ErrAmount = errors.New("not an amount")

// String writes the figures as Brazil does, without the sign of the currency: 1.234,56. The minus is U+2212.
func (c Cents) String() string {
	var text [32]byte // the longest is −92.233.720.368.547.758,08
	at := len(text)
	for n, place := c.magnitude(), 0; n > 0 || place < 3; n, place = n/10, place+1 {
		switch {
		case place == 2:
			at--
			text[at] = ','
		case place > 2 && place%3 == 2:
			at--
			text[at] = '.'
		}
		at--
		text[at] = byte('0' + n%10)
	}
	if c < 0 {
		at -= copy(text[at-len(minus):], minus)
	}
	return string(text[at:])
}

const minus = "\u2212"

// BRL writes the amount with its currency and a no-break space between: R$ 1.234,56.
func (c Cents) BRL() string {
	if c < 0 {
		return minus + "R$\u00a0" + c.String()[len(minus):]
	}
	return "R$\u00a0" + c.String()
}

// Decimal writes the amount with a point and two decimals, as the Pix payload and the API Pix want it: 1234.56.
func (c Cents) Decimal() string {
	digits := strconv.FormatUint(c.magnitude(), 10)
	for len(digits) < 3 {
		digits = "0" + digits
	}
	sign := ""
	if c < 0 {
		sign = "-"
	}
	return sign + digits[:len(digits)-2] + "." + digits[len(digits)-2:]
}

func (c Cents) magnitude() uint64 {
	if c < 0 {
		return uint64(-(c + 1)) + 1
	}
	return uint64(c)
}

// mostTyped is the largest amount taken from a person: one centavo under ten billion reais, far over any invoice and far under overflow.
const mostTyped = 999_999_999_999

// Parse reads an amount as a Brazilian types it: 1.234,56, R$ 1.234,56, 1234,5, 1234. It takes no point as decimal mark but in the
// unmistakable form 1234.56, which spreadsheets paste. It returns ErrAmount for anything else, letters and more than two decimals among them.
func Parse(typed string) (Cents, error) {
	s := strings.TrimSpace(pasted.Replace(typed))
	s, negative := strings.CutPrefix(s, "-")
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s), "R$"))
	whole, decimals, hasDecimals := strings.Cut(s, ",")
	if !hasDecimals {
		if i := strings.LastIndexByte(s, '.'); i >= 0 && len(s)-i-1 <= 2 && strings.Count(s, ".") == 1 {
			whole, decimals, hasDecimals = s[:i], s[i+1:], true
		}
	}
	whole, ok := ungroup(whole)
	if !ok || hasDecimals && (decimals == "" || len(decimals) > 2) {
		return 0, ErrAmount
	}
	for len(decimals) < 2 {
		decimals += "0"
	}
	n, err := strconv.ParseUint(whole+decimals, 10, 63)
	if err != nil || n > mostTyped {
		return 0, ErrAmount
	}
	if negative {
		return -Cents(n), nil
	}
	return Cents(n), nil
}

// pasted is what String and BRL write otherwise than a keyboard does.
var pasted = strings.NewReplacer("\u00a0", " ", minus, "-")

// ungroup takes the points out of 1.234.567 and refuses groups that are not of three digits.
func ungroup(whole string) (string, bool) {
	groups := strings.Split(whole, ".")
	for i, g := range groups {
		if g == "" || i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}
