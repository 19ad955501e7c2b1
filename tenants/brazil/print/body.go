package print

import "fmt"

// body lays blocks out as strips, in the width of a contract.
func (s *sheet) body(blocks []Block) (strips []strip) {
	for _, b := range blocks {
		strips = append(strips, s.block(b)...)
	}
	return strips
}

func (s *sheet) block(b Block) []strip {
	switch b.Kind {
	case Title:
		return s.heading(b.Text, 15, 1.25, 5, 3)
	case Heading:
		return s.heading(b.Text, 10.5, 1.35, 5, 0)
	case Bullets:
		return s.list(b.Items, func(int) string { return "•" })
	case Numbers:
		return s.list(b.Items, func(i int) string { return fmt.Sprintf("%d.", i+1) })
	case Quote:
		strips := s.flow(b.Text, deedMargin+indent, deedWidth-indent)
		for i := range strips {
			draw, top := strips[i].draw, strips[i].height
			strips[i].draw = func(s *sheet, y float64) {
				s.rule(deedMargin+1.5, y, deedMargin+1.5, y+top, 0.4)
				draw(s, y)
			}
		}
		return strips
	case Table:
		return s.table(b.Rows)
	case Rule:
		return []strip{{above: 3, height: 3, draw: func(s *sheet, y float64) { s.rule(deedMargin, y, deedMargin+deedWidth, y, 0.2) }}}
	}
	return s.flow(b.Text, deedMargin, deedWidth)
}

// heading is bold, and never the last thing on a page.
func (s *sheet) heading(t Text, size, leading, above, below float64) (strips []strip) {
	height := size * leading / pointsPerMM
	lines := s.prose(t, true, size, deedWidth)
	for i, l := range lines {
		one := strip{height: height, keep: true, draw: func(s *sheet, y float64) { s.drawLine(deedMargin, y+baseline(size, height), size, l) }}
		if i == 0 {
			one.above = above
		}
		if i == len(lines)-1 {
			one.height += below
		}
		strips = append(strips, one)
	}
	return strips
}

// baseline is where letters stand in a line of a height: its blank is half above, half below.
func baseline(size, height float64) float64 { return height/2 + 0.35*size/pointsPerMM }

// flow is a paragraph. Neither its first line nor its last stands alone on a page.
func (s *sheet) flow(t Text, x, width float64) (strips []strip) {
	lines := s.prose(t, false, proseSize, width)
	for i, l := range lines {
		strips = append(strips, strip{height: proseLine, keep: len(lines) > 1 && (i == 0 || i == len(lines)-2),
			draw: func(s *sheet, y float64) { s.drawLine(x, y+baseline(proseSize, proseLine), proseSize, l) }})
	}
	strips[0].above = 2
	return strips
}

func (s *sheet) list(items []Text, mark func(int) string) (strips []strip) {
	for i, item := range items {
		made := s.flow(item, deedMargin+indent, deedWidth-indent)
		made[0].above = 1
		draw := made[0].draw
		made[0].draw = func(s *sheet, y float64) {
			s.text(deedMargin+1, y+baseline(proseSize, proseLine), regular, proseSize, encode(mark(i)))
			draw(s, y)
		}
		strips = append(strips, made...)
	}
	return strips
}

// mostKept is how many lines of a row stay on one page.
const mostKept = 12

// table is rows over hairlines.
func (s *sheet) table(rows [][]Text) (strips []strip) {
	columns := 1
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	const pad, gap = 1.2, 4.0
	width, first := (deedWidth-gap*float64(columns-1))/float64(columns), 0.0
	if first = width; columns == 2 {
		first, width = labelWidth-gap, deedWidth-labelWidth
	}
	for r, row := range rows {
		cells, most := make([][]line, len(row)), 1
		for i, text := range row {
			room := width
			if i == 0 {
				room = first
			}
			cells[i] = s.prose(text, false, proseSize, room)
			most = max(most, len(cells[i]))
		}
		for n := range most {
			one := strip{height: proseLine, keep: n < most-1 && most <= mostKept}
			top := 0.0
			if n == 0 {
				top, one.height = pad, one.height+pad
			}
			last := n == most-1
			if last {
				one.height += pad
			}
			height := one.height
			one.draw = func(s *sheet, y float64) {
				x := deedMargin
				for i, cell := range cells {
					if n < len(cell) {
						if i == 0 && columns == 2 {
							s.op("0.2 g")
						}
						s.drawLine(x, y+top+baseline(proseSize, proseLine), proseSize, cell[n])
						s.op("0 g")
					}
					if x += width + gap; i == 0 {
						x = deedMargin + first + gap
					}
				}
				if last {
					s.op("0.53 G")
					s.rule(deedMargin, y+height, deedMargin+deedWidth, y+height, 0.2)
					s.op("0 G")
				}
			}
			if r == 0 && n == 0 {
				one.above = 2
			}
			strips = append(strips, one)
		}
	}
	return strips
}
