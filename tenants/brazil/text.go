package brazil

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// ASCII writes s without accents and without what only other alphabets have: São João nº 7 becomes Sao Joao no 7.
// A character that has no plain form becomes a space, and whole is then false. No two spaces follow each other, and none begins or ends the text.
func ASCII(s string) (plain string, whole bool) {
	var b strings.Builder
	whole = true
	for _, r := range norm.NFKD.String(ligatures.Replace(s)) {
		switch {
		case r >= 0x300 && r <= 0x36f: // an accent, now standing by itself
		case r > ' ' && r < 0x7f:
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
			whole = whole && unicode.IsSpace(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " "), whole
}

// ligatures are the letters and signs that Unicode does not take apart, though people do.
var ligatures = strings.NewReplacer(
	"ß", "ss", "Æ", "AE", "æ", "ae", "Œ", "OE", "œ", "oe", "Ø", "O", "ø", "o", "Đ", "D", "đ", "d", "Ł", "L", "ł", "l",
	"‘", "'", "’", "'", "“", `"`, "”", `"`, "´", "'", "–", "-", "—", "-", "−", "-",
)

// BankText writes a name or an address as bank files take it: upper case, ASCII, and at most n characters, cut at the end.
func BankText(s string, n int) string {
	plain, _ := ASCII(s)
	text := strings.ToUpper(plain)
	if len(text) > n {
		text = strings.TrimRight(text[:max(n, 0)], " ")
	}
	return text
}
