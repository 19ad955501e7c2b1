package cnab

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// line is one record, padded to the width of its layout, one byte a column.
type line struct {
	number int
	text   string
}

func (l line) cell(start, length int) string { return l.text[start-1 : start-1+length] }

// lines hands out the records of a file. Blank lines, which some banks leave between segments, are no records.
type lines struct {
	source  *bufio.Reader
	number  int // of the line last read
	records int // so far
	err     error
}

const endOfFile = "\x1a" // Ctrl-Z, with which DOS ended a text

func newLines(r io.Reader) *lines { return &lines{source: bufio.NewReader(r)} }

// next returns the next record as it came, neither padded nor measured. It returns false at the end and when reading failed.
func (s *lines) next() (line, bool) {
	for {
		raw, more := s.read()
		if !more {
			return line{}, false
		}
		s.number++
		if s.number == 1 {
			raw = strings.TrimPrefix(raw, "\ufeff")
		}
		if raw = strings.TrimRight(raw, " \r\n"+endOfFile); raw != "" {
			s.records++
			return line{s.number, toLatin1(raw)}, true
		}
	}
}

// read returns one line with its end. Of a line longer than any layout it keeps enough to be refused and lets the rest go.
func (s *lines) read() (string, bool) {
	chunk, err := s.source.ReadSlice('\n')
	kept := string(chunk)
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = s.source.ReadSlice('\n')
	}
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
		return "", false
	}
	return kept, err == nil || kept != ""
}

// fit pads the line to the width of the layout. Blanks that banks do not send are no harm; anything else behind the last column is,
// since it means that the columns moved.
func (l line) fit(width int) (line, *Problem) {
	if len(l.text) > width {
		return l, &Problem{l.number, width + 1, LineTooLong}
	}
	l.text += strings.Repeat(" ", width-len(l.text))
	return l, nil
}

// toLatin1 gives every character one byte, so that columns hold in a file that somebody saved as UTF-8.
func toLatin1(s string) string {
	if !utf8.ValidString(s) {
		return s
	}
	narrow := make([]byte, 0, len(s))
	for _, c := range s {
		if c > 0xff {
			c = '?'
		}
		narrow = append(narrow, byte(c))
	}
	return string(narrow)
}

func fromLatin1(s string) string {
	wide := make([]rune, len(s))
	for i := range len(s) {
		wide[i] = rune(s[i])
	}
	return string(wide)
}
