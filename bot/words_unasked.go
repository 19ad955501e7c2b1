package bot

import (
	"regexp"
	"strings"
)

// said unasked: the words are those of the desks, plain

// codes are what is copied into the application of a bank: a Pix code, which begins with its version and ends with its checksum, and the digits of a
// boleto.
var codes = regexp.MustCompile(`^(000201.{20,}6304[0-9A-Fa-f]{4}|[0-9][0-9. ]{45,60}[0-9])$`)

// tapped is a text with the codes that stand alone on a line made such that one touch copies them.
func tapped(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if lines[i] = safe(line); codes.MatchString(line) {
			lines[i] = "<code>" + lines[i] + "</code>"
		}
	}
	return strings.Join(lines, "\n")
}
