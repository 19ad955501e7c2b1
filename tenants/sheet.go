package tenants

import (
	"encoding/csv"
	"io"
	"regexp"
	"strings"
)

// Sheet writes a CSV as the spreadsheets of Brazil open it: UTF-8 with its mark, semicolons, CRLF.
type Sheet struct{ w *csv.Writer }

// NewSheet begins a sheet with its heading.
func NewSheet(to io.Writer, heading ...string) (*Sheet, error) {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return nil, err
	}
	s := &Sheet{csv.NewWriter(to)}
	s.w.Comma, s.w.UseCRLF = ';', true
	return s, s.Row(heading...)
}

// negative is a figure as we write it below zero; its minus is one that spreadsheets do not know.
var negative = regexp.MustCompile(`^[−-](\d+|\d{1,3}(\.\d{3})+)(,\d+)?$`)

// Row adds a row. A cell that a spreadsheet would take for a formula gets an apostrophe before it, so that it stays the text somebody typed; a
// figure below zero is a figure there too, and can be summed.
func (s *Sheet) Row(cells ...string) error {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		if negative.MatchString(cell) {
			cell = "-" + strings.TrimLeft(cell, "−-")
		} else if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			cell = "'" + cell
		}
		safe[i] = cell
	}
	return s.w.Write(safe)
}

// Close writes what is still in hand.
func (s *Sheet) Close() error {
	s.w.Flush()
	return s.w.Error()
}
