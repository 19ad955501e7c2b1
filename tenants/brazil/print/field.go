package print

import "strings"

// A field is a label of 6 pt over a value of 8.5 pt, as on every ficha. Fields keep 1 mm of blank at both sides.
const (
	labelSize  = 6.0
	valueSize  = 8.5
	strongSize = 10.5 // for what a payer looks for first: the date and the amount

	labelBase = 2.6 // mm from the top of a field to the baseline of its label
	valueBase = 6.1
	thin      = 0.2 // mm, line between fields
	thick     = 0.4 // under the heads
)

func (s *sheet) label(x, y, w float64, text string, at side) {
	s.line(x, y+labelBase, w, regular, labelSize, text, at)
}

func (s *sheet) field(x, y, w float64, label, value string, at side) {
	s.label(x, y, w, label, at)
	s.line(x, y+valueBase, w, bold, valueSize, value, at)
}

func (s *sheet) strongField(x, y, w float64, label, value string, at side) {
	s.label(x, y, w, label, at)
	s.line(x, y+valueBase+0.6, w, bold, strongSize, value, at)
}

// party draws a name with its document, bold, and the address under it. A name too long for that has the line to itself, and the document,
// which the law asks for like the name, begins the next.
func (s *sheet) party(x, y, w float64, label string, p Party) {
	s.label(x, y, w, label, left)
	first, second := p.Name, p.Address
	if p.Document != "" {
		both := p.Name + " · " + p.Document
		if s.faces[bold].width(encode(both), leastSize) <= w {
			first = both
		} else {
			second = strings.TrimSuffix(p.Document+" · "+p.Address, " · ")
		}
	}
	s.line(x, y+valueBase-0.1, w, bold, valueSize, first, left)
	s.line(x, y+valueBase+3.2, w, regular, 7.5, second, left)
}
