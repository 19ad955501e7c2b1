package intake

import (
	"slices"
	"strings"
	"unicode/utf8"

	"enlace/tenants"
)

// Problem is what is wrong with a cell, or to be known of it.
type Problem struct {
	Line    int    // of the file, from 1; the head is one
	Column  string // none: the line as a whole
	Typed   string // what stood there; of a password nothing
	Code    string // views/words_faults.go has its sentence
	Args    map[string]string
	Warning bool // it keeps nothing from being written
}

// Line is a line of a file.
type Line struct {
	Number   int
	Typed    tenants.Typed // by the names of the columns
	Problems []Problem
	Bad      bool // it cannot be written
}

// wrong notes what is wrong with a column; the first word on it stands. args are names and values of what the sentence names.
func (l *Line) wrong(column, code string, args ...string) {
	if slices.ContainsFunc(l.Problems, func(p Problem) bool { return p.Column == column && !p.Warning }) {
		return
	}
	l.Bad = true
	l.note(Problem{Column: column, Code: code}, args)
}

// warn notes what is to be known of a column.
func (l *Line) warn(column, code string, args ...string) {
	l.note(Problem{Column: column, Code: code, Warning: true}, args)
}

func (l *Line) note(p Problem, args []string) {
	p.Line = l.Number
	if p.Column != "senha" {
		p.Typed = short(l.Typed[p.Column])
	}
	for i := 0; i+1 < len(args); i += 2 {
		if p.Args == nil {
			p.Args = map[string]string{}
		}
		p.Args[args[i]] = args[i+1]
	}
	l.Problems = append(l.Problems, p)
}

// fields notes the faults of the wizard's fields on the columns they come from; columns are the names of those that are called otherwise.
func (l *Line) fields(wrong tenants.Fields, columns map[string]string, args ...string) {
	for field, code := range wrong {
		column, other := columns[field]
		if !other {
			column = field
		}
		l.wrong(column, code, args...)
	}
}

// isExample says whether a line is the model's own, sent back as it came.
func (l *Line) isExample(k Kind) bool {
	return !slices.ContainsFunc(Columns[k], func(c Column) bool { return l.Typed[c.Name] != c.Example })
}

// empty says that none of the columns has anything.
func (l *Line) empty(columns ...string) bool {
	return !slices.ContainsFunc(columns, func(column string) bool { return l.Typed[column] != "" })
}

// inOrder sorts what is wrong as the columns stand in the model.
func (l *Line) inOrder(columns []Column) {
	place := func(p Problem) int {
		return slices.IndexFunc(columns, func(c Column) bool { return c.Name == p.Column })
	}
	slices.SortStableFunc(l.Problems, func(a, b Problem) int { return place(a) - place(b) })
}

// shortest is how much of what was typed a report shows, in letters.
const shortest = 80

func short(typed string) string {
	if utf8.RuneCountInString(typed) <= shortest {
		return typed
	}
	return string([]rune(typed)[:shortest]) + "…"
}

// cell is what a cell says: without blanks at its ends, and without the apostrophe by which a spreadsheet, ours among them, keeps a text from
// being a formula.
func cell(text string) string {
	text = strings.TrimSpace(text)
	if rest, is := strings.CutPrefix(text, "'"); is && rest != "" && strings.ContainsRune("=+-@", rune(rest[0])) {
		return rest
	}
	return text
}

// yes reads a cell of yes or no into the wizard's word for it.
func (l *Line) yes(column string) string {
	switch fold(l.Typed[column]) {
	case "sim", "s", "x", "1", "true", "verdadeiro":
		return "sim"
	case "", "nao", "n", "0", "false", "falso":
		return ""
	}
	l.wrong(column, "yes_no")
	return ""
}

// zeros gives a number back the zeros before it that a spreadsheet took, when it can have been one of so many figures.
func zeros(typed string, least, want int) (whole string, added bool) {
	if len(typed) < least || len(typed) >= want || strings.Trim(typed, "0123456789") != "" {
		return typed, false
	}
	return strings.Repeat("0", want-len(typed)) + typed, true
}

// dated takes the hour from a date that another system wrote with one.
func dated(typed string) string {
	day, hour, cut := strings.Cut(strings.Replace(typed, "T", " ", 1), " ")
	if cut && strings.Trim(hour, "0123456789:.Z ") == "" {
		return day
	}
	return typed
}
