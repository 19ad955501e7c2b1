package brazil

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Printable says whether a boleto can print s: its paper knows Windows-1252, and so neither other alphabets nor pictures.
func Printable(s string) bool {
	for _, r := range s {
		if _, there := charmap.Windows1252.EncodeRune(r); !there {
			return false
		}
	}
	return true
}

// ASCII writes s without accents and without what only other alphabets have: São João nº 7 becomes Sao Joao no 7.
// A character that has no plain form becomes a space, and whole is then false. No two spaces follow each other, and none begins or ends the text.
func ASCII(s string) (plain string, whole bool) {
	if isPlain(s) {
		return s, true
	}
	text, whole := appendPlain(make([]byte, 0, len(s)), s, 4*len(s))
	return string(text), whole
}

// isPlain says whether s is what ASCII would make of it already, as most of a bank file is.
func isPlain(s string) bool {
	blank := true // before the text, where no space may stand
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == ' ' && blank {
			return false
		}
		blank = s[i] == ' '
	}
	return !blank || s == ""
}

// appendPlain appends what ASCII makes of s, and stops at so many characters.
func appendPlain(text []byte, s string, most int) (plain []byte, whole bool) {
	whole = true
	owed := false // a space, unless the text ends here
	put := func(r rune) {
		switch {
		case r >= 0x300 && r <= 0x36f: // an accent, taken apart from its letter
		case r > ' ' && r < 0x7f:
			if owed && len(text) > 0 && len(text) < most {
				text = append(text, ' ')
			}
			if owed = false; len(text) < most {
				text = append(text, byte(r))
			}
		default:
			owed = true
			whole = whole && unicode.IsSpace(r)
		}
	}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if letters := ligatures[r]; letters != "" {
			for _, r := range letters {
				put(r)
			}
		} else if apart := norm.NFKD.PropertiesString(s[i:]).Decomposition(); r >= utf8.RuneSelf && apart != nil {
			for _, r := range string(apart) {
				put(r)
			}
		} else {
			put(r)
		}
		i += size
	}
	return text, whole
}

// ligatures are the letters and signs that Unicode does not take apart, though people do.
var ligatures = map[rune]string{
	'ß': "ss", 'Æ': "AE", 'æ': "ae", 'Œ': "OE", 'œ': "oe", 'Ø': "O", 'ø': "o", 'Đ': "D", 'đ': "d", 'Ł': "L", 'ł': "l",
	'‘': "'", '’': "'", '“': `"`, '”': `"`, '´': "'", '–': "-", '—': "-", '−': "-",
}

// BankText writes a name or an address as bank files take it: upper case, ASCII, and at most n characters, cut at the end.
func BankText(s string, n int) string {
	cell := make([]byte, max(n, 0))
	return strings.TrimRight(string(cell[:PutBankText(cell, s)]), " ")
}

// PutBankText writes s into a column of a bank file as BankText does, and returns how many bytes of it are written.
func PutBankText(cell []byte, s string) int {
	n := 0
	if isPlain(s) {
		n = copy(cell, s)
	} else {
		text, _ := appendPlain(cell[:0], s, len(cell))
		n = len(text)
	}
	for i, c := range cell[:n] {
		if c >= 'a' && c <= 'z' {
			cell[i] = c - 'a' + 'A'
		}
	}
	return n
}
