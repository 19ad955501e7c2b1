package print

import "strings"

// A text is drawn in Windows-1252, one byte a character, so that the font can be a simple one that is packed once and for all.
// It holds all of Portuguese; 0x83, whose own sign Figtree lacks, is the minus of money, U+2212.

// minus is the one place where the encoding is not Windows-1252.
const minus = 0x83

// high are the characters 0x80 to 0x9f. U+0000 stands where there is none or Figtree lacks it.
var high = [32]rune{'€', 0, '‚', '−', '„', '…', 0, 0, 'ˆ', 0, 0, '‹', 'Œ', 0, 0, 0, 0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 0, '›', 'œ', 0, 0, 0}

// plain gives letters of other languages the nearest one that can be drawn: first the letter, then its plain form.
const plain = "ŠSšsŽZžzŸYČCčcĆCćcĚEěeŘRřrŃNńnŁLłlŐOőoŰUűuĞGğgŞSşsİIıiĂAăaĄAąaĘEęeŚSśsŹZźzŻZżzĐDđdẼEẽeĨIĩiŨUũuỸYỹyĪIīiŌOōoŪUūuĀAāaĒEēe"

var encoded = func() map[rune]byte {
	codes := map[rune]byte{}
	for code := 0x80; code <= 0xff; code++ {
		if c := decoded(byte(code)); c != 0 {
			codes[c] = byte(code)
		}
	}
	letters := []rune(plain)
	for i := 0; i < len(letters); i += 2 {
		codes[letters[i]] = byte(letters[i+1])
	}
	codes['\u00ad'] = 0 // a soft hyphen is for breaking, not for drawing
	return codes
}()

// decoded is the character that a byte of the encoding stands for, 0 for none.
func decoded(code byte) rune {
	switch {
	case code < ' ' || code == 0x7f || code == 0xad:
		return 0
	case code >= 0x80 && code < 0xa0:
		return high[code-0x80]
	}
	return rune(code)
}

// encode turns a text into the bytes that are drawn. Line ends and tabs become blanks; accents that stand by themselves fall away, for
// the letter under them is still read; what has no likeness is a question mark.
func encode(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		switch code, known := encoded[c]; {
		case known && code != 0:
			b.WriteByte(code)
		case known, c >= 0x300 && c < 0x370, c == '\u200b', c == '\ufeff':
		case c >= ' ' && c < 0x7f:
			b.WriteByte(byte(c))
		case c < ' ':
			b.WriteByte(' ')
		default:
			b.WriteByte('?')
		}
	}
	return b.String()
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// Unprintable is the first sign of a text that paper has no likeness of; not found, all of it can be printed.
func Unprintable(s string) (sign rune, found bool) {
	for _, c := range s {
		if encode(string(c)) == "?" && c != '?' {
			return c, true
		}
	}
	return 0, false
}
