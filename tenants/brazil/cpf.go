// Package brazil knows the country's own numbers and names: CPF, CNPJ, telephone, CEP, states, city codes, and text as bank files take it.
// Documents are text, never numbers: leading zeros count, and a CNPJ may hold letters.
package brazil

import "strings"

// CPF reads a CPF as a person types it, with points, hyphen and spaces or without. It returns its 11 digits, and false when it is none;
// the same digit eleven times is none, though its check digits hold.
func CPF(typed string) (string, bool) {
	s := unpunctuated(typed)
	if len(s) != 11 || !allDigits(s) || strings.Count(s, s[:1]) == 11 {
		return "", false
	}
	if cpfDigit(s[:9]) != s[9] || cpfDigit(s[:10]) != s[10] {
		return "", false
	}
	return s, true
}

// cpfDigit weighs with 2, 3, 4 and so on from the right.
func cpfDigit(s string) byte {
	sum := 0
	for i := range len(s) {
		sum += int(s[i]-'0') * (len(s) + 1 - i)
	}
	return byte('0' + sum*10%11%10)
}

// FormatCPF writes 529.982.247-25. Anything that is not 11 characters comes back as it is.
func FormatCPF(digits string) string {
	if len(digits) != 11 {
		return digits
	}
	return digits[:3] + "." + digits[3:6] + "." + digits[6:9] + "-" + digits[9:]
}

// MaskCPF writes 529.***.***-25, for lists and logs (LGPD, art. 6 III). Anything that is not 11 characters is hidden whole.
func MaskCPF(digits string) string {
	if len(digits) != 11 {
		return "***"
	}
	return digits[:3] + ".***.***-" + digits[9:]
}

// unpunctuated takes out what documents are written with, as keyboards and as text processors write it, and nothing else.
func unpunctuated(typed string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '.', '-', '/', ' ', '\u00a0', '\t', '\r', '\n', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212':
			return -1
		}
		return r
	}, typed)
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
