package cnab

import (
	"io"
	"strings"
)

// ReadReturn reads a retorno file. Lines may end in CRLF or LF, have lost their trailing blanks, begin with a BOM and end with 0x1A.
//
// It returns a Problem as its error when nothing of the file can be told: Empty, NotAReturn, UnknownBank, or LineTooLong for the header;
// and the reader's own error when that fails. All else that is wrong stands in Return.Problems, beside what could be read.
func ReadReturn(r io.Reader) (*Return, error) {
	source := newLines(r)
	header, ok := source.next()
	if source.err != nil {
		return nil, source.err
	}
	if !ok {
		return nil, Problem{Code: Empty}
	}
	read, width, err := layoutOf(header.text)
	if err != nil {
		return nil, err
	}
	header, tooLong := header.fit(width)
	if tooLong != nil {
		return nil, *tooLong
	}
	ret := &Return{}
	if err := read(ret, header, source); err != nil {
		return nil, err
	}
	if source.err != nil {
		return nil, source.err
	}
	return ret, nil
}

// layoutOf tells the layouts apart by the first record: a 400 spells out what it is; a 240 has batch 0000 and record type 0, and is a
// remessa when column 143 says 1.
func layoutOf(header string) (read func(*Return, line, *lines) error, width int, err error) {
	switch {
	case strings.HasPrefix(header, "02RETORNO"):
		return read400, 400, nil
	case len(header) > 142 && header[3:8] == "00000" && header[142] != '1':
		return read240, 240, nil
	}
	return nil, 0, Problem{Line: 1, Column: 1, Code: NotAReturn}
}

// report adds a problem to the file's, and says whether there was one.
func (r *Return) report(p *Problem) bool {
	if p == nil {
		return false
	}
	r.Problems = append(r.Problems, *p)
	return true
}
