package contracts

import (
	"strings"
	"unicode"

	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"enlace/tenants/brazil/print"
)

// A document is kept as small HTML: h2, h3, p, strong, em, u, ul, ol, li, blockquote, hr, table, tr, td and br, without a single attribute.
// It is cleaned whenever it is read, also what we have written ourselves, and it is never executed as a template.

// policy lets through what a document is made of, and what other programs write in its place.
var policy = bluemonday.NewPolicy().AllowElements("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "strong", "b", "em", "i", "u", "br", "hr",
	"ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tfoot", "tr", "th", "td")

// Blocks reads a document from HTML, whoever wrote it: what is not allowed falls away.
func Blocks(dirty string) []print.Block {
	nodes, err := html.ParseFragment(strings.NewReader(policy.Sanitize(dirty)), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil { // a reader of a string has none
		return nil
	}
	var r reader
	for _, n := range nodes {
		r.walk(n, print.Run{})
	}
	r.close(print.Paragraph)
	return r.blocks
}

// reader gathers text until a block ends.
type reader struct {
	blocks []print.Block
	text   print.Text
}

var kinds = map[string]print.Kind{"h1": print.Title, "h2": print.Title, "h3": print.Heading, "h4": print.Heading, "h5": print.Heading, "h6": print.Heading,
	"p": print.Paragraph, "div": print.Paragraph}

func (r *reader) walk(n *html.Node, how print.Run) {
	kind, block := kinds[n.Data]
	switch {
	case n.Type == html.TextNode:
		how.Letters = n.Data
		r.text = append(r.text, seen(how))
	case block:
		r.close(print.Paragraph)
		r.children(n, how)
		r.close(kind)
	case n.Data == "ul", n.Data == "ol":
		r.close(print.Paragraph)
		list := print.Block{Kind: print.Bullets}
		if n.Data == "ol" {
			list.Kind = print.Numbers
		}
		for _, item := range each(n, "li") {
			if text := inside(item); len(text) > 0 {
				list.Items = append(list.Items, text)
			}
		}
		if len(list.Items) > 0 {
			r.blocks = append(r.blocks, list)
		}
	case n.Data == "blockquote":
		r.close(print.Paragraph)
		if text := inside(n); len(text) > 0 {
			r.blocks = append(r.blocks, print.Block{Kind: print.Quote, Text: text})
		}
	case n.Data == "table":
		r.close(print.Paragraph)
		r.table(n)
	case n.Data == "hr":
		r.close(print.Paragraph)
		r.blocks = append(r.blocks, print.Block{Kind: print.Rule})
	default:
		r.inline(n, how)
	}
}

// inline reads what changes the look of letters, and the end of a line.
func (r *reader) inline(n *html.Node, how print.Run) {
	switch n.Data {
	case "br":
		r.text = append(r.text, print.Run{Letters: "\n"})
	case "strong", "b", "th":
		how.Bold = true
	case "em", "i":
		how.Sloped = true
	case "u":
		how.Under = true
	}
	r.children(n, how)
}

func (r *reader) children(n *html.Node, how print.Run) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		r.walk(child, how)
	}
}

func (r *reader) close(kind print.Kind) {
	if text := tidy(r.text); len(text) > 0 {
		r.blocks = append(r.blocks, print.Block{Kind: kind, Text: text})
	}
	r.text = nil
}

func (r *reader) table(n *html.Node) {
	table := print.Block{Kind: print.Table}
	for _, row := range each(n, "tr") {
		var cells []print.Text
		filled := false
		for _, cell := range each(row, "td", "th") {
			text := inside(cell)
			cells, filled = append(cells, text), filled || len(text) > 0
		}
		if filled {
			table.Rows = append(table.Rows, cells)
		}
	}
	if len(table.Rows) > 0 {
		r.blocks = append(r.blocks, table)
	}
}

// each finds the outermost elements of some names under a node.
func each(n *html.Node, names ...string) (all []*html.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		wanted := false
		for _, name := range names {
			wanted = wanted || child.Data == name
		}
		if wanted {
			all = append(all, child)
		} else {
			all = append(all, each(child, names...)...)
		}
	}
	return all
}

// inside is all text of an element; blocks within it are lines.
func inside(n *html.Node) print.Text {
	var r reader
	r.children(n, print.Run{})
	r.close(print.Paragraph)
	var text print.Text
	add := func(t print.Text) {
		if len(t) > 0 {
			text = append(append(text, print.Run{Letters: "\n"}), t...)
		}
	}
	for _, b := range r.blocks {
		add(b.Text)
		for _, item := range b.Items {
			add(item)
		}
		for _, row := range b.Rows {
			for _, cell := range row {
				add(cell)
			}
		}
	}
	return tidy(text)
}

// seen is a run without what cannot be seen; its line ends are those of the source, not of the text.
func seen(run print.Run) print.Run {
	run.Letters = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0':
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co): // controls, right-to-left marks, joiners
			return -1
		case r == '‐' || r == '‑': // hyphens of their own
			return '-'
		}
		return r
	}, run.Letters)
	return run
}

// tidy makes blanks single, takes those at the ends of lines away, and joins what looks alike. A blank between two looks is plain.
func tidy(t print.Text) print.Text {
	var w writer
	blank, newLine := false, false
	for _, run := range t {
		how := run
		how.Letters = ""
		for _, r := range run.Letters {
			switch {
			case r == ' ':
				blank = true
				continue
			case r == '\n':
				newLine = true
				continue
			case !w.begun:
			case newLine:
				w.put(print.Run{}, '\n')
			case blank && w.how == how:
				w.put(how, ' ')
			case blank:
				w.put(print.Run{}, ' ')
			}
			blank, newLine = false, false
			w.put(how, r)
		}
	}
	w.turn(print.Run{})
	return w.text
}

// writer puts a text together letter by letter.
type writer struct {
	text  print.Text
	begun bool
	how   print.Run // of the run that is open
	open  strings.Builder
}

func (w *writer) put(how print.Run, r rune) {
	if how != w.how {
		w.turn(how)
	}
	w.begun = true
	w.open.WriteRune(r)
}

// turn ends the run that is open and begins one of another look.
func (w *writer) turn(how print.Run) {
	if w.open.Len() > 0 {
		w.how.Letters = w.open.String()
		w.text = append(w.text, w.how)
		w.open.Reset()
	}
	w.how = how
}
