package brazil

import "strings"

// CNPJ reads a CNPJ as a person types it, in either case, with punctuation or without. It returns its 14 characters in upper case, and false when it is none.
// The first twelve may be letters since July 2026 (IN RFB 2.229/2024); the two check digits are digits.
func CNPJ(typed string) (string, bool) {
	s := strings.ToUpper(unpunctuated(typed))
	if len(s) != 14 || s == "00000000000000" {
		return "", false
	}
	for i := range len(s) {
		if letter := s[i] >= 'A' && s[i] <= 'Z'; !letter && (s[i] < '0' || s[i] > '9') {
			return "", false
		}
	}
	if cnpjDigit(s[:12]) != s[12] || cnpjDigit(s[:13]) != s[13] {
		return "", false
	}
	return s, true
}

// cnpjDigit weighs with 2 to 9, again and again, from the right. A character counts for its ASCII code less that of 0, so A is 17.
func cnpjDigit(s string) byte {
	sum, weight := 0, 2
	for i := len(s) - 1; i >= 0; i-- {
		sum += int(s[i]-'0') * weight
		if weight++; weight > 9 {
			weight = 2
		}
	}
	if r := sum % 11; r >= 2 {
		return byte('0' + 11 - r)
	}
	return '0'
}

// FormatCNPJ writes 12.ABC.345/01DE-35. Anything that is not 14 characters comes back as it is.
func FormatCNPJ(s string) string {
	if len(s) != 14 {
		return s
	}
	return s[:2] + "." + s[2:5] + "." + s[5:8] + "/" + s[8:12] + "-" + s[12:]
}
