package views

import "cmp"

// Lista is a page that is one table: tickets, visits.
type Lista struct {
	Head    Head
	Section string
	Tabs    []Link // of the customer it is about
	Chips   []Chip
	Table   Table
	Pager   Pager
	Empty   Empty
}

// Page of a list.
func (v Lista) Page() Page {
	return Page{Template: "lista/lista", Title: cmp.Or(v.Head.Title, "Lista"), Section: v.Section}
}
