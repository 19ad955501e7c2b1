package contracts

import (
	"fmt"
	"regexp"
	"slices"

	"enlace/tenants/brazil/print"
)

// compose makes the document of a template: its title, the table of facts, and its clauses numbered, with every field filled in.
func compose(name, body string, f *facts) ([]print.Block, error) {
	blocks := Blocks(body)
	if err := check(blocks); err != nil {
		return nil, err
	}
	merge(blocks, f.values())
	if len(blocks) == 0 || blocks[0].Kind != print.Title {
		blocks = slices.Insert(blocks, 0, print.Block{Kind: print.Title, Text: print.Words(name)})
	}
	number(blocks)
	return slices.Insert(blocks, 1, f.table()), nil
}

// numbered is a heading that has its number already.
var numbered = regexp.MustCompile(`^(?i)(\d|cláusula|clausula)`)

// number counts the clauses, unless whoever wrote the template did.
func number(blocks []print.Block) {
	clauses := 0
	for _, b := range blocks {
		if b.Kind == print.Heading && numbered.MatchString(b.Text.Plain()) {
			return
		}
	}
	for i, b := range blocks {
		if b.Kind == print.Heading {
			clauses++
			blocks[i].Text = tidy(append(print.Text{{Letters: fmt.Sprintf("%d. ", clauses)}}, b.Text...))
		}
	}
}
