package tenants

import (
	"encoding/csv"
	"io"
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

// Row adds a row. A cell that a spreadsheet would take for a formula gets an apostrophe before it, so that it stays the text somebody typed.
func (s *Sheet) Row(cells ...string) error {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
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
