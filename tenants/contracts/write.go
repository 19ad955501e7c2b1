package contracts

import (
	"html"
	"strings"

	"enlace/tenants/brazil/print"
)

// HTML writes a document as it is kept. Blocks reads it back as it was.
func HTML(blocks []print.Block) string {
	var b strings.Builder
	for i, one := range blocks {
		if i > 0 {
			b.WriteByte('\n')
		}
		switch one.Kind {
		case print.Title:
			element(&b, "h2", one.Text)
		case print.Heading:
			element(&b, "h3", one.Text)
		case print.Quote:
			element(&b, "blockquote", one.Text)
		case print.Rule:
			b.WriteString("<hr>")
		case print.Bullets, print.Numbers:
			list := map[print.Kind]string{print.Bullets: "ul", print.Numbers: "ol"}[one.Kind]
			b.WriteString("<" + list + ">")
			for _, item := range one.Items {
				element(&b, "li", item)
			}
			b.WriteString("</" + list + ">")
		case print.Table:
			b.WriteString("<table>")
			for _, row := range one.Rows {
				b.WriteString("<tr>")
				for _, cell := range row {
					element(&b, "td", cell)
				}
				b.WriteString("</tr>")
			}
			b.WriteString("</table>")
		default:
			element(&b, "p", one.Text)
		}
	}
	return b.String()
}

func element(b *strings.Builder, name string, t print.Text) {
	b.WriteString("<" + name + ">")
	for _, run := range t {
		open, shut := tags(run)
		b.WriteString(open + strings.ReplaceAll(html.EscapeString(run.Letters), "\n", "<br>") + shut)
	}
	b.WriteString("</" + name + ">")
}

// tags are what stands around a run.
func tags(run print.Run) (open, shut string) {
	for _, one := range []struct {
		on   bool
		name string
	}{{run.Bold, "strong"}, {run.Sloped, "em"}, {run.Under, "u"}} {
		if one.on {
			open, shut = open+"<"+one.name+">", "</"+one.name+">"+shut
		}
	}
	return open, shut
}
