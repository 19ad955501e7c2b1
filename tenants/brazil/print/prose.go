package print

import "strings"

// look is how letters are drawn.
type look struct {
	weight        weight
	sloped, under bool
}

// piece is encoded letters of one look.
type piece struct {
	look
	letters string
}

// line is pieces side by side.
type line []piece

// add puts letters at the end of a line; what looks alike stays one piece, so that words are found whole in the file.
func (l line) add(how look, letters string) line {
	if n := len(l) - 1; n >= 0 && l[n].look == how {
		l[n].letters += letters
		return l
	}
	return append(l, piece{how, letters})
}

func (s *sheet) lineWidth(l line, size float64) (sum float64) {
	for _, p := range l {
		sum += s.faces[p.weight].width(p.letters, size)
	}
	return sum
}

// prose breaks a text into lines of a width, ragged at the right: between words, within a word where that is longer than a line, and where the
// text itself says so.
func (s *sheet) prose(t Text, heavy bool, size, width float64) []line {
	lines := []line{nil}
	for _, word := range wordsOf(t, heavy) {
		last := lines[len(lines)-1]
		switch {
		case word.newLine:
			lines = append(lines, word.line)
		case len(last) == 0:
			lines[len(lines)-1] = word.line
		default:
			joined, blank := append(line{}, last...), look{}
			if how := last[len(last)-1].look; how == word.line[0].look {
				blank = how
			}
			joined = joined.add(blank, " ")
			for _, p := range word.line {
				joined = joined.add(p.look, p.letters)
			}
			if s.lineWidth(joined, size) <= width {
				lines[len(lines)-1] = joined
			} else {
				lines = append(lines, word.line)
			}
		}
		lines = s.breakLong(lines, size, width)
	}
	return lines
}

// breakLong breaks the last line as often as it is wider than the page: it then is one word.
func (s *sheet) breakLong(lines []line, size, width float64) []line {
	for {
		last := lines[len(lines)-1]
		if s.lineWidth(last, size) <= width {
			return lines
		}
		head, rest := s.split(last, size, width)
		lines = append(append(lines[:len(lines)-1], head), rest)
	}
}

// split cuts a line at a width, at least one letter from its beginning.
func (s *sheet) split(l line, size, width float64) (head, rest line) {
	used := 0.0
	for i, p := range l {
		whole := s.faces[p.weight].width(p.letters, size)
		if used+whole <= width {
			used += whole
			continue
		}
		n := 0
		for n < len(p.letters) && used+s.faces[p.weight].width(p.letters[:n+1], size) <= width {
			n++
		}
		if n == 0 && i == 0 {
			n = 1
		}
		head = append(head, l[:i]...)
		if n > 0 {
			head = append(head, piece{p.look, p.letters[:n]})
		}
		if n < len(p.letters) {
			rest = append(rest, piece{p.look, p.letters[n:]})
		}
		return head, append(rest, l[i+1:]...)
	}
	return l, nil
}

// word is letters without a blank, of one look or of several.
type word struct {
	line
	newLine bool // it begins a line whatever stands before it
}

func wordsOf(t Text, heavy bool) (words []word) {
	open, newLine := false, false
	for _, run := range t {
		how := look{sloped: run.Sloped, under: run.Under}
		if run.Bold || heavy {
			how.weight = bold
		}
		for i, row := range strings.Split(run.Letters, "\n") {
			if i > 0 {
				if newLine { // an empty line between two
					words = append(words, word{nil, true})
				}
				open, newLine = false, len(words) > 0
			}
			for j, letters := range strings.Split(encode(row), " ") {
				if j > 0 {
					open = false
				}
				switch {
				case letters == "":
				case open:
					last := &words[len(words)-1]
					last.line = last.add(how, letters)
				default:
					words = append(words, word{line{{how, letters}}, newLine})
					open, newLine = true, false
				}
			}
		}
	}
	return words
}

// drawLine draws a line with its baseline beginning at x, y.
func (s *sheet) drawLine(x, y, size float64, l line) {
	for _, p := range l {
		width := s.faces[p.weight].width(p.letters, size)
		if p.sloped {
			s.sloped(x, y, p.weight, size, p.letters)
		} else {
			s.text(x, y, p.weight, size, p.letters)
		}
		if p.under {
			s.rule(x, y+0.12*size/pointsPerMM, x+width, y+0.12*size/pointsPerMM, 0.2)
		}
		x += width
	}
}
