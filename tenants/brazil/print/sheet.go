package print

import "strconv"

const (
	pointsPerMM = 72 / 25.4
	pageWidth   = 210.0
	pageHeight  = 297.0
)

// weight chooses one of the two typefaces.
type weight int

const (
	regular weight = iota
	bold
)

// sheet is a page that is being drawn, as the operators of a PDF content stream (ISO 32000, annex A). It starts blank.
// Drawing is relative to top, so that a slip is drawn alike wherever it stands on the page.
type sheet struct {
	faces  [2]*font
	stream []byte
	top    float64
}

// rule draws a solid line.
func (s *sheet) rule(x1, y1, x2, y2, width float64) {
	s.num(width * pointsPerMM).op("w")
	s.at(x1, y1).op("m")
	s.at(x2, y2).op("l S")
}

// cutLine draws a dashed grey line.
func (s *sheet) cutLine(x1, y1, x2, y2 float64) {
	s.op("q 0.47 G [3 2] 0 d")
	s.rule(x1, y1, x2, y2, 0.3)
	s.op("Q")
}

// text draws an encoded text with its baseline beginning at x, y.
func (s *sheet) text(x, y float64, w weight, size float64, encoded string) {
	if encoded == "" {
		return
	}
	s.typeface(w, size)
	s.at(x, y).op("Td")
	s.show(encoded)
}

// sloped is text that leans, for the house has no italic: by a fifth of its height.
func (s *sheet) sloped(x, y float64, w weight, size float64, encoded string) {
	if encoded == "" {
		return
	}
	s.typeface(w, size)
	s.raw("1 0 0.19 1 ").at(x, y).op("Tm")
	s.show(encoded)
}

// typeface begins a text.
func (s *sheet) typeface(w weight, size float64) {
	s.stream = append(s.stream, "BT /F"...)
	s.stream = append(s.stream, byte('0'+w), ' ')
	s.num(size).op("Tf")
}

// show draws an encoded text and ends it.
func (s *sheet) show(encoded string) {
	s.stream = append(s.stream, '(')
	for i := range len(encoded) {
		if c := encoded[i]; c == '(' || c == ')' || c == '\\' {
			s.stream = append(s.stream, '\\')
		}
		s.stream = append(s.stream, encoded[i])
	}
	s.op(") Tj ET")
}

// picture draws the n-th logo of the file with its upper left corner at x, y.
func (s *sheet) picture(x, y, w, h float64, n int) {
	s.op("q")
	s.num(w*pointsPerMM).raw("0 0 ").num(h*pointsPerMM).at(x, y+h).op("cm")
	s.raw("/L").raw(strconv.Itoa(n)).op(" Do Q")
}

// side is the end of its place that a text stands at.
type side bool

const (
	left  side = false
	right side = true
)

// line draws a text in one line of the width, shrunk or cut to fit.
func (s *sheet) line(x, y, width float64, w weight, size float64, text string, at side) {
	fitted, size := s.faces[w].fit(encode(text), size, leastSize, width)
	if at == right {
		x += width - s.faces[w].width(fitted, size)
	}
	s.text(x, y, w, size, fitted)
}

// box draws a text over several lines of a box, the first baseline one line below y, and returns the y of the last one.
func (s *sheet) box(x, y, width, height float64, w weight, size float64, text string) float64 {
	lines, size := s.faces[w].paragraph(encode(text), size, leastSize, leading, width, height)
	for _, line := range lines {
		y += size * leading / pointsPerMM
		s.text(x, y, w, size, line)
	}
	return y
}

const (
	leastSize = 6.0  // the smallest type that is still read on paper
	leading   = 1.25 // from line to line, in type sizes
)

// cells begins a drawing in whole units of the given size in millimetres, x rightwards and y downwards from a corner; done fills it.
func (s *sheet) cells(x, y, unitX, unitY float64) {
	s.op("q")
	s.fine(unitX*pointsPerMM).raw("0 0 ").fine(-unitY*pointsPerMM).at(x, y).op("cm")
}

func (s *sheet) cell(x, y, w, h int) {
	for _, v := range [4]int{x, y, w, h} {
		s.stream = append(strconv.AppendInt(s.stream, int64(v), 10), ' ')
	}
	s.op("re")
}

func (s *sheet) done() { s.op("f Q") }

// at appends a place on the page in points from its lower left corner, as PDF counts.
func (s *sheet) at(x, y float64) *sheet {
	return s.num(x * pointsPerMM).num((pageHeight - s.top - y) * pointsPerMM)
}

// num appends a number to a hundredth of a point, fine one to a hundred thousandth, for units that add up.
func (s *sheet) num(v float64) *sheet  { return s.decimal(v, 2) }
func (s *sheet) fine(v float64) *sheet { return s.decimal(v, 5) }

func (s *sheet) decimal(v float64, places int) *sheet {
	s.stream = append(strconv.AppendFloat(s.stream, v, 'f', places, 64), ' ')
	return s
}

func (s *sheet) raw(text string) *sheet {
	s.stream = append(s.stream, text...)
	return s
}

func (s *sheet) op(operator string) {
	s.stream = append(append(s.stream, operator...), '\n')
}
