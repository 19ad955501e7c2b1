package intake

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"strings"
)

// cells reads a CSV line by line, as the spreadsheets and systems of Brazil write it: semicolons, commas or tabs, quotes where they are needed,
// either end of line. It never holds more than one line, and no cell longer than the longest, so that a quote that is never closed cannot
// swallow the file.
type cells struct {
	from  *bufio.Reader
	comma byte
	next  int // line of the file that is read next, from 1
	line  int // on which the last row began
	row   []string
	cell  []byte
}

// What a cell and a row may have. The longest text of a customer is 4,000 letters, of two bytes at most where it is Portuguese.
const (
	longestCell = 16 << 10 // bytes
	mostCells   = 100
)

var (
	errQuotes = errors.New("quotes_shape") // text behind a closing quote; the next line may be read
	errOpen   = errors.New("quotes_open")  // a quote that is not closed: what follows cannot be told apart
	errLong   = errors.New("cell_long")    // a cell longer than any text, nor can what follows
	errWide   = errors.New("cells_many")   // a row of more cells than any sheet has
)

// newCells begins to read; which of the three parts the cells the first line says, or a line sep= before it, as Excel writes.
func newCells(from io.Reader) (*cells, error) {
	c := &cells{from: bufio.NewReaderSize(from, 64<<10), comma: ';', next: 1}
	peeked, err := c.from.Peek(longestCell)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	first, _, _ := strings.Cut(string(peeked), "\n")
	if mark, is := strings.CutPrefix(strings.TrimRight(first, "\r"), "sep="); is && len(mark) == 1 {
		c.comma = mark[0]
		_, err := c.once()
		return c, err
	}
	quoted, counts := false, map[byte]int{}
	for i := range len(first) {
		if first[i] == '"' {
			quoted = !quoted
		} else if !quoted {
			counts[first[i]]++
		}
	}
	for _, mark := range []byte{',', '\t'} {
		if counts[mark] > counts[c.comma] {
			c.comma = mark
		}
	}
	return c, nil
}

// read returns the next row in which there is anything, good until the next call, or io.EOF. After errQuotes and errWide reading may go on.
func (c *cells) read() ([]string, error) {
	for {
		row, err := c.once()
		if err != nil || slices.ContainsFunc(row, func(text string) bool { return strings.TrimSpace(text) != "" }) {
			return row, err
		}
	}
}

// once reads one row.
func (c *cells) once() ([]string, error) {
	c.row, c.line = c.row[:0], c.next
	if _, err := c.from.Peek(1); err != nil {
		return nil, err
	}
	for {
		end, err := c.one()
		if err != nil {
			return nil, err
		}
		if len(c.row) == mostCells {
			return nil, c.skip(errWide)
		}
		c.row = append(c.row, string(c.cell))
		if end {
			return c.row, nil
		}
	}
}

// one reads a cell and says whether the row ends with it.
func (c *cells) one() (end bool, err error) {
	c.cell = c.cell[:0]
	b, err := c.byte()
	if err == nil && b == '"' {
		if err := c.quoted(); err != nil {
			return false, err
		}
		switch b, err = c.byte(); {
		case errors.Is(err, io.EOF), err == nil && (b == c.comma || b == '\n'):
		case err == nil:
			return false, c.skip(errQuotes)
		}
	}
	for {
		switch {
		case errors.Is(err, io.EOF):
			return true, nil
		case err != nil:
			return false, err
		case b == '\n':
			return true, nil
		case b == c.comma:
			return false, nil
		case len(c.cell) == longestCell:
			return false, errLong
		}
		c.cell = append(c.cell, b)
		b, err = c.byte()
	}
}

// quoted reads up to the closing quote; two quotes are one.
func (c *cells) quoted() error {
	for {
		b, err := c.byte()
		switch {
		case errors.Is(err, io.EOF):
			return errOpen
		case err != nil:
			return err
		case b == '"':
			if next, err := c.from.Peek(1); err != nil || next[0] != '"' {
				return nil
			}
			_, _ = c.from.Discard(1) // it was peeked
		case len(c.cell) == longestCell:
			return errOpen
		}
		c.cell = append(c.cell, b)
	}
}

// byte reads a byte, every end of line as \n.
func (c *cells) byte() (byte, error) {
	b, err := c.from.ReadByte()
	if err == nil && b == '\r' {
		if next, err := c.from.Peek(1); err == nil && next[0] == '\n' {
			_, _ = c.from.Discard(1) // it was peeked
		}
		b = '\n'
	}
	if err == nil && b == '\n' {
		c.next++
	}
	return b, err
}

// skip leaves the rest of a line unread, and returns why.
func (c *cells) skip(why error) error {
	for {
		b, err := c.byte()
		switch {
		case errors.Is(err, io.EOF), err == nil && b == '\n':
			return why
		case err != nil:
			return err
		}
	}
}
