package print

import "strings"

// Block is a piece of a document that stands on lines of its own.
type Block struct {
	Kind  Kind
	Text  Text     // of all but lists and tables
	Items []Text   // of a list
	Rows  [][]Text // of a table; with two columns, the first one names the second
}

// Kind is what a block is.
type Kind string

// The kinds.
const (
	Title     Kind = "title"   // of the document, or of a part of it
	Heading   Kind = "heading" // of a clause
	Paragraph Kind = "paragraph"
	Bullets   Kind = "bullets"
	Numbers   Kind = "numbers"
	Quote     Kind = "quote"
	Table     Kind = "table"
	Rule      Kind = "rule"
)

// Text is letters in the order they are read. A line end within it begins a new line.
type Text []Run

// Run is letters that look alike.
type Run struct {
	Letters             string
	Bold, Sloped, Under bool
}

// Words is a text that looks alike throughout.
func Words(s string) Text { return Text{{Letters: s}} }

// Plain is the text without its looks.
func (t Text) Plain() string {
	var b strings.Builder
	for _, run := range t {
		b.WriteString(run.Letters)
	}
	return b.String()
}
