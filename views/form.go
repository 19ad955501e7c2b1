package views

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Form is a form as it is shown: what protects it, what was typed, and what is wrong with it.
type Form struct {
	CSRF     string
	Key      string // the same for every time this very form is sent: what it does is done once
	Owner    string // signature of who types, for a form that outlives its session
	Typed    url.Values
	Problems []Problem
	Order    []string        // names of the fields as they stand on the page; where none are given, as the browser sent them
	Next     string          // name of the field that is typed next, where that is not the first
	Marks    map[string]Mark // of the fields somebody has just left
	labels   map[string]string
}

// Mark says of a field that was left whether it is right, before the form is sent.
type Mark struct {
	Good bool
	Said string
}

// Problem is one thing that is wrong, in a sentence. Without a field it is about the whole.
type Problem struct {
	Field, Sentence string
	Ways            []Link // out of it
}

// Refuse puts into the form what is wrong with it. From then on it notes the labels of its fields as the page prints them, and the list of
// problems calls each by its own.
func (f *Form) Refuse(problems ...Problem) { f.Problems, f.labels = problems, map[string]string{} }

// Listed is a problem as the list on top of the form says it: beside the field the label is read with the sentence, there it has to be said.
func (f Form) Listed(p Problem) string {
	label := f.labels[p.Field]
	if label == "" || names(p.Sentence, label) {
		return p.Sentence
	}
	return label + ": " + lowered(p.Sentence)
}

// names says whether a sentence says a label, as a word of its own and not as a part of a longer one.
func names(sentence, label string) bool {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }
	plain := func(text string) string {
		return " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), apart), " ") + " "
	}
	return strings.Contains(plain(sentence), plain(label))
}

// lowered is a sentence that goes on behind a colon: its first letter is small, unless it is one of several as in CPF.
func lowered(sentence string) string {
	first, size := utf8.DecodeRuneInString(sentence)
	if second, _ := utf8.DecodeRuneInString(sentence[size:]); unicode.IsUpper(second) {
		return sentence
	}
	return string(unicode.ToLower(first)) + sentence[size:]
}

// Title begins with Erro: where there is one, as the first thing a screen reader says.
func (f Form) Title(title string) string {
	if len(f.Problems) > 0 {
		return "Erro: " + title
	}
	return title
}

// Summary is the head of the list of problems.
func (f Form) Summary() string {
	if len(f.Problems) == 1 {
		return "Há um problema"
	}
	return "Há " + number(len(f.Problems)) + " problemas"
}

// Field is one thing that is asked. A part of shared/ prints it: _field, _select, _area, _choice, _switch.
type Field struct {
	Name, Label, Hint  string
	Value, Error, Good string
	Type, Mode         string // of the input, and which keyboard a phone shows
	Complete           string // what the browser may fill in
	Wide               int    // of 12 columns; 0 is all
	Lines              int
	Optional, First    bool
	Several            bool   // of files: more than one may be chosen
	Shape              string // how it is written once it is left: cpf, cnpj, phone, cep, date, money
	Check              string // where it is sent to be looked at once it is left
	Mark               Mark
	Options            []Option
	Ways               []Link // out of what is wrong
}

// Option is one of the answers of a choice. One with a reason is shown and cannot be chosen.
type Option struct {
	Value, Label, Memo string
	At                 string // its own address, where choosing it has one
	Why                string // why it cannot be chosen now
	Unless             string // name of a switch: Why holds only while it is on, and it may be turned on the page
	Chosen, Off        bool   // Off: that switch is
}

// Barred says whether it cannot be chosen now.
func (o Option) Barred() bool { return o.Why != "" && !o.Off }

// Text is a field of the form by the name it is sent under.
func (f Form) Text(name, label string) Field {
	if f.labels != nil {
		f.labels[name] = label
	}
	field := Field{Name: name, Label: label, Value: f.Typed.Get(name), Type: "text", Mark: f.Marks[name], First: f.Next == name && name != ""}
	for _, p := range f.Problems {
		if p.Field == name {
			field.Error, field.Ways, field.Mark = p.Sentence, p.Ways, Mark{}
			break
		}
	}
	return field
}

// Select is a field with a list of answers: of many as a list, of two to four as a choice.
func (f Form) Select(name, label string, options []Option) Field {
	field := f.Text(name, label)
	field.Options = make([]Option, len(options))
	for i, o := range options {
		o.Chosen = o.Value == field.Value
		o.Off = o.Unless != "" && !f.Text(o.Unless, f.labels[o.Unless]).On()
		field.Options[i] = o
	}
	return field
}

// Many is a field with boxes of which any may be ticked; what is ticked is joined by commas.
func (f Form) Many(name, label string, options []Option) Field {
	field, chosen := f.Text(name, label), strings.Split(strings.Join(f.Typed[name], ","), ",")
	field.Options = make([]Option, len(options))
	for i, o := range options {
		o.Chosen = slices.Contains(chosen, o.Value)
		field.Options[i] = o
	}
	return field
}

// On says whether a switch is on.
func (f Field) On() bool { return f.Value == "true" || f.Value == "on" }

// Described lists the ids of what explains the field, for aria-describedby.
func (f Field) Described() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.Name+"-d")
	}
	if f.Error != "" {
		ids = append(ids, f.Name+"-e")
	}
	return strings.Join(ids, " ")
}

// Each of these says one thing of a field, in a template's pipe: .Form.Text "cpf" "CPF" | hint "11 dígitos" | wide 4.
func hint(text string, f Field) Field     { f.Hint = text; return f }
func wide(columns int, f Field) Field     { f.Wide = columns; return f }
func optional(f Field) Field              { f.Optional = true; return f }
func kind(kind string, f Field) Field     { f.Type = kind; return f }
func mode(mode string, f Field) Field     { f.Mode = mode; return f }
func complete(what string, f Field) Field { f.Complete = what; return f }
func several(f Field) Field               { f.Several = true; return f }
func first(f Field) Field                 { f.First = true; return f }
func good(text string, f Field) Field     { f.Good = text; return f }
func shape(kind string, f Field) Field    { f.Shape = kind; return f }
func check(at string, f Field) Field      { f.Check = at; return f }
func lines(n int, f Field) Field          { f.Lines = n; return f }
