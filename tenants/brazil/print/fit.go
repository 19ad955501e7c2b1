package print

import "strings"

// ellipsis ends a text that was cut, in the encoding that is drawn.
const ellipsis = "\x85"

// width returns the length in millimetres of an encoded text.
func (f *font) width(s string, size float64) float64 {
	sum := 0
	for i := range len(s) {
		sum += f.widths[s[i]]
	}
	return float64(sum) / 1000 * size / pointsPerMM
}

// fit makes an encoded text go into a width: smaller by quarter points down to least, then cut with an ellipsis.
func (f *font) fit(s string, size, least, width float64) (string, float64) {
	for f.width(s, size) > width {
		if size-0.25 < least {
			return f.cut(s, size, width), size
		}
		size -= 0.25
	}
	return s, size
}

// cut shortens an encoded text until it goes into the width with its ellipsis.
func (f *font) cut(s string, size, width float64) string {
	for s != "" && f.width(s, size)+f.width(ellipsis, size) > width {
		s = s[:len(s)-1]
	}
	for s != "" && strings.IndexByte(" ,\xb7", s[len(s)-1]) >= 0 { // by bytes: the text is no UTF-8
		s = s[:len(s)-1]
	}
	return s + ellipsis
}

// wrap breaks an encoded text into at most so many lines, between words where it can; the last is cut when text is left over.
func (f *font) wrap(s string, size, width float64, most int) []string {
	var lines []string
	if most < 1 {
		return nil
	}
	for s = strings.TrimSpace(s); s != ""; {
		end := f.lineEnd(s, size, width)
		if end < len(s) && len(lines) == most-1 {
			return append(lines, f.cut(s, size, width))
		}
		lines = append(lines, strings.TrimRight(s[:end], " "))
		s = strings.TrimLeft(s[end:], " ")
	}
	return lines
}

// lineEnd returns how much of s stands on one line: up to the last blank that fits, or, in a word longer than the line, up to its edge.
func (f *font) lineEnd(s string, size, width float64) int {
	limit := int(width * pointsPerMM / size * 1000)
	sum, blank := 0, 0
	for i := range len(s) {
		if s[i] == ' ' {
			blank = i
		}
		if sum += f.widths[s[i]]; sum > limit && s[i] != ' ' {
			if blank > 0 {
				return blank
			}
			return max(i, 1)
		}
	}
	return len(s)
}

// paragraph lays an encoded text out in a box: in its size on as many lines as the box is high, else smaller, down to least.
func (f *font) paragraph(s string, size, least, leading, width, height float64) ([]string, float64) {
	for {
		most := max(int(height/(size*leading/pointsPerMM)+0.01), 1)
		lines := f.wrap(s, size, width, most+1)
		if len(lines) <= most {
			return lines, size
		}
		if size-0.5 < least {
			return f.wrap(s, size, width, most), size
		}
		size -= 0.5
	}
}
