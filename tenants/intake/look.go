package intake

import (
	"bytes"
	"unicode/utf8"

	"enlace/tenants"
)

// look is what a file shows while it passes by: what it is written in, and about how many lines it has.
type look struct {
	size  int64
	ends  int // of lines
	latin bool
	nul   bool
	begin []byte
	rest  []byte // of a letter that is not whole yet
}

// Write looks at what passes.
func (l *look) Write(p []byte) (int, error) {
	l.size += int64(len(p))
	l.begin = append(l.begin, p[:min(len(p), 4-len(l.begin))]...)
	l.ends += bytes.Count(p, []byte{'\n'})
	l.nul = l.nul || bytes.IndexByte(p, 0) >= 0
	if !l.latin {
		l.read(p)
	}
	return len(p), nil
}

// read finds out whether it is still UTF-8; what is not is Windows-1252, in which Excel writes here.
func (l *look) read(p []byte) {
	text := append(l.rest, p...)
	whole := len(text)
	for back := 1; back < utf8.UTFMax && back <= len(text); back++ {
		if b := text[len(text)-back]; utf8.RuneStart(b) {
			if !utf8.FullRune(text[len(text)-back:]) {
				whole = len(text) - back
			}
			break
		}
	}
	l.latin = !utf8.Valid(text[:whole])
	l.rest = bytes.Clone(text[whole:])
}

// verdict refuses what is no CSV, and says what it is where that can be known. It returns Invalid of the field arquivo.
func (l *look) verdict() error {
	switch {
	case l.size == 0:
		return tenants.Invalid("arquivo", "file_empty")
	case bytes.HasPrefix(l.begin, []byte("PK\x03\x04")), bytes.HasPrefix(l.begin, []byte("\xd0\xcf\x11\xe0")):
		return tenants.Invalid("arquivo", "file_spreadsheet")
	case bytes.HasPrefix(l.begin, []byte("\xff\xfe")), bytes.HasPrefix(l.begin, []byte("\xfe\xff")):
		return tenants.Invalid("arquivo", "file_utf16")
	case l.nul:
		return tenants.Invalid("arquivo", "file_no_csv")
	}
	l.latin = l.latin || len(l.rest) > 0
	return nil
}

// lines is about how many lines follow the head.
func (l *look) lines() int { return max(1, l.ends-1) }
