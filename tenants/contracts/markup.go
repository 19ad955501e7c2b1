package contracts

import (
	"reflect"
	"regexp"
	"strings"

	"enlace/tenants/brazil/print"
)

// People write a document with few signs, line by line: # title, ## clause, - item, + numbered item, > note, | cell | cell |, --- for a rule;
// **bold**, *sloped*, __underlined__. A blank line begins a paragraph, and a backslash keeps a sign a sign. HTML of another program is taken too.

// Read reads what somebody typed or pasted.
func Read(typed string) []print.Block {
	if !pasted.MatchString(typed) {
		typed = marked(typed)
	}
	return Blocks(typed)
}

// pasted is HTML with blocks of its own.
var pasted = regexp.MustCompile(`(?i)</?(p|div|h[1-6]|ul|ol|li|table|tr|td|blockquote|hr)(\s[^>]*)?/?>`)

// signs says what a line is by how it begins.
var signs = []struct{ begins, open, shut, each string }{
	{"## ", "<h3>", "</h3>", ""}, {"# ", "<h2>", "</h2>", ""}, {"- ", "<ul>", "</ul>", "li"}, {"• ", "<ul>", "</ul>", "li"}, {"+ ", "<ol>", "</ol>", "li"}, {"> ", "<blockquote>", "</blockquote>", ""},
}

// marked makes HTML of what was typed. What is in it of HTML stays, and is cleaned like the rest.
func marked(typed string) string {
	var b strings.Builder
	shut, opened := "", "" // of the group of lines that is open
	group := func(open, end string) {
		if opened == open && opened != "" && open != "<h2>" && open != "<h3>" {
			if open == "<p>" || open == "<blockquote>" {
				b.WriteString("<br>")
			}
			return
		}
		b.WriteString(shut + open)
		opened, shut = open, end
	}
	for row := range strings.SplitSeq(typed, "\n") {
		row = strings.TrimSpace(escapes.Replace(row))
		switch {
		case row == "":
			group("", "")
			continue
		case strings.Trim(row, "-") == "" && len(row) >= 3:
			group("", "")
			b.WriteString("<hr>")
			continue
		case len(row) > 1 && row[0] == '|' && row[len(row)-1] == '|':
			group("<table>", "</table>")
			b.WriteString("<tr><td>" + strings.ReplaceAll(spoken(row[1:len(row)-1]), "|", "</td><td>") + "</td></tr>")
			continue
		}
		open, end, each := "<p>", "</p>", ""
		for _, sign := range signs {
			if rest, ok := strings.CutPrefix(row, sign.begins); ok {
				row, open, end, each = rest, sign.open, sign.shut, sign.each
				break
			}
		}
		if group(open, end); each == "" {
			b.WriteString(spoken(row))
		} else {
			b.WriteString("<" + each + ">" + spoken(row) + "</" + each + ">")
		}
	}
	return b.String() + shut
}

var escapes = strings.NewReplacer(`\\`, "&#92;", `\*`, "&#42;", `\_`, "&#95;", `\#`, "&#35;", `\-`, "&#45;", `\+`, "&#43;", `\>`, "&gt;", `\|`, "&#124;", `\•`, "&#8226;")

var (
	strong = regexp.MustCompile(`\*\*([^\s*](?:[^*]*[^\s*])?)\*\*`)
	sloped = regexp.MustCompile(`\*([^\s*](?:[^*]*[^\s*])?)\*`)
	under  = regexp.MustCompile(`__([^\s_](?:[^_]*[^\s_])?)__`)
)

// spoken makes HTML of the signs within a line.
func spoken(row string) string {
	row = under.ReplaceAllString(strong.ReplaceAllString(row, "<strong>$1</strong>"), "<u>$1</u>")
	return sloped.ReplaceAllString(row, "<em>$1</em>")
}

// Markup writes a document as people write it. Read reads it back as it was.
func Markup(blocks []print.Block) string {
	var parts []string
	for _, one := range blocks {
		text := written(one, plainly)
		if back := Read(text); len(back) != 1 || !reflect.DeepEqual(back[0], one) {
			text = written(one, withTags)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "\n\n")
}

func written(b print.Block, run func(print.Text, string) string) string {
	var rows []string
	switch b.Kind {
	case print.Title:
		return "# " + run(b.Text, "<br>")
	case print.Heading:
		return "## " + run(b.Text, "<br>")
	case print.Quote:
		return "> " + run(b.Text, "\n> ")
	case print.Rule:
		return "---"
	case print.Bullets, print.Numbers:
		for _, item := range b.Items {
			rows = append(rows, map[print.Kind]string{print.Bullets: "- ", print.Numbers: "+ "}[b.Kind]+run(item, "<br>"))
		}
		return strings.Join(rows, "\n")
	case print.Table:
		for _, row := range b.Rows {
			var cells []string
			for _, cell := range row {
				cells = append(cells, run(cell, "<br>"))
			}
			rows = append(rows, "| "+strings.Join(cells, " | ")+" |")
		}
		return strings.Join(rows, "\n")
	}
	return run(b.Text, "\n")
}

// plainly writes a text with signs.
func plainly(t print.Text, newLine string) string {
	var b strings.Builder
	for _, run := range t {
		mark := ""
		for _, one := range []struct {
			on   bool
			sign string
		}{{run.Under, "__"}, {run.Sloped, "*"}, {run.Bold, "**"}} {
			if one.on {
				mark += one.sign
			}
		}
		b.WriteString(mark + strings.ReplaceAll(kept(run.Letters), "\n", newLine) + turned(mark))
	}
	return b.String()
}

// withTags writes a text that signs alone cannot tell: with tags, and every sign kept a sign.
func withTags(t print.Text, newLine string) string {
	var b strings.Builder
	for _, run := range t {
		open, shut := tags(run)
		letters := strings.NewReplacer("_", `\_`, "#", `\#`, "-", `\-`, "+", `\+`, ">", `\>`, "|", `\|`, "•", `\•`).Replace(kept(run.Letters))
		b.WriteString(open + strings.ReplaceAll(letters, "\n", newLine) + shut)
	}
	return b.String()
}

// kept keeps what would be read as a sign, or as HTML, from being read so.
func kept(letters string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "&", "&amp;", "<", "&lt;", "\u00a0", "&nbsp;").Replace(letters)
}

func turned(mark string) string {
	letters := []byte(mark)
	for i, j := 0, len(letters)-1; i < j; i, j = i+1, j-1 {
		letters[i], letters[j] = letters[j], letters[i]
	}
	return string(letters)
}
